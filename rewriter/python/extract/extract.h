// Private to the extract files of python/: the state of one walk over one file's syntax tree.
//
// Reading order: extract.c (driver), extract_node.c (children, rows), extract_scope.c (names and
// what binds them), extract_statement.c and extract_compound.c, extract_definition.c,
// extract_expression.c, ... Every walk_... function gets a node, adds rows to the tables and
// returns the id of the row that stands for the node.
//
// The walk recurses, but never deeper than WALK_DEPTH levels: then it fails and the file is
// reported. It visits each node once and lists the children of a node once.
#ifndef WEFT_PYTHON_EXTRACT_H
#define WEFT_PYTHON_EXTRACT_H

#include <tree_sitter/api.h>
#include "base/path.h"
#include "facts/language.h"
#include "python/syntax/kinds.h"

enum { WALK_DEPTH = 2000 };

typedef struct Node {
    TSNode ts;
    uint32_t start, end; // offsets in Walk.text
    uint8_t kind;        // NodeKind
    uint8_t field;       // NodeField that it has in its parent
} Node;

// Children of a node, without comments: a range of Walk.nodes. nodes_end gives it back, last
// opened first.
typedef struct Nodes {
    uint32_t first, count;
} Nodes;

// Where the walk is; saved and restored as a whole around functions, classes and blocks.
typedef struct Place {
    ScopeId scope;         // where names are bound and read
    FunctionId function;   // that runs the code here
    StatementId statement; // that expressions belong to
    StatementId block;     // compound statement around the next statements
    uint8_t branch;        // which block of it
    uint16_t flags;        // ExprFlag that every expression here gets
    bool guarded;          // inside try, in this function
    bool literal;          // strings in this annotation are values, not types
    Name prefix;           // what qualified names start with here
} Place;

typedef struct Walk {
    Facts *facts;
    const SourceFile *file;
    FileId file_id;
    ModuleId module;
    Str text;   // what the nodes' offsets mean: the file's, or the contents of one annotation
    bool fixed; // rows get the offsets below: the text is not the file's
    uint32_t fixed_start, fixed_end;
    Place at;
    uint32_t next_statement; // start of the statement that follows in the block; UINT32_MAX: none

    Vec(Node) nodes;            // stack of listed children
    Vec(SymbolId) last_symbols; // by scope: end of its list
    uint32_t depth;
    uint32_t star_at;    // see extract_repair.c: a '*' already accounted for; UINT32_MAX: none
    uint32_t keyword_at; // what follows the `type` below
    Node keyword;        // a `type` that is a name after all; its end is 0 when there is none
    Node stray_as;       // `value as target` inside another value; its end is 0 when none is open

    struct Kept *kept; // what is not walked but taken from older facts; NULL: nothing

    const char *failure; // why the file cannot be used; NULL while all is well
    uint32_t failure_start, failure_end;
} Walk;

// A list under construction: children of `parent`, or free-standing when there is none.
typedef struct ExprChain {
    ExprId parent;
    ExprId first, last;
} ExprChain;

// ---- extract.c ----
// Walks the whole of TREE, which has no error. False when the walk failed.
bool walk_whole(Walk *walk, const TSTree *tree);

// ---- kept_take.c ----
// When NODE stands for statements that are kept: adds their rows, *END is where the last one ends. Else false.
bool kept_take(Walk *walk, Node node, uint32_t *end);

// ---- extract_node.c ----
Nodes nodes_of(Walk *walk, Node parent);
Nodes parts_of(Walk *walk, Node parent); // without tokens such as commas, but for '<>'
void nodes_end(Walk *walk, Nodes nodes);
Node node_at(const Walk *walk, Nodes nodes, uint32_t i);
// The child with FIELD, or of KIND; false when there is none.
bool node_field(const Walk *walk, Nodes nodes, NodeField field, Node *found);
bool node_kind(const Walk *walk, Nodes nodes, NodeKind kind, Node *found);
// The first named child; NODE itself when it has none.
Node node_inner(Walk *walk, Node node);
// NODE without parentheses and wrapper rules around it.
Node node_unwrap(Walk *walk, Node node);
Str node_text(const Walk *walk, Node node);
Name node_name(Walk *walk, Node node);
// Offset of the ',' after child I, 0 when another item or nothing follows.
uint32_t node_comma(const Walk *walk, Nodes nodes, uint32_t i);
uint32_t nodes_count_named(const Walk *walk, Nodes nodes);
// Adds ROW where it belongs in the order of the text, unless it is there.
void directive_add(Facts *facts, DirectiveFact row);
// Remembers the first reason why the file is not Python 3, or too deep.
void walk_fail(Walk *walk, Node node, const char *reason);
// Counts a level; false (and the walk has failed) when it is one too many. After true, walk_leave.
bool walk_enter(Walk *walk, Node node);
void walk_leave(Walk *walk);

// Rows of this file by id, which live until the next one is added; a new row; a link more in a chain.
ExprFact *walk_expr(const Walk *walk, ExprId id);
StatementFact *walk_statement_fact(const Walk *walk, StatementId id);
ExprId expr_new(Walk *walk, ExprKind kind, Node node, ExprId parent);
void chain_add(Walk *walk, ExprChain *chain, ExprId expr);
// Does other code stand before OFFSET on its line? A continued line counts as that.
bool follows_on_line(Str text, uint32_t offset);
StatementId statement_new(Walk *walk, StatementKind kind, Node node);

