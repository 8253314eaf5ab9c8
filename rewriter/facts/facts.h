// ** Start reading here. ** The program under analysis, as flat tables.
//
// A front end (facts/language.h; python/ is the first) fills these tables, one walk per file; the
// solver and the editor read them and know no language. Everything is an index into a table, so
// the tables can be merged, cached and compared. Row 0 of every table is unused and means "none".
//
// Offsets are bytes into SourceFile.text. Lists are linked through `next_...` ids or are
// [first, first + count) ranges of a table; both are in source order.
#ifndef WEFT_FACTS_FACTS_H
#define WEFT_FACTS_FACTS_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "facts/call_flag.h"
#include "facts/ids.h"
#include "facts/pattern.h"
#include "facts/resolution.h"
#include "source/source.h"

// ---- modules and scopes --------------------------------------------------------------------------
typedef struct Language Language; // facts/language.h

// One per parsed file.
typedef struct ModuleFact {
    FileId file;
    const Language *language; // whose front end read it
    Name name;           // dotted, from the import root: "src.config.config"; a package's own name
    bool is_package;     // __init__ file
    bool is_stub;        // declarations only (.pyi)
    bool embedded;       // code in a text, a notebook or a string; nobody can import it
    bool left_out;       // never edited: the user or the rules leave its file out
    bool runs_as_program;// has a main guard or a shebang
    ScopeId scope;
    uint32_t imports_end;// offset just after the first block of imports (0: the file has none)
    uint32_t body_start; // where a first import may go: after shebang, cookie, docstring and
                         // "from __future__" imports
    Vec(Name) exports;   // strings of __all__; empty when there is none
    bool has_exports;
    bool is_open;        // others may import names from it that it does not bind: code
                         // answers for them
    Str indent;          // one level: a tab or 1-8 spaces, as most blocks have it; 4 spaces when it has none
} ModuleFact;

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION, // also lambdas
    SCOPE_BLOCK,    // comprehension or type-parameter scope: belongs to the function around it
} ScopeKind;

typedef struct ScopeFact {
    ScopeKind kind;
    ScopeId parent;
    ModuleId module;
    FunctionId function; // of SCOPE_FUNCTION
    ClassId klass;       // of SCOPE_CLASS
    SymbolId first_symbol; // linked through SymbolFact.next_in_scope
    bool waits;          // resolution: SCOPE_BLOCK of a comprehension that awaits or blocks, or of a generator
} ScopeFact;

typedef enum SymbolFlag {
    SYMBOL_PARAMETER = 1 << 0,
    SYMBOL_GLOBAL = 1 << 1,   // declared global here: the module's symbol is meant
    SYMBOL_NONLOCAL = 1 << 2, // declared nonlocal here
    SYMBOL_DELETED = 1 << 3,
    SYMBOL_MACRO = 1 << 4,      // the preprocessor puts something in its place
    SYMBOL_FILE_LOCAL = 1 << 5, // other files may have one of that name
    SYMBOL_CONSTANT = 1 << 6,   // a number with a name
} SymbolFlag;

// A name in the scope that binds it (or that declares it global/nonlocal).
typedef struct SymbolFact {
    Name name;
    ScopeId scope;
    uint32_t flags; // SymbolFlag
    SymbolId next_in_scope;
    BindingId first_binding; // linked through BindingFact.next_of_symbol
    BindingId last_binding;
} SymbolFact;

typedef enum BindingKind {
    BINDING_ASSIGN,     // x = value, x: T = value, x := value; also attribute and item targets
    BINDING_AUGMENT,    // x += value
    BINDING_DECLARE,    // x: T   without a value
    BINDING_ITERATE,    // for x in value (and comprehensions): x is an element of value
    BINDING_ITERATE_ASYNC,
    BINDING_ENTER,      // with value as x
    BINDING_ENTER_ASYNC,
    BINDING_EXCEPT,     // except value as x: x is an instance of value
    BINDING_IMPORT,
    BINDING_FUNCTION,
    BINDING_CLASS,
    BINDING_PARAMETER,
    BINDING_MATCH,      // capture pattern; value is the subject when it is captured whole
    BINDING_DELETE,
    BINDING_TYPE_PARAMETER, // PEP 695 and `type X = ...` (value: the right side)
} BindingKind;

