// Parameters that change their type, and their name with it; and those that go. In: a solution. Out: edits of
// declarations, of what reads the name, of arguments, and of statements that go with them.
#include "edit/weave_internal.h"
#include "program/index.h"

static void take(Weaving *weaving, DecisionKind kind, uint32_t index, const RetypeRule *rule) {
    weave_take(weaving, kind, index, FAMILY_CONTEXT, SAFETY_SAFE, "type of '%.*s'", STR_ARG(rule->field.text));
}

// Another name where that one means something in the function already.
static Str name_of(Weaving *weaving, const ParameterFact *parameter, const RetypeRule *rule) {
    Str own = program_name(weaving->program, parameter->name);
    if (!parameter->name.index || str_equal(own, rule->parameter)) return own;
    bool stub = program_function(weaving->program, parameter->function)->flags & FUNCTION_STUB;
    return !stub && weave_is_used(weaving, parameter->function, rule->parameter) ? own : rule->parameter;
}

static void write_parameter(Weaving *weaving, ParameterId id, const RetypeRule *rule) {
    const Program *program = weaving->program;
    const ParameterFact *parameter = program_parameter(program, id);
    const FunctionFact *function = program_function(program, parameter->function);
    const LanguageWriter *writer = weave_writer(weaving, function->module);
    Str name = name_of(weaving, parameter, rule);
    writer->retype_parameter(program->facts, id, rule->type, name, &weaving->texts);
    take(weaving, DECISION_FUNCTION, parameter->function.index, rule);
    vec_add(&weaving->modules[function->module.index].needs, ((ImportNeed){.name = rule->type}));
    if (!fact_is(parameter->symbol) || str_equal(name, program_name(program, parameter->name))) return;
    for (RowList reads = program_reads(program, parameter->symbol); reads.at < reads.end; reads.at++) {
        writer->replace_expression(program->facts, (ExprId){*reads.at}, name, &weaving->texts);
        take(weaving, DECISION_FUNCTION, parameter->function.index, rule);
    }
}

// The argument becomes what its member belongs to.
static void write_argument(Weaving *weaving, ArgumentId id, const RetypeRule *rule) {
    const Program *program = weaving->program;
    const ArgumentFact *argument = program_argument(program, id);
    ModuleId module = program_call(program, argument->call)->module;
    weave_writer(weaving, module)
        ->replace_range(program->facts, module, argument->owner_end, argument->end, STR_NONE, &weaving->texts);
    take(weaving, DECISION_CALL, argument->call.index, rule);
}

void weave_write_retyped(Weaving *weaving) {
    for (uint32_t i = 0; i < weaving->solution->retyped.count; i++) {
        const Retyped *row = &weaving->solution->retyped.items[i];
        const RetypeRule *rule = &weaving->program->rules->retypes.items[row->rule];
        if (fact_is(row->parameter))
            write_parameter(weaving, row->parameter, rule);
        else
            write_argument(weaving, row->argument, rule);
    }
}

void weave_write_lost(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->lost.count; i++) {
        const Lost *row = &weaving->solution->lost.items[i];
        const RetypeRule *rule = &program->rules->retypes.items[row->rule];
        if (fact_is(row->parameter)) {
            FunctionId function = program_parameter(program, row->parameter)->function;
            ModuleId module = program_function(program, function)->module;
            weave_writer(weaving, module)->remove_parameter(program->facts, row->parameter, &weaving->texts);
            take(weaving, DECISION_FUNCTION, function.index, rule);
        } else if (fact_is(row->argument)) {
            CallId call = program_argument(program, row->argument)->call;
            ModuleId module = program_call(program, call)->module;
            weave_writer(weaving, module)->remove_argument(program->facts, row->argument, &weaving->texts);
            take(weaving, DECISION_CALL, call.index, rule);
        } else {
            vec_add(&weaving->texts.list,
                    ((TextEdit){row->statement.file, row->statement.start, row->statement.end, STR_NONE}));
            take(weaving, DECISION_NONE, 0, rule);
        }
    }
}
