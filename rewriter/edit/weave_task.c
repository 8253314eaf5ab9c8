// Tasks of a queue whose context travels with the message.
//
// In: functions of a solution that such a message reaches. Out: a decorator directly above the function, below that of the
// queue, which makes a context of what was sent. One that is there already is left.
#include "edit/weave_internal.h"

static Str last_part(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

static bool is_decorated(const Program *program, const FunctionFact *function, Str name) {
    for (ExprId d = function->first_decorator; fact_is(d);
         d = program_expr(program, d)->next_sibling)
        if (str_equal(program_name(program, program_expr(program, d)->name), last_part(name)))
            return true;
    return false;
}

// The blanks before OFFSET on its line.
static Str indent_at(const Weaving *weaving, ModuleId module, uint32_t offset) {
    uint32_t start = offset;
    Str text = program_text(weaving->program, module, 0, offset);
    while (start > 0 && text.data[start - 1] != '\n' && text.data[start - 1] != '\r') start--;
    return str_slice(text, start, offset);
}

void weave_write_tasks(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        Str receive = weaving->solution->functions[i].receive;
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (receive.length == 0 || is_decorated(program, function, receive)) continue;
        Site site = weave_site_of_definition(weaving, function->scope, function->start);
        Str name = weave_name(weaving, site, receive);
        Str indent = indent_at(weaving, function->module, function->keyword_start);
        Str line = arena_format(&weaving->arena, "@%.*s\n%.*s", STR_ARG(name), STR_ARG(indent));
        TextEdit edit = {program_module_file(program, function->module), function->keyword_start,
                         function->keyword_start, line};
        vec_add(&weaving->texts.list, edit);
        weave_take(weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE, "task '%.*s'",
                   STR_ARG(program_name(program, function->qualified)));
    }
}