// Something that gives a name, an attribute or an item a value.
typedef struct BindingFact {
    BindingKind kind;
    SymbolId symbol;      // plain name target; none for attributes and items
    ExprId target;        // the target expression (EXPR_NAME, EXPR_ATTRIBUTE, EXPR_SUBSCRIPT)
    ExprId value;         // right side; none for imports, functions, classes, parameters
    ExprId annotation;    // none unless annotated
    int32_t element;      // tuple target: the position that goes here; -1 whole value; -2 starred or
                          // nested deeper
    ScopeId scope;        // where it executes
    StatementId statement;
    ImportId import_;
    FunctionId function;  // BINDING_FUNCTION
    ClassId klass;        // BINDING_CLASS
    ParameterId parameter;
    BindingId next_of_symbol;
    uint32_t start, end;  // of the bound name in the text
} BindingFact;

// ---- expressions and statements ------------------------------------------------------------------
typedef enum ExprKind {
    EXPR_OTHER,       // anything whose value is unknown; its parts are children
    EXPR_NAME,        // name
    EXPR_ATTRIBUTE,   // base.name
    EXPR_SUBSCRIPT,   // base[children]
    EXPR_CALL,        // call; base = callee
    EXPR_AWAIT,       // base
    EXPR_STAR,        // *base or **base
    EXPR_STRING,      // text() of a plain literal in `name`; interpolated parts are children
    EXPR_NUMBER,
    EXPR_NONE,        // the null value
    EXPR_TRUTH,       // True / False
    EXPR_TUPLE,       // children
    EXPR_LIST,        // children
    EXPR_SET,         // children
    EXPR_DICT,        // children: key, value, key, value...; a ** part is one EXPR_STAR child
    EXPR_CHOICE,      // one of its children: a if c else b (children a, b, then c marked
                      // EXPR_CONDITION), a or b, a and b
    EXPR_UNION,       // a | b
    EXPR_LIST_COMPREHENSION, // children[0] = element, in a block scope; iterated parts follow
    EXPR_SET_COMPREHENSION,
    EXPR_DICT_COMPREHENSION, // children[0], [1] = key, value
    EXPR_GENERATOR,
    EXPR_LAMBDA,      // function
    EXPR_WALRUS,      // base = value; child: the name
    EXPR_YIELD,       // base = value
    EXPR_ELLIPSIS,
} ExprKind;

typedef enum ExprFlag {
    EXPR_STORED = 1 << 0,           // assignment target
    EXPR_DELETED = 1 << 1,          // del target
    EXPR_IN_ANNOTATION = 1 << 2,    // type position: not evaluated as a value for our purposes
    EXPR_IN_INTERPOLATION = 1 << 3, // inside an f-string
    EXPR_SELF_DOCUMENTING = 1 << 4, // f"{x=}": its text shows at run time
    EXPR_IN_DECORATOR = 1 << 5,
    EXPR_IN_DEFAULT = 1 << 6,       // default value of a parameter
    EXPR_IN_BASES = 1 << 7,         // class header
    EXPR_CONDITION = 1 << 8,        // decides, is not a value of its EXPR_CHOICE
    EXPR_TYPE_CHECKING = 1 << 9,    // under `if TYPE_CHECKING`
    EXPR_CASE_CLASS = 1 << 10,      // a class that a pattern names, case Worker(): ...; with
                                    // EXPR_CONDITION the whole subject is of it there
    EXPR_WRITTEN = 1 << 11,         // is given a value where it stands: what replaces it must be a place, too
    EXPR_ADDRESSED = 1 << 13,       // &name: who is handed that may give it a value
    EXPR_GIVES_GLOBALS = 1 << 12,   // resolution: the names of a module, as a table: frame.f_globals
} ExprFlag;

