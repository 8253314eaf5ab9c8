// Two declarations in front of a function, by which a type checker tells old callers (PEP 702).
//
// In: a function that takes the context optionally. Out: what a caller shall pass, and what it may still pass; and the
// stretch of such declarations, which leaves no trace when it is taken out.
//
//     @overload
//     def name(user: str = ..., *, context: Context) -> str: ...
//     @overload
//     @deprecated("pass context")
//     def name(user: str = ...) -> str: ...
#include "python/write/layout.h"
#include "python/write/operations.h"

typedef struct Declaration {
    Vec(Str) parameters;
    Str before; // "async def name"
    Str after;  // " -> str: ..."
} Declaration;

// ---- the pieces ------------------------------------------------------------------------------------
static bool is_on_one_line(Str text) { return str_find(text, '\n') < 0 && str_find(text, '\r') < 0 && str_find(text, '#') < 0; }

// Without its value, which is evaluated once and in the function.
static bool parameter_text(const Writing *writing, const ParameterFact *parameter, Str *text) {
    const Facts *facts = writing->facts;
    Str whole = str_slice(writing->file->text, parameter->start, parameter->end);
    *text = whole;
    if (!fact_is(parameter->default_value)) return is_on_one_line(whole);
    bool typed = fact_is(parameter->annotation);
    uint32_t end = typed ? facts_expr(facts, parameter->annotation)->end
                         : parameter->start + (uint32_t)facts_name(facts, parameter->name).length;
    Str rest = str_trim(str_slice(writing->file->text, end, parameter->end));
    Str declared = str_slice(writing->file->text, parameter->start, end);
    *text = arena_format(writing->out->arena, "%.*s%s", STR_ARG(declared), typed ? " = ..." : "=...");
    return str_starts_with(rest, STR("=")) && is_on_one_line(declared); // else a parenthesis or a comment is between
}

// A constructor says nothing; of another one the checker finds out what it returns only where it has a body.
static bool says_what_it_returns(const Facts *facts, const FunctionFact *function) {
    return fact_is(function->returns) || str_is(facts_name(facts, function->name), "__init__");
}

static bool read_header(const Writing *writing, const FunctionFact *function, Declaration *declaration) {
    Arena *arena = writing->out->arena;
    Str text = writing->file->text;
    if (!says_what_it_returns(writing->facts, function)) return false;
    declaration->before = str_slice(text, function->keyword_start, function->open);
    Str returns = str_slice(text, function->close + 1, function->header_end);
    declaration->after = arena_format(arena, "%.*s ...", STR_ARG(returns));
    return is_on_one_line(declaration->before) && is_on_one_line(returns);
}

// Where values of another type may come by any name, the function does not fit a declaration without the context.
static bool takes_any_name(const Writing *writing, const ParameterFact *parameter) {
    if (parameter->kind != PARAMETER_KEYWORD_REST || !fact_is(parameter->annotation)) return false;
    const ExprFact *type = facts_expr(writing->facts, parameter->annotation);
    Str text = str_slice(writing->file->text, type->start, type->end);
    return !str_is(text, "Any") && !str_ends_with(text, STR(".Any"));
}

// With CONTEXT where it is not NULL.
static bool read_parameters(const Writing *writing, const FunctionFact *function, const ContextText *context,
                            Declaration *declaration) {
    bool star = false, done = context == NULL;
    Str added = STR_NONE;
    if (context)
        added = arena_format(writing->out->arena, "%.*s: %.*s", STR_ARG(context->parameter), STR_ARG(context->type));
    for (uint32_t i = 0; i <= function->parameter_count; i++) {
        const ParameterFact *row = i < function->parameter_count
                                       ? &writing->facts->parameters.items[function->first_parameter + i]
                                       : NULL;
        Str text;
        if (!done && (row == NULL || row->kind == PARAMETER_KEYWORD_REST)) {
            if (!star) vec_add(&declaration->parameters, STR("*"));
            vec_add(&declaration->parameters, added);
            done = true;
        }
        if (row == NULL) break;
        if (context && str_equal(facts_name(writing->facts, row->name), context->parameter)) return false;
        star |= row->kind == PARAMETER_REST || row->kind == PARAMETER_STAR_MARK;
        if (takes_any_name(writing, row) || !parameter_text(writing, row, &text)) return false;
        vec_add(&declaration->parameters, text);
    }
    return true;
}

