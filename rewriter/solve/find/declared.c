// Classes that a framework makes because a function which it calls says so: converters of commands, services that are
// injected.
//
//     @commands.command()
//     async def ban(ctx, user: Member, reason: Optional[Reason] = None): ...      # the library calls Member()
//
// Comes in: annotations of the parameters of decorated functions that nothing in the tree calls. Goes out:
// Solver.class_escapes. What a class that is made so asks for in its constructor is made in the same way.
#include "solve/solver.h"

typedef Vec(ClassId) Classes; // marked, and their constructors not looked at

static void mark_class(Solver *solver, ClassId klass, Classes *marked) {
    if (solver->class_escapes[klass.index]) return;
    solver->class_escapes[klass.index] = true;
    vec_add(marked, klass);
}

// Every class that the annotation, or a part of it, names: Optional[Member], list["Member"].
static void mark_annotation(Solver *solver, ExprId annotation, Classes *marked) {
    const Program *program = solver->program;
    if (!fact_is(annotation)) return;
    SymbolId symbol = program_symbol_of(program, annotation);
    if (fact_is(symbol)) symbol = program_definition_of(program, symbol);
    const BindingFact *binding = program_binding(program, program_symbol(program, symbol)->first_binding);
    if (fact_is(symbol) && binding->kind == BINDING_CLASS) mark_class(solver, binding->klass, marked);
    const ExprFact *row = program_expr(program, annotation);
    if (row->kind == EXPR_SUBSCRIPT) mark_annotation(solver, row->base, marked);
    for (ExprId child = row->first_child; fact_is(child); child = program_expr(program, child)->next_sibling)
        mark_annotation(solver, child, marked);
}

static void mark_parameters(Solver *solver, FunctionId id, Classes *marked) {
    const FunctionFact *function = program_function(solver->program, id);
    for (uint32_t k = 0; k < function->parameter_count; k++)
        mark_annotation(solver, program_parameter(solver->program, (ParameterId){function->first_parameter + k})->annotation, marked);
}

void solver_find_declared(Solver *solver) {
    const Program *program = solver->program;
    Classes marked = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if ((function->flags & FUNCTION_WRAPPED) && !solver->family_called[function->family])
            mark_parameters(solver, (FunctionId){i}, &marked);
    }
    while (marked.count) {
        FunctionId constructor = program_class(program, *vec_last(&marked))->constructor;
        marked.count--;
        if (fact_is(constructor)) mark_parameters(solver, constructor, &marked);
    }
    vec_release(&marked);
}