// What joins the children of an EXPR_CHOICE, EXPR_UNION or EXPR_OTHER.
typedef enum ExprOperator {
    OPERATOR_NONE,
    OPERATOR_AND,
    OPERATOR_OR,
    OPERATOR_NOT,        // one child
    OPERATOR_IS,
    OPERATOR_EQUAL,
    OPERATOR_COMPARE,    // any other comparison, or a chain of them
    OPERATOR_ARITHMETIC, // +, *, ~ and the like
    OPERATOR_SLICE,      // a:b:c in a subscript
} ExprOperator;

typedef struct ExprFact {
    uint8_t kind;        // ExprKind
    uint8_t operator_;   // ExprOperator
    uint16_t flags;      // ExprFlag
    Name name;
    ExprId base;
    ExprId first_child;  // linked through next_sibling
    ExprId next_sibling;
    ExprId parent;       // none at the top of a statement
    ScopeId scope;       // where it is evaluated
    StatementId statement;
    CallId call;         // EXPR_CALL
    FunctionId function; // EXPR_LAMBDA
    uint32_t start, end; // bytes; parentheses around it are not included
    uint32_t name_start; // EXPR_ATTRIBUTE: offset of the name after the dot
} ExprFact;

typedef enum StatementKind {
    STATEMENT_OTHER,
    STATEMENT_EXPRESSION, // value
    STATEMENT_ASSIGN,     // value = right side; targets through bindings
    STATEMENT_RETURN,     // value
    STATEMENT_IF,         // value = condition; also elif
    STATEMENT_LOOP,       // for: value = what is iterated over
    STATEMENT_TRY,
    STATEMENT_WITH,
    STATEMENT_FUNCTION,
    STATEMENT_CLASS,
    STATEMENT_IMPORT,
    STATEMENT_SCOPE,      // global, nonlocal
    STATEMENT_PASS,
    STATEMENT_RAISE,
    STATEMENT_DELETE,
    STATEMENT_MATCH,      // value = subject
    STATEMENT_WHILE,      // value = condition
    STATEMENT_ASSERT,     // value = condition
    STATEMENT_JUMP,       // break, continue
} StatementKind;

// Simple and compound statements in source order. A compound statement's children have it as
// `parent`; `branch` tells its blocks apart (0 body, 1 else/elif, 2 except, 3 finally, 4+ cases).
typedef struct StatementFact {
    StatementKind kind;
    ScopeId scope;
    StatementId parent;
    uint8_t branch;
    bool waits;          // resolution: a loop that awaits, sleeps, blocks or never ends by itself
    bool shares_line;    // another statement is on its first line (a; b) or it follows a ':' there
    bool catches_all;    // STATEMENT_TRY: no exception gets out of its body, but what a handler raises again
    ExprId value;
    uint32_t start, end; // without the line end
} StatementFact;

// ---- imports -------------------------------------------------------------------------------------
typedef enum ImportKind {
    IMPORT_MODULE, // import a.b [as c]
    IMPORT_NAME,   // from a.b import name [as c]
    IMPORT_ALL,    // from a.b import *
} ImportKind;

// One imported item; `from a import b, c` has two rows that share the statement.
typedef struct ImportFact {
    ImportKind kind;
    ModuleId module;     // where the statement stands
    uint32_t level;      // leading dots
    Name path;           // "a.b"; none for `from . import x`
    Name name;           // IMPORT_NAME: the imported name
    Name bound;          // the local name: alias, or name, or first part of path; none for *
    bool has_alias;
    bool type_checking;  // under `if TYPE_CHECKING`
    bool guarded;        // inside try
    bool at_top;         // directly in the module body
    SymbolId symbol;     // bound symbol; none for *
    ScopeId scope;
    StatementId statement;
    uint32_t item, items;// position in the statement, number of items
    uint32_t start, end; // this item: "b as c"
    uint32_t name_start, name_end; // "b" (IMPORT_NAME) or the dotted path (IMPORT_MODULE)
    uint32_t path_start, path_end; // "a.b" or "..a" of the whole statement
    uint32_t statement_start, statement_end;
    bool parenthesized;
    // filled by the front end's resolution:
    ModuleId target;       // module named by the path (or the submodule that `name` is)
    bool target_is_module; // IMPORT_NAME: `name` is a submodule
    SymbolId definition;   // the symbol that is meant in the end, through re-exports; none if unknown
    Name dotted;           // what is imported, absolute: "asyncio", "src.config.config.global_config"
} ImportFact;

