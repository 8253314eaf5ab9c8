// Overloads of public API (PEP 702), while its callers need not pass the context yet.
//
// In: functions of a solution that gain the context optionally and count who does not pass it. Out: two declarations in
// front of each, and the imports that they need; later the lines that hold them.
#include "edit/weave_internal.h"

// What a decorator makes of a function is not what its declarations would say; one of several definitions is not all of
// the function.
static bool can_be_declared(const Program *program, const FunctionFact *function) {
    const uint32_t others = FUNCTION_LAMBDA | FUNCTION_PROPERTY | FUNCTION_OVERLOAD | FUNCTION_ABSTRACT | FUNCTION_CACHED |
                            FUNCTION_CONTEXT_MANAGER | FUNCTION_WRAPPED | FUNCTION_STUB;
    if (function->flags & others) return false;
    SymbolId symbol = program_symbol_in(program, function->scope, function->name);
    if (!fact_is(symbol)) return false;
    BindingId first = program_symbol(program, symbol)->first_binding;
    return fact_is(first) && !fact_is(program_binding(program, first)->next_of_symbol);
}

void weave_write_overloads(Weaving *weaving, FunctionId id) {
    const Program *program = weaving->program;
    const FunctionFact *function = program_function(program, id);
    const LanguageWriter *writer = weave_writer(weaving, function->module);
    Str name = program_name(program, function->qualified), deprecate = program->rules->api.deprecate;
    bool wanted = deprecate.length > 0 && writer->add_overloads && weaving->solution->functions[id.index].gains_parameter;
    if (!wanted || !weave_counts_callers(weaving, name) || !can_be_declared(program, function)) return;
    uint32_t mark = weaving->modules[function->module.index].needs.count;
    Site site = weave_site_of_definition(weaving, function->scope, function->start);
    OverloadText text = {.overload = weave_name(weaving, site, writer->overload),
                         .deprecated = weave_name(weaving, site, deprecate),
                         .context = weave_context_text(weaving, site, false)};
    text.context.parameter = weave_parameter_name(weaving, id);
    writer->add_overloads(program->facts, id, &text, &weaving->texts);
    if (weaving->texts.list.count == 0) weaving->modules[function->module.index].needs.count = mark;
    weave_take(weaving, DECISION_FUNCTION, id.index, FAMILY_CONTEXT, SAFETY_SAFE, "overloads of '%.*s'", STR_ARG(name));
}

bool weave_find_overloads(const Weaving *weaving, FunctionId id, Span *stretch) {
    const Program *program = weaving->program;
    if (!weaving->solution->functions[id.index].becomes_required) return false;
    const LanguageWriter *writer = weave_writer(weaving, program_function(program, id)->module);
    return writer->find_overloads &&
           writer->find_overloads(program->facts, id, program->rules->context.parameter, stretch);
}
