// Functions that have another name with the parameter. In: a solution. Out: their declarations and whatever names them
// by the new name; wrappers under the old one, or what goes of these.
#include "base/bug.h"
#include "edit/weave_internal.h"

static void take(Weaving *weaving, FunctionId id, const char *what) {
    Name name = program_function(weaving->program, id)->qualified;
    weave_take(weaving, DECISION_FUNCTION, id.index, FAMILY_CONTEXT, SAFETY_SAFE, "%s of '%.*s'", what,
               STR_ARG(program_name(weaving->program, name)));
}

// What stands in an old name that goes does not change besides.
void weave_mark_wrappers(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!weaving->solution->functions[i].loses_old_name) continue;
        const FunctionFact *function = program_function(program, (FunctionId){i});
        Span span = {program_module_file(program, function->module), function->start, function->end};
        vec_add(&weaving->gone, span);
    }
}

static void write_declarations(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId id = {i};
        const FunctionPlan *plan = &weaving->solution->functions[i];
        const FunctionFact *function = program_function(program, id);
        const LanguageWriter *writer = weave_writer(weaving, function->module);
        if (plan->loses_old_name) {
            writer->remove_wrapper(program->facts, id, &weaving->texts);
            take(weaving, id, "old name");
        }
        if (plan->new_name.length == 0 || !plan->gains_parameter) continue;
        weaving->texts.wider = weave_wider(weaving, id);
        writer->rename_function(program->facts, id, plan->new_name, &weaving->texts);
        take(weaving, id, "name");
        if (!plan->keeps_old_name) continue;
        weaving->texts.behind = weave_position(weaving, id);
        Str ambient = weave_context(weaving, weave_site_of_body(weaving, id), 0, true);
        writer->add_wrapper(program->facts, id, plan->new_name, ambient, &weaving->texts);
        take(weaving, id, "old name");
    }
}

int32_t weave_wider(const Weaving *weaving, FunctionId id) {
    Str name = weaving->solution->functions[id.index].new_name;
    if (name.length == 0) return 0;
    const FunctionFact *function = program_function(weaving->program, id);
    return (int32_t)name.length - (int32_t)(function->name_end - function->name_start);
}

// The function that the name at EXPR means; none for anything else.
static FunctionId function_named(const Program *program, ExprId expr) {
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return FACT_NONE(FunctionId);
    const BindingFact *binding = program_binding(program, program_symbol(program, symbol)->first_binding);
    return binding->kind == BINDING_FUNCTION ? binding->function : FACT_NONE(FunctionId);
}

int32_t weave_call_wider(const Weaving *weaving, CallId call) {
    ExprId callee = program_call(weaving->program, call)->callee;
    return program_expr(weaving->program, callee)->kind == EXPR_NAME
               ? weave_wider(weaving, function_named(weaving->program, callee))
               : 0;
}

// By ExprId: the callee of a call that passes the context.
static bool *find_passing(const Weaving *weaving) {
    const Program *program = weaving->program;
    bool *passing = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *passing);
    for (uint32_t i = 0; i < weaving->solution->calls.count; i++) {
        const CallPlan *plan = &weaving->solution->calls.items[i];
        if (plan->supply == CALL_PASSES) passing[program_call(program, plan->call)->callee.index] = true;
    }
    return passing;
}

static void write_uses(Weaving *weaving) {
    const Program *program = weaving->program;
    bool *passing = find_passing(weaving);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind != EXPR_NAME || weaving->replaced[i]) continue;
        FunctionId function = function_named(program, (ExprId){i});
        const FunctionPlan *plan = &weaving->solution->functions[function.index];
        if (!fact_is(function) || plan->new_name.length == 0) continue;
        if (!plan->gains_parameter && !passing[i]) continue; // the value of the old one
        ModuleId module = program_expr_module(program, (ExprId){i});
        weaving->texts.wider = weave_wider(weaving, function);
        weave_writer(weaving, module)->rename_use(program->facts, (ExprId){i}, plan->new_name, &weaving->texts);
        take(weaving, function, "name");
    }
    free(passing);
}

void weave_write_renames(Weaving *weaving) {
    if (weaving->program->rules->context.rename.length == 0) return;
    write_declarations(weaving);
    write_uses(weaving);
    weaving->texts.wider = 0;
}