// ---- classes, functions, parameters --------------------------------------------------------------
typedef enum ClassFlag {
    CLASS_DATA = 1 << 0, // @dataclass or the like: the constructor is generated
    CLASS_ENUM = 1 << 1,
    CLASS_TUPLE = 1 << 2, // NamedTuple
    CLASS_TYPED_DICT = 1 << 3,
    CLASS_PROTOCOL = 1 << 4,
    CLASS_SLOTS = 1 << 5, // has __slots__
    CLASS_FOREIGN_BASE =
        1 << 6, // some ancestor is outside the tree (object, ABC, Generic do not count)
    CLASS_UNKNOWN_BASE = 1 << 7, // some base did not resolve at all
    CLASS_EXCEPTION = 1 << 8,
    CLASS_METACLASS = 1 << 9,           // names a metaclass other than ABCMeta
    CLASS_DYNAMIC_ATTRIBUTES = 1 << 10, // __getattr__ or __setattr__
    // filled by resolution:
    CLASS_SINGLETON =
        1 << 11, // `creator` returns one shared instance, in an idiom that we can remove
    CLASS_OF_CLASSES = 1 << 12, // a metaclass: class statements make its instances
    CLASS_FIELDS_ONLY =
        1 << 13, // a validated model: no attribute but the declared fields can be set
    CLASS_MADE_OUTSIDE =
        1 << 14,                // something outside the tree looks at its constructor and calls it
    CLASS_READ_WHOLE = 1 << 15, // all attributes of an instance are read or copied at once
    CLASS_KEEPS_INSTANCE = 1 << 17, // `creator` may return an instance that it made before
    CLASS_BEHIND_FOREIGN = 1 << 16, // a base outside the tree comes before the constructor
    CLASS_COPIED = 1 << 19,         // some object of it is made by deepcopy(x)
    CLASS_ONE_STATE = 1 << 18,      // its objects share their attributes: self.__dict__ = cls.shared
} ClassFlag;

typedef struct ClassFact {
    Name name;
    Name qualified;        // "src.mood.mood_manager.MoodManager"
    ModuleId module;
    ScopeId scope;         // that binds the name
    ScopeId body;
    StatementId statement;
    ExprId first_base;     // linked through ExprFact.next_sibling
    ExprId first_keyword;  // keyword values in the header
    ExprId first_decorator;
    uint32_t flags;        // ClassFlag
    uint32_t start, end;   // from the first decorator or `class`
    uint32_t name_start, name_end;
    uint32_t body_start;   // first statement after the docstring (the end of the docstring's line if
                           // there is nothing else)
    uint32_t docstring_end;// 0 when none
    bool single_line;      // body on the header's line
    // filled by resolution:
    uint32_t first_ancestor, ancestor_count; // range of Facts.ancestors: linearised, self first
    FunctionId constructor; // nearest constructor in the tree along the ancestors; may be inherited
    FunctionId creator;     // nearest __new__-like function; none in ordinary classes
} ClassFact;

