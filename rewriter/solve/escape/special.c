// What functions get that no call in the text names: special methods, setters, what a partial is made of. Comes in:
// Facts.special_arguments. Goes out: edges to their parameters, and from their results.
//
//     box[key] = value      value -> parameter of __setitem__
#include "solve/escape/build.h"

static uint32_t value_of(const Program *program, const SpecialArgument *row) {
    if (fact_is(row->value)) return flow_expr(program, row->value);
    return fact_is(row->raised) ? flow_raised(program, row->raised) : flow_instance(program, row->instance);
}

void builder_add_special(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 0; i < program_special_argument_count(program); i++) {
        const SpecialArgument *row = program_special_argument(program, i);
        const ParameterFact *parameter = program_parameter(program, row->parameter);
        bool gathered = parameter->kind == PARAMETER_REST || parameter->kind == PARAMETER_KEYWORD_REST;
        FlowKind kind = FLOW_ENTER | (row->part ? FLOW_PART : 0) | (gathered ? FLOW_INSIDE : 0);
        if (row->inside) kind = FLOW_INSIDE;
        builder_link(builder, value_of(program, row), flow_symbol(program, parameter->symbol), kind);
        if (fact_is(row->result))
            builder_link(builder, flow_result(program, parameter->function), flow_expr(program, row->result), FLOW_LEAVE);
    }
}
