// Classes that rules name and that are outside the tree: bases of its classes, and what parameters are declared as.
//
//     carriers: [{ class: web.Request, ... }]        class Call(web.Request): ...      def answer(request: web.Request)
//
// Comes in: names of bases and of declarations, the rules. Goes out: Solver.outside_bases, and whether a class or a
// declaration is meant by a rule.
#include "solve/solver.h"

static void add_bases(Solver *solver, const RuleName *name, uint32_t carrier) {
    const Program *program = solver->program;
    for (uint32_t i = 0; name->text.length > 0 && i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        if (program_name_matches(program, name->text, program_name(program, base->dotted)))
            vec_add(&solver->outside_bases, ((OutsideBase){base->klass, carrier}));
    }
}

void solver_find_outside(Solver *solver) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->carriers.count; i++) add_bases(solver, &rules->carriers.items[i].klass, i);
    for (uint32_t i = 0; i < rules->never_hold.count; i++)
        add_bases(solver, &rules->never_hold.items[i], OUTSIDE_NEVER_HOLDS);
}

static bool is_below(const Solver *solver, ClassId klass, uint32_t carrier) {
    for (uint32_t i = 0; i < solver->outside_bases.count; i++) {
        const OutsideBase *base = &solver->outside_bases.items[i];
        if (base->carrier == carrier && program_is_subclass(solver->program, klass, base->klass)) return true;
    }
    return false;
}

bool solver_never_holds(const Solver *solver, ClassId klass) { return is_below(solver, klass, OUTSIDE_NEVER_HOLDS); }

bool solver_carries(const Solver *solver, uint32_t rule, ClassId klass, Name outside) {
    const Program *program = solver->program;
    const CarrierRule *carrier = &program->rules->carriers.items[rule];
    if (carrier->functions.count) return false;
    if (!fact_is(klass))
        return outside.index && program_is_named(program, carrier->klass.text, program_name(program, outside));
    ClassId meant = program_find_class(program, carrier->klass.text);
    return (fact_is(meant) && program_is_subclass(program, klass, meant)) || is_below(solver, klass, rule);
}