typedef enum FunctionFlag {
    FUNCTION_ASYNC = 1 << 0,
    FUNCTION_GENERATOR = 1 << 1,
    FUNCTION_LAMBDA = 1 << 2,
    FUNCTION_STATIC = 1 << 3,   // no receiver although in a class
    FUNCTION_CLASS = 1 << 4,    // receiver is the class
    FUNCTION_PROPERTY = 1 << 5, // called by attribute access (property, cached_property, setter...)
    FUNCTION_OVERLOAD = 1 << 6, // a declaration only, the body follows elsewhere
    FUNCTION_ABSTRACT = 1 << 7,
    FUNCTION_SPECIAL = 1 << 8,  // __name__ that the language calls, except the constructor
    FUNCTION_CONSTRUCTOR = 1 << 9,
    FUNCTION_SINGLE_LINE = 1 << 10, // body on the header's line
    FUNCTION_CACHED = 1 << 11,  // lru_cache and the like: arguments are a cache key
    FUNCTION_CONTEXT_MANAGER = 1 << 12, // generator turned into a context manager
    FUNCTION_WRAPPED = 1 << 13, // has a decorator whose effect is unknown
    FUNCTION_CREATOR = 1 << 14, // __new__
    // filled by resolution:
    FUNCTION_OVERRIDES_FOREIGN = 1 << 15, // may override or implement something outside the tree
    FUNCTION_STUB = 1 << 16,    // body is only docstring, pass, ... or raise NotImplementedError
    FUNCTION_DECORATES = 1 << 17, // resolution: used as a decorator (or makes one), or class statements run it
    FUNCTION_FIXED_SIGNATURE = 1 << 18, // resolution: what calls it looks at its parameters
    FUNCTION_KEPT_PROPERTY = 1 << 19, // a property whose object keeps the first value
    FUNCTION_FILE_LOCAL = 1 << 20, // no other file sees it
    FUNCTION_POINTER = 1 << 21, // no function, but what says the parameters of some: a typedef, or a field, variable
                                // or parameter that points to them; a FUNCTION_STUB
    FUNCTION_HOLDS_FAMILY = 1 << 22, // FUNCTION_FIXED_SIGNATURE by itself, and not for the sake of its family
    FUNCTION_MACRO = 1 << 23,   // a macro that takes arguments: they have no types, and its body is text
    FUNCTION_SIGNATURE = 1 << 24, // resolution: an overload that says nothing that its function does not
} FunctionFlag;

typedef struct FunctionFact {
    Name name;             // none for a lambda
    Name qualified;        // "src.a.Class.method", "src.a.outer.<locals>.inner"
    ModuleId module;
    ScopeId scope;         // that binds the name
    ScopeId body;
    StatementId statement; // none for a lambda
    ClassId klass;         // class whose body defines it directly; none otherwise
    FunctionId enclosing;  // nearest enclosing function; its row stands before this one
    uint32_t flags;        // FunctionFlag
    uint32_t first_parameter, parameter_count; // range of Facts.parameters
    ExprId first_decorator;
    ExprId returns;        // return annotation
    uint32_t start, end;   // from the first decorator
    uint32_t keyword_start;// offset of `def` / `async`
    uint32_t name_start, name_end;
    uint32_t open, close;  // offsets of '(' and ')' of the parameter list; 0, 0 for a lambda
    uint32_t header_end;   // offset just after the ':' that ends the header
    uint32_t body_start;   // first statement after the docstring; == docstring_end when there is none
    uint32_t docstring_end;// 0 when no docstring
    // filled by resolution:
    uint32_t family;       // override family: functions with the same number move together
} FunctionFact;

typedef enum ParameterKind {
    PARAMETER_POSITIONAL_ONLY,
    PARAMETER_POSITIONAL,
    PARAMETER_REST,          // *args
    PARAMETER_KEYWORD,       // after * or *args
    PARAMETER_KEYWORD_REST,  // **kwargs
    PARAMETER_STAR_MARK,     // bare *: a row for layout only, no name
    PARAMETER_SLASH_MARK,    // /
} ParameterKind;

typedef struct ParameterFact {
    ParameterKind kind;
    Name name;
    FunctionId function;
    SymbolId symbol;
    ExprId annotation;
    Name declared;       // without an annotation: the dotted name of its class, by rule; where types stand in the
                         // declaration, the name of what it points to; else none
    ExprId default_value;
    bool constant;       // it points to something that may not be changed through it
    bool by_value;       // `declared` is its type itself, not what it points to
    bool mark_before;    // `mark` stands in front of it all
    Name spelled;        // its type begins with this name, which is no tag: srv of `srv **k`; else none
    Name mark;           // of a macro that says that nothing reads it: UNUSED, behind its name or in front; else none
    uint32_t start, end; // whole parameter with star, annotation and default
    uint32_t comma;      // offset of the ',' that follows it; 0 when none
    // filled by resolution:
    ClassId klass;       // declared as exactly this class (not Optional) and never rebound; else none
    Name outside;        // the same of a class outside the tree: its dotted name
} ParameterFact;

