// Questions about rows that are there already: what a body starts with, what a decorator does. In:
// rows of the tables. Out: flags and offsets. Looks at no syntax node.
#include "python/extract/extract.h"
#include "python/syntax/joined.h"

// A string that the language keeps as documentation: neither bytes nor interpolated.
bool expr_is_docstring(const Walk *walk, ExprId expr) {
    const ExprFact *row = walk_expr(walk, expr);
    if (row->kind != EXPR_STRING || fact_is(row->first_child)) return false;
    for (uint32_t i = row->start; i < row->end; i++) {
        char c = walk->text.data[i];
        if (c == '"' || c == '\'') return true;
        if (c != 'r' && c != 'R' && c != 'u' && c != 'U') return false;
    }
    return false;
}

static bool raises_not_implemented(const Facts *facts, const StatementFact *statement) {
    if (statement->kind != STATEMENT_RAISE || !fact_is(statement->value)) return false;
    Name name = expr_last_name(facts, statement->value);
    return str_is(facts_name(facts, name), "NotImplementedError");
}

static bool is_stub_statement(const Walk *walk, const StatementFact *statement) {
    if (statement->kind == STATEMENT_PASS) return true;
    if (statement->kind == STATEMENT_EXPRESSION)
        return walk_expr(walk, statement->value)->kind == EXPR_ELLIPSIS;
    return raises_not_implemented(walk->facts, statement);
}

// The next statement after AT directly in OWNER's body; 0 when there is none.
static uint32_t next_in_body(const Facts *facts, StatementId owner, uint32_t at) {
    for (uint32_t i = at + 1; i < facts->statements.count; i++)
        if (fact_same(facts->statements.items[i].parent, owner)) return i;
    return 0;
}

static bool is_stub_body(const Walk *walk, StatementId owner, uint32_t first) {
    for (uint32_t i = first; i; i = next_in_body(walk->facts, owner, i))
        if (!is_stub_statement(walk, &walk->facts->statements.items[i])) return false;
    return true;
}

// `class A: \` and an empty line: the backslash joins that line to the header, and the body begins below both.
static bool starts_on_header_line(Str text, uint32_t header_end) {
    uint32_t at = joined_skip_blanks(text, header_end);
    return at < text.length && text.data[at] != '\n' && text.data[at] != '\r' && text.data[at] != '#';
}

// The first statement of a body has the number after its owner's: headers make no statements.
BodyLayout body_layout(const Walk *walk, StatementId owner, uint32_t header_end) {
    const Facts *facts = walk->facts;
    BodyLayout layout = {.single_line = starts_on_header_line(walk->text, header_end)};
    uint32_t first = owner.index + 1;
    if (first >= facts->statements.count) return layout;
    const StatementFact *row = &facts->statements.items[first];
    if (row->kind == STATEMENT_EXPRESSION && expr_is_docstring(walk, row->value)) {
        layout.docstring_end = row->end;
        first = next_in_body(facts, owner, first);
    }
    if (first) layout.body_start = facts->statements.items[first].start;
    layout.stub = is_stub_body(walk, owner, first);
    return layout;
}

Name expr_last_name(const Facts *facts, ExprId expr) {
    const ExprFact *row = facts_expr(facts, expr);
    while (row->kind == EXPR_CALL || row->kind == EXPR_SUBSCRIPT)
        row = facts_expr(facts, row->base);
    return row->kind == EXPR_NAME || row->kind == EXPR_ATTRIBUTE ? row->name : NAME_NONE;
}

typedef struct DecoratorRow {
    const char *name;
    uint32_t flags;
} DecoratorRow;

// What is known of a decorator by its last name. No flags: it leaves the function as it is.
static const DecoratorRow DECORATORS[] = {
    {"staticmethod", FUNCTION_STATIC},
    {"classmethod", FUNCTION_CLASS},
    {"property", FUNCTION_PROPERTY},
    {"cached_property", FUNCTION_PROPERTY | FUNCTION_KEPT_PROPERTY},
    {"isolated_cached_property", FUNCTION_PROPERTY}, // of the runtime: a value for each context
    {"setter", FUNCTION_PROPERTY},
    {"getter", FUNCTION_PROPERTY},
    {"deleter", FUNCTION_PROPERTY},
    {"overload", FUNCTION_OVERLOAD},
    {"abstractmethod", FUNCTION_ABSTRACT},
    {"abstractproperty", FUNCTION_ABSTRACT | FUNCTION_PROPERTY},
    {"abstractclassmethod", FUNCTION_ABSTRACT | FUNCTION_CLASS},
    {"abstractstaticmethod", FUNCTION_ABSTRACT | FUNCTION_STATIC},
    {"lru_cache", FUNCTION_CACHED},
    {"cache", FUNCTION_CACHED},
    {"cached", FUNCTION_CACHED},
    {"alru_cache", FUNCTION_CACHED},
    {"contextmanager", FUNCTION_CONTEXT_MANAGER},
    {"asynccontextmanager", FUNCTION_CONTEXT_MANAGER},
    {"isolated_task", 0}, // of the runtime: hands on what it gets
    {"wraps", 0},
    {"override", 0},
    {"final", 0},
    {"no_type_check", 0},
    {"deprecated", 0},
};

static uint32_t flags_of_decorator(Str name) {
    for (size_t i = 0; i < sizeof DECORATORS / sizeof *DECORATORS; i++)
        if (str_is(name, DECORATORS[i].name)) return DECORATORS[i].flags;
    return FUNCTION_WRAPPED;
}

uint32_t decorator_flags(const Facts *facts, ExprId first_decorator) {
    uint32_t flags = 0;
    for (ExprId e = first_decorator; fact_is(e); e = facts_expr(facts, e)->next_sibling)
        flags |= flags_of_decorator(facts_name(facts, expr_last_name(facts, e)));
    return flags;
}
