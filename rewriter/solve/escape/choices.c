// What is taken out of a container, or put into another order: the next tenant sees which it was. Comes in: calls and
// deletions. Goes out: stores, whose value is what chose.
//
//     free.discard(settings.name)       providers.sort(key=preference)       del stock[settings.name]
#include "solve/escape/build.h"

// What says in which order, or which: what a function gives that is handed over, else the argument itself.
static uint32_t chosen_by(const Program *program, ExprId argument) {
    const ExprFact *row = program_expr(program, argument);
    if (row->kind == EXPR_LAMBDA) return flow_result(program, row->function);
    SymbolId symbol = flow_meant(program, program_symbol_of(program, argument));
    const BindingFact *binding = program_binding(program, program_symbol(program, symbol)->first_binding);
    if (fact_is(symbol) && binding->kind == BINDING_FUNCTION) return flow_result(program, binding->function);
    return flow_expr(program, argument);
}

void builder_choose(Builder *builder, ExprId holder, ExprId argument, ExprId at, Choice how) {
    const Program *program = builder->program;
    const ClassReference *reference;
    const ExprFact *row = program_expr(program, at);
    FunctionId function = program_scope_function(program, row->scope);
    bool of_class = flow_class_at(builder->flow, program, holder, 0, &reference) && !reference->instance;
    if (!fact_is(function) || of_class || flow_in_finally(program, row->statement) ||
        (how == CHOICE_KEY && !builder_is_listed(builder, holder)))
        return;
    uint32_t value = chosen_by(program, argument);
    builder_link_into(builder, value, holder); // whatever other names it has
    builder_add_store(builder,
                      (FlowStore){.value = value,
                                  .place = builder_place(builder, holder),
                                  .key = how == CHOICE_ORDER ? FACT_NONE(ExprId) : argument,
                                  .at = at,
                                  .function = function},
                      holder);
}

// taken.discard(x), rows.sort(key=f), table.pop(key, None): what the arguments are can be told from what is left.
void builder_add_choice(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    ExprId holder = program_expr(program, call->callee)->base;
    bool by_key = call->flags & CALL_GIVES_PART; // pop(key, None)
    for (uint32_t i = 0; i < call->argument_count && (i == 0 || !by_key); i++) {
        const ArgumentFact *row = program_argument(program, (ArgumentId){call->first_argument + i});
        Choice how = by_key ? CHOICE_KEY : row->kind == ARGUMENT_KEYWORD ? CHOICE_ORDER : CHOICE_VALUE;
        builder_choose(builder, holder, row->value, call->expr, how);
    }
}