// ---- calls ---------------------------------------------------------------------------------------
typedef struct CallFact {
    ExprId expr;
    ExprId callee;
    ModuleId module;
    uint32_t flags; // CallFlag
    uint32_t first_argument, argument_count; // range of Facts.arguments
    uint32_t open, close; // offsets of '(' and ')'
    // filled by resolution:
    Name dotted; // "asyncio.to_thread" through imports; "?.submit" when only the attribute is known
} CallFact;

typedef enum ArgumentKind {
    ARGUMENT_POSITIONAL,
    ARGUMENT_KEYWORD,
    ARGUMENT_REST,         // *x
    ARGUMENT_KEYWORD_REST, // **x
} ArgumentKind;

typedef struct ArgumentFact {
    ArgumentKind kind;
    Name name;           // ARGUMENT_KEYWORD
    ExprId value;
    CallId call;
    uint32_t start, end; // whole argument
    uint32_t comma;      // offset of the ',' that follows it; 0 when none
    // filled by resolution:
    Name member;         // it is a field of a structure that a pointer points to, "dict.privdata"; else none
    uint32_t owner_end;  // the pointer is what stands before
} ArgumentFact;

// ---- what code patterns matched ------------------------------------------------------------------
// One match of a rule's pattern; see PatternMatch.
typedef struct MatchFact {
    uint32_t rule;   // index into PatternRules.list
    ModuleId module;
    ExprId expr;     // that it is; none when it is no expression that is evaluated
    uint32_t start, end;
    uint32_t first_capture, capture_count; // range of Facts.captures
    bool loose;           // the replacement needs parentheses
    bool replaced;        // such a replacement stands there already...
    bool replaced_itself; // ...and is the match itself, not around it
    ExprId replaced_head; // the dotted name that the replacement begins with; none: it has no such
    uint32_t context_start, context_end; // what stands for the context in it
} MatchFact;

// What a metavariable stands for.
typedef struct CaptureFact {
    uint32_t variable; // index into PatternRule.variables
    bool many, keywords, tight; // see PatternCapture
    uint32_t start, end;
    ExprId expr;       // none when it is several, or no expression that is evaluated
    // filled by resolution:
    Name dotted;       // through imports, as CallFact.dotted; none when it is no chain of names
} CaptureFact;

// A comment that speaks to weft: `# weft: ignore[id] reason`. Rows are in source order.
typedef struct DirectiveFact {
    ModuleId module;
    uint32_t start, end; // from the comment mark to the end of the comment
} DirectiveFact;

// What a unit makes of a parameter that nothing reads.
typedef enum UnusedParameter {
    UNUSED_MAY_STAY,
    UNUSED_NEEDS_STATEMENT, // an error, but where a statement names it
    UNUSED_NEEDS_ATTRIBUTE, // the same, and no statement may stand in front of declarations
} UnusedParameter;

// One way in which a source is compiled: a command of a compile database.
typedef struct UnitFact {
    FileId file;           // its source
    Str folder;            // in which the command runs, absolute
    const char *const *arguments; // what matters for its meaning
    uint32_t argument_count;
    uint32_t first_file, file_count; // range of Facts.unit_files: what it is made of, its source among it
    bool parses;           // without an error
    UnusedParameter unused;
} UnitFact;

typedef enum MarkKind {
    MARK_OTHER,    // a local name, a type, a field, an enumerator
    MARK_VARIABLE, // of the whole program or of a file
    MARK_FUNCTION,
    MARK_ESCAPES,  // the same; its value goes where nobody follows it
    MARK_DECLARED, // a function, which is declared here
    MARK_FIXED,    // the same; something uses it whose text does not stand in the tree: a pasted name, another file
} MarkKind;

// What a name means where it is spelled, as a compiler says; a place that no unit sees has none.
typedef struct MarkFact {
    FileId file;
    uint32_t offset;
    MarkKind kind;
    FileId home; // that declares it, when no other file sees it, or it is a field; else none
    uint32_t at; // of a field: where in that file
} MarkFact;

typedef enum FlowFactKind {
    FLOW_FACT_JOINS, // a value of what is declared at the place gets into what is declared at the other one: their
                // parameters are the same
    FLOW_FACT_CALLS, // the name at the place, which is called, is a pointer that is declared at the other one
} FlowFactKind;

