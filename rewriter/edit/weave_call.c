// A call that becomes another one with the same arguments: get(a, b) -> get_for({context}, {arguments}); and an
// expression that becomes an argument itself: a / b -> tenant_path(a / b, {context}). In: the access. Out: what is
// written before and behind what stays where it is, so that what stands in it may change as well.
#include "edit/weave_internal.h"

// Stands for the arguments in the filled template: no language writes such a byte.
#define HERE STR("\x01")

// Without arguments the comma beside them goes.
static Str without_comma_before(Str text) {
    Str trimmed = text;
    while (trimmed.length > 0 && trimmed.data[trimmed.length - 1] == ' ') trimmed.length--;
    return trimmed.length > 0 && trimmed.data[trimmed.length - 1] == ',' ? str_slice(trimmed, 0, trimmed.length - 1)
                                                                        : text;
}

static Str without_comma_behind(Str text) {
    size_t at = 0;
    if (text.length == 0 || text.data[0] != ',') return text;
    for (at = 1; at < text.length && text.data[at] == ' ';) at++;
    return str_slice(text, at, text.length);
}

void weave_plan_call(Weaving *weaving, const Sink *sink, Str context, Access *access) {
    const Program *program = weaving->program;
    const SinkRule *rule = &program->rules->sinks.items[sink->rule];
    const CallFact *call = program_call(program, sink->call);
    const ExprFact *expr = program_expr(program, sink->expr);
    TemplateValues values = {.context = context, .arguments = HERE};
    Str text = weave_template(weaving, access->site, rule->replace, values);
    ptrdiff_t at = str_find_str(text, HERE);
    Str before = str_slice(text, 0, (size_t)at), behind = str_slice(text, (size_t)at + 1, text.length);
    if (call->argument_count == 0) {
        bool first = without_comma_before(before).length != before.length;
        before = without_comma_before(before);
        if (!first) behind = without_comma_behind(behind);
    }
    access->text = text;
    vec_add(&access->gaps, ((AccessGap){expr->start, call->open + 1, before}));
    vec_add(&access->gaps, ((AccessGap){call->close, expr->end, behind}));
}

void weave_plan_around(Weaving *weaving, const Sink *sink, const ExprFact *kept, Str context, Access *access) {
    const Program *program = weaving->program;
    const SinkRule *rule = &program->rules->sinks.items[sink->rule];
    const ExprFact *expr = program_expr(program, sink->expr);
    TemplateValues values = {.context = context, .receiver = HERE};
    Str text = weave_template(weaving, access->site, rule->replace, values);
    ptrdiff_t at = str_find_str(text, HERE);
    access->text = text;
    vec_add(&access->gaps, ((AccessGap){expr->start, kept->start, str_slice(text, 0, (size_t)at)}));
    vec_add(&access->gaps, ((AccessGap){kept->end, expr->end, str_slice(text, (size_t)at + 1, text.length)}));
}
