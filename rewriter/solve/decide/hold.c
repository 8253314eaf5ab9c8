// May the instances of a class hold a context?
//
//     class Reply:                          made for each message: its constructor takes the context and keeps it,
//         def text(self): settings.name     and its methods read self.isolation_context
//     class Kind(Enum): ...                 closed: its methods take the context, or bridge
//
// Comes in: how long objects live, what is kept, what the rules forbid. Goes out: ClassPlan.may_hold, with the reason.
// Must never let one hold whose constructor is not the tree's own text, or which outlives a context.
#include "solve/solver.h"

static HoldReason why_forbidden(const Solver *solver, ClassId id) {
    const Program *program = solver->program;
    const ClassFact *klass = program_class(program, id);
    if (solver_never_holds(solver, id)) return HOLD_NEVER;
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        const ClassFact *ancestor =
            program_class(program, *program_ancestor(program, klass->first_ancestor + i));
        if (program_names_match(solver->program, &solver->program->rules->never_hold,
                                program_name(program, ancestor->qualified)))
            return HOLD_NEVER;
        // An object that contexts come in through serves every tenant in turn.
        if (solver->receives[program_ancestor(program, klass->first_ancestor + i)->index])
            return HOLD_RECEIVES;
    }
    return HOLD_FREE;
}

// Its own __new__-like function gets every argument that the constructor gets.
bool solver_keeps_creator(const Solver *solver, ClassId klass) {
    if (!fact_is(program_class(solver->program, klass)->creator)) return false;
    for (uint32_t i = 1; i < solver->solution->accessors.count; i++) {
        const Accessor *accessor = &solver->solution->accessors.items[i];
        if (accessor->removes_creator && fact_same(accessor->klass, klass)) return false;
    }
    return true;
}

// One instance that lives as long as the process is enough: it would keep the context of import time,
// which is nobody's.
bool solver_made_at_import(const Solver *solver, ClassId klass) {
    for (RowList sites = program_constructions(solver->program, klass);
         sites.at < sites.end; sites.at++)
        if (solver_is_process_place(solver, *sites.at)) return true;
    return false;
}

// The class by itself, without its subclasses.
static HoldReason why_not_store(const Solver *solver, ClassId id) {
    const ClassFact *klass = program_class(solver->program, id);
    const uint32_t closed = CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT | CLASS_PROTOCOL |
                            CLASS_DATA | CLASS_SLOTS | CLASS_METACLASS | CLASS_DYNAMIC_ATTRIBUTES |
                            CLASS_EXCEPTION | CLASS_FIELDS_ONLY | CLASS_MADE_OUTSIDE |
                            CLASS_READ_WHOLE;
    if (klass->flags & closed) return HOLD_CLOSED_KIND;
    if (solver_keeps_constructor(solver, id)) return HOLD_TAKEN_BACK;
    if (((klass->flags & CLASS_FOREIGN_BASE) && !fact_is(klass->constructor)) ||
        (klass->flags & CLASS_BEHIND_FOREIGN))
        return HOLD_FOREIGN_BASE;
    if (solver_keeps_creator(solver, id)) return HOLD_CREATOR;
    if (fact_is(klass->constructor) && solver->taken[klass->constructor.index])
        return HOLD_NAME_TAKEN;
    bool long_lived =
        solver->solution->classes[id.index].process_lifetime || solver_made_at_import(solver, id);
    HoldReason forbidden = why_forbidden(solver, id);
    if (forbidden != HOLD_FREE) return forbidden;
    if (long_lived) return HOLD_PROCESS_LIFETIME;
    if (solver->named_class[id.index]) return HOLD_NAMED;
    return solver->class_kept[id.index] ? HOLD_KEPT : HOLD_FREE;
}

static bool refuse_holding(Solver *solver, ClassId id, HoldReason reason, ClassId because) {
    ClassPlan *plan = &solver->solution->classes[id.index];
    plan->hold_reason = reason;
    plan->hold_class = because;
    return false;
}

static bool compute_may_hold(Solver *solver, ClassId id) {
    const Program *program = solver->program;
    const ClassFact *klass = program_class(program, id);
    HoldReason reason = why_not_store(solver, id);
    if (reason != HOLD_FREE) return refuse_holding(solver, id, reason, FACT_NONE(ClassId));
    ClassId owner =
        fact_is(klass->constructor) ? program_function(program, klass->constructor)->klass : id;
    if (!fact_same(owner, id) && !solver_may_hold(solver, owner))
        return refuse_holding(solver, id, HOLD_ANCESTOR, owner);
    for (RowList children = program_descendants(solver->program, id); children.at < children.end;
         children.at++) {
        ClassId child = (ClassId){*children.at};
        const ClassFact *row = program_class(program, child);
        // A class that is given a constructor must not come between a subclass and another one.
        if (!fact_is(klass->constructor) &&
            (fact_is(row->constructor) || (row->flags & CLASS_FOREIGN_BASE)))
            return refuse_holding(solver, id, HOLD_OTHER_CONSTRUCTOR, child);
        // Its instances would hold, too, whether it has a constructor of its own or not.
        reason = why_not_store(solver, child);
        if (reason == HOLD_FREE) continue;
        refuse_holding(solver, child, reason, FACT_NONE(ClassId));
        return refuse_holding(solver, id, HOLD_DESCENDANT, child);
    }
    return true;
}

bool solver_may_hold(Solver *solver, ClassId klass) {
    uint8_t *memo = &solver->hold_memo[klass.index];
    if (!*memo) {
        *memo = 2; // a class met again on the way does not hold because of itself
        *memo = compute_may_hold(solver, klass) ? 1 : 2;
        solver->solution->classes[klass.index].may_hold = *memo == 1;
    }
    return *memo == 1;
}