// What a compiler says of functions as values. Places are those of names.
typedef struct FlowFact {
    FlowFactKind kind;
    FileId file;
    uint32_t offset;
    FileId to;
    uint32_t to_offset;
} FlowFact;

// ---- the tables ----------------------------------------------------------------------------------
// The tables are listed in facts_tables.def. Of those that resolution adds:
//   ancestors           see ClassFact.first_ancestor
//   expr_symbols        by expr: EXPR_NAME -> the symbol its scope rules give; for EXPR_ATTRIBUTE of a
//                       module -> that module's symbol
//   symbol_definitions  by symbol: where imports lead in the end; itself when it is defined in its own
//                       scope; none when that is outside the tree
//   edges               sorted by call/expr position
//   getters             by function
//   class_references, base_names, capture_classes   by expr, class, capture
//   passed_names        by expr, and behind them those that computed names may mean
typedef struct Facts {
    Arena arena;
    Interner *names;
    const Sources *sources;
    bool shared; // rows and names are those of a store (facts/store.h): nobody may change or free them

#define FACT_TABLE(table, Row, Id, row) Vec(Row) table;
#define RESOLUTION_TABLE(table, Row, row) Vec(Row) table;
#include "facts/facts_tables.def"
    Map symbols_by_name;    // (scope, name) -> symbol
    Vec(PatternStop) stops; // rules that took too long in a file; row 0 is one of them
    Vec(UnitFact) units;    // of languages that are compiled by commands
    Vec(FileId) unit_files;
    Vec(MarkFact) marks;    // by place, one for each
    Vec(FlowFact) flows;    // by kind and place
    Digest compiled;        // of all that the units were made of, and the compiler
    bool compiled_known;    // that is known
} Facts;

// A row by its id: facts_call(facts, id) to read, facts_call_row(facts, id) for those who fill it. The
// pointer holds until rows are added to the table.
#define FACT_TABLE(table, Row, Id, row)                                                            \
    static inline const Row *facts_##row(const Facts *facts, Id id) {                              \
        return &facts->table.items[id.index];                                                      \
    }                                                                                              \
    static inline Row *facts_##row##_row(Facts *facts, Id id) {                                    \
        return &facts->table.items[id.index];                                                      \
    }
#define RESOLUTION_TABLE(table, Row, row)
#include "facts/facts_tables.def"

// Empty tables with row 0 in place. SOURCES must outlive the facts.
void facts_init(Facts *facts, const Sources *sources);
void facts_release(Facts *facts);
// Appends the tables of one file, or of all files of a language, made with an interner of their own,
// rebasing every id; FROM is emptied. Both or none are resolved.
void facts_merge(Facts *into, Facts *from);

// ---- small questions asked everywhere ------------------------------------------------------------
// The function that runs an expression evaluated in SCOPE: the nearest SCOPE_FUNCTION outwards; none
// at module level or directly in a class body.
FunctionId facts_scope_function(const Facts *facts, ScopeId scope);
// True when SCOPE is (a block in) a class body.
bool facts_scope_in_class_body(const Facts *facts, ScopeId scope);
// How many blocks STATEMENT stands below OUTER, which is around it: 1 directly in its block.
int32_t facts_statement_depth(const Facts *facts, StatementId statement, StatementId outer);
// Makes a new row of Facts.symbols known to facts_symbol_in.
void facts_symbol_index(Facts *facts, SymbolId symbol);
// The symbol NAME in SCOPE itself, none when that scope does not bind it.
SymbolId facts_symbol_in(const Facts *facts, ScopeId scope, Name name);
Span facts_expr_span(const Facts *facts, ExprId expr);
FileId facts_module_file(const Facts *facts, ModuleId module);
// Source text of [start, end) in the file of MODULE.
Str facts_text(const Facts *facts, ModuleId module, uint32_t start, uint32_t end);
Str facts_name(const Facts *facts, Name name);
// The module a class, function or expression stands in.
ModuleId facts_expr_module(const Facts *facts, ExprId expr);
// True when CHILD is CLASS or has it among its linearised ancestors.
bool facts_is_subclass(const Facts *facts, ClassId child, ClassId klass);

#endif
