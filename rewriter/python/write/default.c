// Default values that become lazy.
//
// In: a parameter with a default. Out: the default is None, and the annotation says so. What a name in
// an annotation stands for is not looked up: an alias that allows None is widened once more.
#include "python/write/layout.h"
#include "python/write/operations.h"

// ---- annotations -----------------------------------------------------------------------------------
static bool allows_none(const Facts *facts, ExprId id);

static bool some_child_allows_none(const Facts *facts, ExprId id) {
    ExprId child = facts_expr(facts, id)->first_child;
    for (; fact_is(child); child = facts_expr(facts, child)->next_sibling) {
        if (allows_none(facts, child)) return true;
    }
    return false;
}

static bool allows_none(const Facts *facts, ExprId id) {
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind == EXPR_NONE) return true;
    if (expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE) {
        Str name = facts_name(facts, expr->name);
        return str_is(name, "Any") || str_is(name, "object");
    }
    if (expr->kind == EXPR_SUBSCRIPT) {
        Str form = facts_name(facts, facts_expr(facts, expr->base)->name);
        if (str_is(form, "Optional")) return true;
        if (!str_is(form, "Union") && !str_is(form, "Annotated")) return false;
    } else if (expr->kind != EXPR_TUPLE && expr->kind != EXPR_STRING && expr->kind != EXPR_UNION) {
        return false;
    }
    return some_child_allows_none(facts, id);
}

// Offset behind the type that a string annotation spells; 0 when the string is none.
static uint32_t quoted_end(const SourceFile *file, const ExprFact *expr) {
    if (!fact_is(expr->first_child) || expr->name.index == 0) return 0;
    Str text = str_slice(file->text, expr->start, expr->end);
    bool triple = text.length >= 6 && text.data[text.length - 2] == text.data[text.length - 1] &&
                  text.data[text.length - 3] == text.data[text.length - 1];
    uint32_t end = expr->end - (triple ? 3 : 1);
    while (end > expr->start && layout_is_blank(file->text.data[end - 1])) end--;
    return end;
}

static void widen(const Writing *writing, ExprId annotation) {
    const ExprFact *expr = facts_expr(writing->facts, annotation);
    uint32_t end = 0;
    if (expr->kind == EXPR_STRING) end = quoted_end(writing->file, expr);
    if (expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE || expr->kind == EXPR_SUBSCRIPT ||
        expr->kind == EXPR_UNION) {
        end = expr->end;
    }
    if (end == 0 || allows_none(writing->facts, annotation)) return;
    write_insert(writing, end, STR(" | None"));
}

// ---- the default -----------------------------------------------------------------------------------
// The stretch behind the '=', with the parentheses around the value; only the value where comments stand
// in between.
static Span default_span(const Writing *writing, const ParameterFact *parameter) {
    const ExprFact *value = facts_expr(writing->facts, parameter->default_value);
    Str text = writing->file->text;
    uint32_t start = value->start;
    for (uint32_t at = start; at > parameter->start; at--) {
        char c = text.data[at - 1];
        if (c == '=') return (Span){writing->id, start, parameter->end};
        if (c == '(') start = at - 1;
        if (c != '(' && c != '\n' && c != '\r' && !layout_is_blank(c)) break;
    }
    return (Span){writing->id, value->start, value->end};
}

void write_make_default_lazy(const Facts *facts, ParameterId id, TextEdits *out) {
    const ParameterFact *parameter = facts_parameter(facts, id);
    const FunctionFact *function = facts_function(facts, parameter->function);
    if (!fact_is(parameter->default_value)) return;
    Writing writing = writing_on(facts, function->module, out);
    if (facts_expr(facts, parameter->default_value)->kind == EXPR_NONE) return;
    Span span = default_span(&writing, parameter);
    write_replace(&writing, span.start, span.end, STR("None"));
    if (fact_is(parameter->annotation)) widen(&writing, parameter->annotation);
}

// The statement stands two levels deeper than the function's header does.
void write_indent_default(const Facts *facts, ParameterId id, TextEdits *out) {
    const ParameterFact *parameter = facts_parameter(facts, id);
    const FunctionFact *function = facts_function(facts, parameter->function);
    const ExprFact *value = facts_expr(facts, parameter->default_value);
    Writing writing = writing_on(facts, function->module, out);
    size_t unit = writing.indent.length;
    size_t wanted = source_line_indent(writing.file, function->keyword_start).length + 2 * unit;
    size_t own = source_line_indent(writing.file, value->start).length;
    if (own >= wanted) return;
    int32_t levels = (int32_t)((wanted - own + unit - 1) / unit);
    layout_indent_lines(&writing, value->start, value->end, levels);
}
