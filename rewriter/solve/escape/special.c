// What functions get that no call in the text names: special methods, setters, what a partial is made of. Comes in:
// Facts.special_arguments. Goes out: edges to their parameters, and from their results.
//
//     box[key] = value      value -> parameter of __setitem__
#include "solve/escape/build.h"

static uint32_t value_of(const Program *program, const SpecialArgument *row) {
    if (fact_is(row->value)) return flow_expr(program, row->value);
    if (fact_is(row->same)) return flow_symbol(program, program_parameter(program, row->same)->symbol);
    if (fact_is(row->function)) return flow_function(program, row->function);
    return fact_is(row->raised) ? flow_raised(program, row->raised) : flow_instance(program, row->instance);
}

// @bus.on("message"), of a bus that is not the tree's: it keeps what it decorates, and that what it has from its maker.
static void add_decorated(Builder *builder, FunctionId id) {
    const Program *program = builder->program;
    const FunctionFact *function = program_function(program, id);
    if (!fact_is(function->enclosing)) return;
    for (ExprId d = function->first_decorator; fact_is(d); d = program_expr(program, d)->next_sibling) {
        const ExprFact *row = program_expr(program, d);
        bool runs_tree = row->kind == EXPR_CALL && row_count(program_call_edges(program, row->call));
        const ExprFact *callee = row->kind == EXPR_CALL ? program_expr(program, row->base) : row;
        if (runs_tree || callee->kind != EXPR_ATTRIBUTE || builder_is_module(program, callee->base)) continue;
        uint32_t value = flow_function(program, id);
        builder_link_into(builder, value, callee->base);
        builder_add_store(builder,
                          (FlowStore){.value = value, .place = flow_expr(program, callee->base), .at = d, .function = function->enclosing},
                          callee->base);
    }
}

void builder_add_special(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) add_decorated(builder, (FunctionId){i});
    for (uint32_t i = 0; i < program_special_argument_count(program); i++) {
        const SpecialArgument *row = program_special_argument(program, i);
        const ParameterFact *parameter = program_parameter(program, row->parameter);
        bool gathered = parameter->kind == PARAMETER_REST || parameter->kind == PARAMETER_KEYWORD_REST;
        FlowKind kind = FLOW_ENTER | (row->part ? FLOW_PART : 0) | (gathered ? FLOW_INSIDE : 0);
        if (row->inside) kind = FLOW_INSIDE;
        if (fact_is(row->same)) kind = FLOW_SAME;
        builder_link(builder, value_of(program, row), flow_symbol(program, parameter->symbol), kind);
        if (fact_is(row->result))
            builder_link(builder, flow_result(program, parameter->function), flow_expr(program, row->result), FLOW_LEAVE);
    }
}