// ---- extract_scope.c ----
ScopeId scope_new(Walk *walk, ScopeKind kind, ScopeId parent);
// The symbol NAME of SCOPE, made when it is new.
SymbolId symbol_of(Walk *walk, ScopeId scope, Name name);
SymbolId symbol_find(const Walk *walk, ScopeId scope, Name name);
// BINDING, a new row, is the last one of SYMBOL.
void symbol_add_binding(Walk *walk, SymbolId symbol, BindingId binding);
// Adds PROTOTYPE as a binding of a name in SCOPE; START..END is the name's place.
BindingId bind_name(Walk *walk, BindingFact prototype, ScopeId scope, Name name, uint32_t start,
                    uint32_t end);
// Binds an assignment target of any shape and returns its expression. PROTOTYPE says what goes in.
ExprId bind_target(Walk *walk, Node target, BindingFact prototype, ExprId parent);
// A name target that stands for itself: walrus, match capture, `global`-like places.
ExprId bind_identifier(Walk *walk, Node identifier, BindingFact prototype, ScopeId scope,
                       ExprId parent);
// The scope that `:=` binds in: past comprehensions.
ScopeId scope_outside_blocks(const Walk *walk, ScopeId scope);
void walk_scope_declaration(Walk *walk, Node node, SymbolFlag flag);

// ---- extract_expression.c, extract_operator.c, extract_call.c, extract_string.c ----
ExprId walk_expression(Walk *walk, Node node, ExprId parent);
// Every named child of NODE becomes a child of a new row of KIND.
ExprId walk_parts(Walk *walk, Node node, ExprKind kind, ExprId parent);
ExprId walk_identifier(Walk *walk, Node node, ExprId parent);
// The items of a subscript as children of EXPR.
void walk_items(Walk *walk, Nodes nodes, ExprId expr);
ExprId walk_dotted_name(Walk *walk, Node node, ExprId parent);
ExprId walk_binary(Walk *walk, Node node, ExprId parent);
ExprId walk_boolean(Walk *walk, Node node, ExprId parent);
ExprId walk_comparison(Walk *walk, Node node, ExprId parent);
ExprId walk_unary(Walk *walk, Node node, ExprId parent); // also `not` and slices
ExprId walk_union_type(Walk *walk, Node node, ExprId parent);
ExprId walk_comprehension(Walk *walk, Node node, ExprKind kind, ExprId parent);
ExprId walk_call(Walk *walk, Node node, ExprId parent);
ExprId walk_call_parts(Walk *walk, Node whole, Node callee, Node list, ExprId parent);
// Arguments of a class header: bases and keyword values as two chains.
void walk_bases(Walk *walk, Node list, ExprChain *bases, ExprChain *keywords, Name *metaclass);
ExprId walk_string(Walk *walk, Node node, ExprId parent);
// An annotation: an expression whose strings are types.
ExprId walk_annotation(Walk *walk, Node node, ExprId parent);

// ---- extract_repair.c ----
// Corrects NODE where the grammar is wrong; true when *EXPR is already the row for it.
bool walk_repair(Walk *walk, Node *node, ExprId parent, ExprId *expr);
// Is NODE an operand that has a '*' of its whole argument inside?
bool node_hides_star(const Walk *walk, Node node);
// The value of an as_pattern that the grammar put inside another expression.
ExprId walk_stray_as(Walk *walk, Node node, ExprId parent);
// Binds the target of the stray as_pattern inside EXPR, if there is one, to the whole of EXPR.
void bind_stray_as(Walk *walk, ExprId expr, BindingKind kind);
// Is NODE what stands behind a `type` that is a name?
bool node_follows_keyword(const Walk *walk, Node node);

// ---- extract_statement.c, extract_compound.c, extract_match.c, extract_import.c ----
// Walks one statement and returns where its text ends.
uint32_t walk_statement(Walk *walk, Node node);
// Walks the statements of a block as children of BLOCK (none: the module) and returns the end.
uint32_t walk_block(Walk *walk, Node block, StatementId owner, uint8_t branch);
uint32_t walk_compound(Walk *walk, Node node);
uint32_t walk_match(Walk *walk, Node node);
void walk_import(Walk *walk, Node node);

// ---- extract_definition.c, extract_class.c, extract_parameter.c ----
uint32_t walk_decorated(Walk *walk, Node node);
uint32_t walk_function(Walk *walk, Node node, Node outer, Nodes decorators);
uint32_t walk_class(Walk *walk, Node node, Node outer, Nodes decorators);
ExprId walk_lambda(Walk *walk, Node node, ExprId parent);
ExprId walk_decorators(Walk *walk, Nodes decorators);
void walk_parameters(Walk *walk, Node list, FunctionId function, ScopeId annotations,
                     ExprId parent);
void walk_type_parameters(Walk *walk, Node list);
// Where the docstring ends and the first statement after it starts, in the body of OWNER.
typedef struct BodyLayout {
    uint32_t body_start;    // 0 when only a docstring is there
    uint32_t docstring_end; // 0 when there is none
    bool single_line;
    bool stub; // nothing but docstring, pass, ..., raise NotImplementedError
} BodyLayout;
// Where the statements of OWNER, whose header ends there, begin; whether an expression is a text that documents.
BodyLayout body_layout(const Walk *walk, StatementId owner, uint32_t header_end);
bool expr_is_docstring(const Walk *walk, ExprId expr);
// "name" of name, a.name, name(...), a.name[...]; none for other shapes.
Name expr_last_name(const Facts *facts, ExprId expr);
uint32_t decorator_flags(const Facts *facts, ExprId first_decorator);
Name qualified_name(Walk *walk, Name name);
Name locals_prefix(Walk *walk, Name qualified);

// ---- extract_pattern.c ----
// Adds what PATTERNS match in TREE, once all expressions are there.
void extract_matches(Walk *walk, const PatternProgram *patterns, const TSTree *tree);

// ---- extract_module.c ----
// Name and kind of the module, from its path.
void module_start(Walk *walk);
// What can be said once all statements are there: imports, exports, main guard.
void module_finish(Walk *walk);

#endif
