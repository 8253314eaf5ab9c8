// Parameters, arguments and expressions.
//
// In: a function, a call or an expression of the facts. Out: insertions beside what is there; an
// existing parameter or argument is never moved or reformatted, so edits inside it still apply.
#include "python/write/docstring.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

// ---- parameters ----------------------------------------------------------------------------------
static const ParameterFact *parameter_at(const Facts *facts, const FunctionFact *function,
                                         uint32_t position) {
    return &facts->parameters.items[function->first_parameter + position];
}

static Str parameter_text(Arena *arena, const ContextText *context, bool optional) {
    return arena_format(arena, "%.*s: %.*s%s", STR_ARG(context->parameter), STR_ARG(context->type),
                        optional ? " | None = None" : "");
}

// What makes an object may be described by its class.
void write_document_parameter(const Facts *facts, FunctionId id, const ContextText *context, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    if (function->docstring_end > 0) {
        docstring_add_parameter(&writing, function->header_end, function->docstring_end, context);
        return;
    }
    if (!fact_is(function->klass) || !str_is(facts_name(facts, function->name), "__init__")) return;
    const ClassFact *klass = facts_class(facts, function->klass);
    if (klass->docstring_end > 0)
        docstring_add_parameter(&writing, klass->name_end, klass->docstring_end, context);
}

void write_add_parameter(const Facts *facts, FunctionId id, const ContextText *context,
                         bool optional, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    if (function->flags & FUNCTION_LAMBDA) return;
    Vec(ListItem) items = {0};
    bool has_star = false, has_rest = false, done = false;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = parameter_at(facts, function, i);
        done |= str_equal(facts_name(facts, parameter->name), context->parameter);
        has_star |= parameter->kind == PARAMETER_REST || parameter->kind == PARAMETER_STAR_MARK;
        has_rest |= parameter->kind == PARAMETER_KEYWORD_REST;
        ListItem item = {parameter->start, parameter->end, parameter->comma};
        vec_add(&items, item);
    }
    Writing writing = writing_on(facts, function->module, out);
    Str texts[] = {STR("*"), parameter_text(out->arena, context, optional)};
    const Str *added = has_star ? texts + 1 : texts;
    uint32_t count = has_star ? 1 : 2;
    if (done) {
        // Nothing to do: the postcondition holds.
    } else if (items.count == 0) {
        list_fill(&writing, function->open, function->close,
                  arena_format(out->arena, "*, %.*s", STR_ARG(texts[1])));
    } else if (has_rest) {
        list_insert(&writing, items.items, items.count, items.count - 1, added, count);
    } else {
        list_append(&writing, items.items, items.count, added, count, false);
    }
    if (!done) write_document_parameter(facts, id, context, out);
    vec_release(&items);
}

// lambda x, **_: y; under another name where the lambda reads a `_` of its own.
void write_accept_any_keyword(const Facts *facts, FunctionId id, TextEdits *out) {
    const FunctionFact *lambda = facts_function(facts, id);
    Writing writing = writing_on(facts, lambda->module, out);
    Str own = facts_text(facts, lambda->module, lambda->start, lambda->end);
    bool taken = str_find_word(own, STR("_")) >= 0;
    Str text = taken ? STR("**_ignored") : STR("**_");
    if (lambda->parameter_count == 0) {
        uint32_t keyword_end = lambda->keyword_start + (uint32_t)STR("lambda").length;
        write_insert(&writing, keyword_end, arena_format(out->arena, " %.*s", STR_ARG(text)));
        return;
    }
    const ParameterFact *last = parameter_at(facts, lambda, lambda->parameter_count - 1);
    ListItem item = {last->start, last->end, last->comma};
    list_append(&writing, &item, 1, &text, 1, true);
}

// ---- arguments -----------------------------------------------------------------------------------
void write_add_argument(const Facts *facts, CallId id, Str name, Str value, TextEdits *out) {
    const CallFact *call = facts_call(facts, id);
    Vec(ListItem) items = {0};
    bool done = false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        done |= argument->kind == ARGUMENT_KEYWORD &&
                str_equal(facts_name(facts, argument->name), name);
        ListItem item = {argument->start, argument->end, argument->comma};
        vec_add(&items, item);
    }
    Writing writing = writing_on(facts, call->module, out);
    Str text = arena_format(out->arena, "%.*s=%.*s", STR_ARG(name), STR_ARG(value));
    bool on_one_line = facts_expr(facts, call->expr)->flags & EXPR_IN_INTERPOLATION;
    if (done) {
        // Nothing to do: the postcondition holds.
    } else if (call->flags & CALL_GENERATOR_ARGUMENT) {
        write_insert(&writing, call->open + 1, STR("("));
        write_insert(&writing, call->close, arena_format(out->arena, "), %.*s", STR_ARG(text)));
    } else if (items.count == 0) {
        list_fill(&writing, call->open, call->close, text);
    } else {
        list_append(&writing, items.items, items.count, &text, 1, on_one_line);
    }
    vec_release(&items);
}

