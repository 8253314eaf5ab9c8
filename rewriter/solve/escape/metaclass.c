// Classes whose construction runs a method of their metaclass. Comes in: class headers. Goes out: edges for
// what that method makes and gives.
//
//     class Single(type):
//         def __call__(cls):
//             cls._made = super().__call__()     the object, as every construction of Service has it
//             return cls._made
//     class Service(metaclass=Single): ...
#include "solve/escape/build.h"

#include "base/bug.h"

// By class: the call in a method of the metaclass that hands the construction on to the language.
void builder_index_makers(Builder *builder) {
    const Program *program = builder->program;
    builder->makers =
        memory_alloc_zeroed(program_class_count(program) + 1, sizeof *builder->makers);
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        const ExprFact *callee = program_expr(program, call->callee);
        FunctionId function =
            program_scope_function(program, program_expr(program, call->expr)->scope);
        const FunctionFact *row = program_function(program, function);
        if (callee->kind == EXPR_ATTRIBUTE && fact_is(row->klass) &&
            (row->flags & FUNCTION_SPECIAL) && name_equal(callee->name, row->name) &&
            (program_class(program, row->klass)->flags & CLASS_OF_CLASSES))
            builder->makers[row->klass.index] = (CallId){i};
    }
}

static ClassId class_meant(const Program *program, ExprId expr) {
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (!fact_is(symbol)) return FACT_NONE(ClassId);
    return program_binding(program, program_symbol(program, symbol)->last_binding)->klass;
}

static CallId maker_of(const Builder *builder, ClassId metaclass) {
    const ClassFact *row = program_class(builder->program, metaclass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        CallId maker =
            builder->makers[program_ancestor(builder->program, row->first_ancestor + i)->index];
        if (fact_is(maker)) return maker;
    }
    return FACT_NONE(CallId);
}

static CallId maker_of_instances(const Builder *builder, ClassId klass) {
    const Program *program = builder->program;
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ExprId keyword = program_class(program, *program_ancestor(program, row->first_ancestor + i))
                             ->first_keyword;
        for (; fact_is(keyword); keyword = program_expr(program, keyword)->next_sibling) {
            ClassId metaclass = class_meant(program, keyword);
            CallId maker = fact_is(metaclass) ? maker_of(builder, metaclass) : FACT_NONE(CallId);
            if (fact_is(maker)) return maker;
        }
    }
    return FACT_NONE(CallId);
}

void builder_link_maker(Builder *builder, ClassId klass, uint32_t made) {
    const Program *program = builder->program;
    if (!fact_is(klass) || !(program_class(program, klass)->flags & CLASS_METACLASS)) return;
    CallId maker = maker_of_instances(builder, klass);
    if (!fact_is(maker)) return;
    uint32_t inner = program_call(program, maker)->expr.index;
    FunctionId function = program_scope_function(
        program, program_expr(program, program_call(program, maker)->expr)->scope);
    builder_link(builder, flow_instance(program, klass), inner, FLOW_INSIDE);
    builder_link(builder, flow_result(program, function), made, FLOW_LEAVE);
}
