// The optional form of a parameter, and the way back.
//
// In: a function whose context parameter is `T | None = None`, and the statement at its top that reads
// the ambient context instead of None. Out: edits that add that statement to a body on its header's
// line, or that make the parameter required. Taking it out leaves the text that a
// required parameter would have had.
#include "python/syntax/joined.h"
#include "python/write/first.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

// ---- a body that shares a line -----------------------------------------------------------------------
// The statements of the body behind the docstring.
static void list_body(const Facts *facts, const FunctionFact *function, StatementList *body) {
    StatementList all = {0};
    layout_children(facts, function->statement, &all);
    for (uint32_t i = 0; i < all.list.count; i++) {
        uint32_t start = facts_statement(facts, all.list.items[i])->start;
        if (start >= function->docstring_end) vec_add(&body->list, all.list.items[i]);
    }
    vec_release(&all.list);
}

// A statement at START, on the line of the header or of the docstring before it, or on one that a backslash joins to it.
static bool follows_on_line(const SourceFile *file, const FunctionFact *function, uint32_t start) {
    if (!layout_first_on_line(file, start)) return true;
    uint32_t before = function->docstring_end ? function->docstring_end : function->header_end;
    before = joined_skip_blanks(file->text, before);
    if (before < file->text.length && file->text.data[before] == ';') before++;
    return start <= joined_line_end(file, before);
}

bool write_add_inline_fallback(const Facts *facts, FunctionId id, const FirstStatement *first,
                               TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    StatementList body = {0};
    list_body(facts, function, &body);
    uint32_t start =
        body.list.count ? facts_statement(facts, body.list.items[0])->start : 0;
    vec_release(&body.list);
    if (!start || !follows_on_line(writing.file, function, start)) return false;
    write_insert(&writing, start, arena_format(out->arena, "%.*s; ", STR_ARG(first_inline(out->arena, first))));
    return true;
}

// ---- the fallback ------------------------------------------------------------------------------------
// How the ambient context may be asked for: `ambient()`, or `counter("name")` where the callers are counted.
typedef struct Words {
    Str parameter, ambient, counter;
} Words;

// EXPR is the function NAME, by the import that binds its first name: `current`, `Context.current`.
static bool names(const Facts *facts, ExprId id, Str name) {
    ExprId root = id;
    while (facts_expr(facts, root)->kind == EXPR_ATTRIBUTE)
        root = facts_expr(facts, root)->base;
    SymbolId symbol = facts->expr_symbols.items[root.index];
    if (!fact_is(symbol)) return false;
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    ImportId import = facts_binding(facts, binding)->import_;
    if (!fact_is(binding) || !fact_is(import)) return false;
    Str dotted = facts_name(facts, facts_import(facts, import)->dotted);
    Str rest = facts_text(facts, facts_expr_module(facts, id), facts_expr(facts, root)->end,
                          facts_expr(facts, id)->end);
    return name.length == dotted.length + rest.length && str_starts_with(name, dotted) &&
           str_ends_with(name, rest);
}

static bool is_literal(const Facts *facts, const CallFact *call) {
    const ArgumentFact *argument = &facts->arguments.items[call->first_argument];
    return call->argument_count == 1 && facts_expr(facts, argument->value)->kind == EXPR_STRING;
}

static bool is_ambient_call(const Facts *facts, ExprId id, const Words *words) {
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind != EXPR_CALL) return false;
    const CallFact *call = facts_call(facts, expr->call);
    if (call->argument_count == 0) return names(facts, expr->base, words->ambient);
    return words->counter.length > 0 && is_literal(facts, call) &&
           names(facts, expr->base, words->counter);
}

static Str statement_text(const Writing *writing, const StatementFact *statement) {
    return str_slice(writing->file->text, statement->start, statement->end);
}

static Str expr_text(const Writing *writing, ExprId id) {
    const ExprFact *expr = facts_expr(writing->facts, id);
    return str_slice(writing->file->text, expr->start, expr->end);
}

// `P = ambient()`
static bool is_assignment(const Writing *writing, const StatementFact *statement,
                          const Words *words) {
    if (statement->kind != STATEMENT_ASSIGN ||
        !is_ambient_call(writing->facts, statement->value, words))
        return false;
    return first_is_assignment(statement_text(writing, statement), words->parameter,
                               expr_text(writing, statement->value));
}

// `if P is None:` around such an assignment and nothing else.
static bool is_block(const Writing *writing, StatementId id, const Words *words) {
    const Facts *facts = writing->facts;
    const StatementFact *statement = facts_statement(facts, id);
    if (statement->kind != STATEMENT_IF ||
        !first_is_condition(statement_text(writing, statement), words->parameter))
        return false;
    StatementList inner = {0};
    layout_children(facts, id, &inner);
    bool good = inner.list.count == 1 &&
                is_assignment(writing, facts_statement(facts, inner.list.items[0]), words);
    vec_release(&inner.list);
    return good;
}

// `P = ambient() if P is None else P`
static bool is_inline(const Writing *writing, const StatementFact *statement, const Words *words) {
    const Facts *facts = writing->facts;
    const ExprFact *value = facts_expr(facts, statement->value);
    if (statement->kind != STATEMENT_ASSIGN || value->kind != EXPR_CHOICE) return false;
    if (!is_ambient_call(facts, value->first_child, words)) return false;
    return first_is_inline(statement_text(writing, statement), words->parameter,
                           expr_text(writing, value->first_child));
}

// The whole lines of STATEMENT; at the end of a text without a last line end, the one before them.
static Span whole_lines(const Writing *writing, const StatementFact *statement) {
    const SourceFile *file = writing->file;
    uint32_t start = source_line_start(file, statement->start);
    uint32_t last = joined_line_end(file, statement->end);
    uint32_t end = layout_next_line(file, last), above;
    bool unended = end == last;
    if (unended && layout_previous_text(file, start, &above)) start = above;
    return (Span){writing->id, start, end};
}

// With the blank line that was put between it and a definition at the top of the body.
static Span lines_above(const Writing *writing, const FunctionFact *function, const StatementFact *fallback,
                        const StatementFact *next) {
    Span span = whole_lines(writing, fallback);
    const SourceFile *file = writing->file;
    if (!function->docstring_end && layout_begins_definition(file, next->start) &&
        layout_line_is_blank(file, span.end))
        span.end = layout_next_line(file, span.end);
    return span;
}

bool write_find_fallback(const Facts *facts, FunctionId id, Str parameter, Str ambient,
                         Str counter, Span *stretch) {
    const Words words = {parameter, ambient, counter};
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, NULL);
    StatementList body = {0};
    list_body(facts, function, &body);
    bool found = false;
    if (body.list.count > 1) {
        const StatementFact *first = facts_statement(facts, body.list.items[0]);
        const StatementFact *next = facts_statement(facts, body.list.items[1]);
        if (is_inline(&writing, first, &words)) {
            *stretch = (Span){writing.id, first->start, next->start};
            found = true;
        } else if (is_block(&writing, body.list.items[0], &words)) {
            *stretch = lines_above(&writing, function, first, next);
            found = true;
        }
    }
    vec_release(&body.list);
    return found;
}

// ---- the parameter -------------------------------------------------------------------------------------
void write_require_parameter(const Facts *facts, FunctionId id, Str name, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        if (!str_equal(facts_name(facts, parameter->name), name)) continue;
        if (!fact_is(parameter->default_value)) return;
        const ExprFact *annotation = facts_expr(facts, parameter->annotation);
        const ExprFact *type = facts_expr(facts, annotation->first_child);
        write_replace(&writing, type->end, parameter->end, STR_NONE);
    }
}