// Where the list of `Callable[[A], R]` stands in an annotation that is a string, whose parts all have the
// place of the whole: the only list behind a bracket. Empty when there are several.
static Str list_in_string(Str text) {
    ptrdiff_t open = str_find(text, '[');
    while (open >= 0 && text.data[open + 1] != '[') {
        ptrdiff_t next = str_find(str_slice(text, (size_t)open + 1, text.length), '[');
        open = next < 0 ? -1 : open + 1 + next;
    }
    if (open < 0) return STR_NONE;
    size_t start = (size_t)open + 1, end = start;
    for (int depth = 0; end < text.length; end++) {
        depth += (text.data[end] == '[') - (text.data[end] == ']');
        if (depth == 0) break;
    }
    for (size_t i = end; i + 1 < text.length; i++)
        if (text.data[i] == '[' && text.data[i + 1] == '[') return STR_NONE;
    return end < text.length ? str_slice(text, start, end + 1) : STR_NONE;
}

// `...` in place of the list: a Callable cannot say "and this keyword" (PEP 484).
void write_accept_any_arguments(const Facts *facts, ExprId parameters, TextEdits *out) {
    const ExprFact *row = facts_expr(facts, parameters);
    ModuleId module = facts_expr_module(facts, parameters);
    Str text = facts_text(facts, module, row->start, row->end);
    Str list = text.length && text.data[0] == '[' ? text : list_in_string(text);
    if (!list.length) return;
    uint32_t start = row->start + (uint32_t)(list.data - text.data);
    write_replace_range(facts, module, start, start + (uint32_t)list.length, STR("..."), out);
}

void write_bind_argument(const Facts *facts, ExprId function_value, Str binder, Str name, Str value,
                         TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, function_value);
    Writing writing = writing_on(facts, facts_expr_module(facts, function_value), out);
    write_insert(&writing, expr->start, arena_format(out->arena, "%.*s(", STR_ARG(binder)));
    write_insert(&writing, expr->end,
                 arena_format(out->arena, ", %.*s%s%.*s)", STR_ARG(name), name.length > 0 ? "=" : "", STR_ARG(value)));
}

// load(x) -> run(lambda context: load(x)). The parameter has the name that what is written inside reads.
void write_run_for_each(const Facts *facts, ExprId id, Str runner, Str name, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    Writing writing = writing_on(facts, facts_expr_module(facts, id), out);
    write_insert(&writing, expr->start,
                 arena_format(out->arena, "%.*s(lambda %.*s: ", STR_ARG(runner), STR_ARG(name)));
    write_insert(&writing, expr->end, STR(")"));
}

void write_add_decorator(const Facts *facts, FunctionId id, Str decorator, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    uint32_t line = function->keyword_start;
    while (line > 0 && layout_is_blank(writing.file->text.data[line - 1])) line--;
    Str indent = str_slice(writing.file->text, line, function->keyword_start);
    write_insert(&writing, function->keyword_start,
                 arena_format(out->arena, "@%.*s%.*s%.*s", STR_ARG(decorator),
                              STR_ARG(writing.file->newline), STR_ARG(indent)));
}

// ---- expressions ---------------------------------------------------------------------------------
// Two words would grow together where brackets kept them apart: return(x).y, x[0]if y.
void write_replace_expression(const Facts *facts, ExprId id, Str text, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    write_replace_range(facts, facts_expr_module(facts, id), expr->start, expr->end, text, out);
}

void write_replace_range(const Facts *facts, ModuleId module, uint32_t start, uint32_t end,
                         Str text, TextEdits *out) {
    Writing writing = writing_on(facts, module, out);
    Str whole = writing.file->text;
    bool before = start > 0 && text.length > 0 && str_is_word_byte(whole.data[start - 1]) &&
                  str_is_word_byte(text.data[0]);
    bool after = end < whole.length && text.length > 0 && str_is_word_byte(whole.data[end]) &&
                 str_is_word_byte(text.data[text.length - 1]);
    write_replace(
        &writing, start, end,
        arena_format(out->arena, "%s%.*s%s", before ? " " : "", STR_ARG(text), after ? " " : ""));
}

Str write_call_text(Arena *arena, Str callee, Str argument) {
    return arena_format(arena, "%.*s(%.*s)", STR_ARG(callee), STR_ARG(argument));
}

Str write_member_text(Arena *arena, Str object, Str name) {
    return arena_format(arena, "%.*s.%.*s", STR_ARG(object), STR_ARG(name));
}