// ---- writing ---------------------------------------------------------------------------------------
static void add_line(StrBuf *out, const Writing *writing, Str indent, Str line) {
    layout_add_line(out, writing, indent, line);
    strbuf_add(out, writing->file->newline);
}

static void join(const Declaration *declaration, StrBuf *line) {
    for (uint32_t i = 0; i < declaration->parameters.count; i++) {
        if (i > 0) strbuf_add_text(line, ", ");
        strbuf_add(line, declaration->parameters.items[i]);
    }
}

// On one line; where it is too long for that it is laid out with all that changes.
static void add_declaration(StrBuf *out, const Writing *writing, Str indent, const Declaration *declaration) {
    StrBuf line = {0};
    strbuf_addf(&line, "%.*s(", STR_ARG(declaration->before));
    join(declaration, &line);
    strbuf_addf(&line, ")%.*s", STR_ARG(declaration->after));
    add_line(out, writing, indent, strbuf_str(&line));
    strbuf_release(&line);
}

// @staticmethod and @classmethod are said of each.
static void add_kind(StrBuf *out, const Writing *writing, Str indent, const FunctionFact *function) {
    const Facts *facts = writing->facts;
    for (ExprId d = function->first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
        Str text = str_slice(writing->file->text, facts_expr(facts, d)->start, facts_expr(facts, d)->end);
        if (str_is(text, "staticmethod") || str_is(text, "classmethod"))
            add_line(out, writing, indent, arena_format(writing->out->arena, "@%.*s", STR_ARG(text)));
    }
}

static Str decorator(const Writing *writing, const OverloadText *overload) {
    char quote = writing->facts->sources->single_quotes ? '\'' : '"';
    return arena_format(writing->out->arena, "@%.*s(%cpass %.*s%c)", STR_ARG(overload->deprecated), quote,
                        STR_ARG(overload->context.parameter), quote);
}

void write_add_overloads(const Facts *facts, FunctionId id, const OverloadText *overload, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    Declaration now = {0}, before = {0};
    StrBuf text = {0};
    Str indent = source_line_indent(writing.file, function->start);
    Str first = arena_format(out->arena, "@%.*s", STR_ARG(overload->overload));
    if (read_header(&writing, function, &now) && read_header(&writing, function, &before) &&
        read_parameters(&writing, function, &overload->context, &now) &&
        read_parameters(&writing, function, NULL, &before)) {
        add_line(&text, &writing, indent, first);
        add_kind(&text, &writing, indent, function);
        add_declaration(&text, &writing, indent, &now);
        add_line(&text, &writing, indent, first);
        add_line(&text, &writing, indent, decorator(&writing, overload));
        add_kind(&text, &writing, indent, function);
        add_declaration(&text, &writing, indent, &before);
        write_insert(&writing, layout_with_comments(writing.file, function->start), strbuf_str(&text));
    }
    vec_release(&now.parameters);
    vec_release(&before.parameters);
    strbuf_release(&text);
}

// ---- finding again ---------------------------------------------------------------------------------
bool write_find_overloads(const Facts *facts, FunctionId id, Str parameter, Span *stretch) {
    const FunctionFact *function = facts_function(facts, id), *first = NULL, *second = NULL;
    Writing writing = writing_on(facts, function->module, NULL);
    for (uint32_t i = id.index - 1; i > 0 && first == NULL; i--) { // the nearest two in front of it
        const FunctionFact *row = &facts->functions.items[i];
        if (!fact_same(row->module, function->module)) return false;
        if (!(row->flags & FUNCTION_SIGNATURE) || !name_equal(row->qualified, function->qualified)) continue;
        if (second) first = row;
        else second = row;
    }
    if (first == NULL) return false;
    bool ours = false;
    for (uint32_t i = 0; i < first->parameter_count; i++)
        ours |= str_equal(facts_name(facts, facts->parameters.items[first->first_parameter + i].name), parameter);
    if (ours)
        *stretch = (Span){writing.id, source_line_start(writing.file, first->start),
                          layout_next_line(writing.file, second->end)};
    return ours;
}
