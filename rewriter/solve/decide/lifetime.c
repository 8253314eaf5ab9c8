// How long objects live: a class whose instances are all made while modules are imported lives as long
// as the process, and must not hold the first tenant's context for ever (pitfall 13).
// Comes in: constructions, boundaries, accessors of this attempt. Goes out: ClassPlan.process_lifetime
// and the answer to "may instances of this class hold a context?".
#include "base/bug.h"
#include "solve/find/written.h"
#include "solve/solver.h"

// What a getter keeps in a module-level variable lives as long as the process.
static bool fills_global(const Solver *solver, ExprId construction) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < program_getter_count(program); i++)
        if (fact_same(program_binding(program, program_getter(program, i)->binding)->value,
                      construction))
            return true;
    return false;
}

bool solver_is_process_place(const Solver *solver, uint32_t edge_index) {
    const Program *program = solver->program;
    const EdgeFact *edge = program_edge(program, edge_index);
    if (written_inside_accessor(solver, edge->expr)) return false;
    FunctionId caller = program_edge_caller(solver->program, edge_index);
    if (!fact_is(caller) || fills_global(solver, edge->expr)) return true;
    const FunctionFact *function = program_function(program, caller);
    if (function->flags & FUNCTION_CONSTRUCTOR)
        return solver->solution->classes[function->klass.index].process_lifetime;
    return solver->import_only[caller.index];
}

static bool class_lives_long(const Solver *solver, uint32_t klass) {
    for (RowList sites = program_constructions(solver->program, (ClassId){klass});
         sites.at < sites.end; sites.at++)
        if (!solver_is_process_place(solver, *sites.at)) return false;
    return true;
}

// Subclasses count: an instance of a subclass is one of the class.
static bool family_of_class_lives_long(const Solver *solver, uint32_t klass) {
    for (RowList lineage = program_lineage(solver->program, (ClassId){klass});
         lineage.at < lineage.end; lineage.at++)
        if (!class_lives_long(solver, *lineage.at)) return false;
    return true;
}

static bool is_start_up(const Solver *solver, uint32_t function) {
    uint32_t boundary = solver->solution->functions[function].boundary;
    return boundary &&
           solver->program->rules->boundaries.items[boundary - 1].origin == ORIGIN_START_UP;
}

// Every way into the function, through any member of its family, is a process place.
static bool runs_at_import(const Solver *solver, uint32_t function) {
    const Program *program = solver->program;
    if (is_start_up(solver, function)) return true;
    const FunctionFact *row = program_function(program, (FunctionId){function});
    uint32_t family = row->family;
    if (solver->solution->functions[function].boundary) return false;
    // What a short-lived object makes belongs to that object, whoever asks it first.
    if (fact_is(row->klass) && !(row->flags & (FUNCTION_STATIC | FUNCTION_CLASS)) &&
        !solver->solution->classes[row->klass.index].process_lifetime)
        return false;
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++) {
        uint32_t member = *members.at;
        if (solver->public_function[member]) return false;
        for (RowList callers = program_callers(solver->program, (FunctionId){member});
             callers.at < callers.end; callers.at++) {
            uint32_t edge = *callers.at;
            if (program_edge(program, edge)->kind == EDGE_ESCAPE ||
                !solver_is_process_place(solver, edge))
                return false;
        }
    }
    return true;
}

static void assume_long(Solver *solver) {
    const Program *program = solver->program;
    ClassPlan *plans = solver->solution->classes;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        uint32_t made = 0;
        for (RowList lineage = program_lineage(solver->program, (ClassId){i});
             lineage.at < lineage.end; lineage.at++)
            made += row_count(program_constructions(solver->program, (ClassId){*lineage.at}));
        plans[i].process_lifetime = made > 0;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solver->import_only[i] =
            solver->family_called[program_function(program, (FunctionId){i})->family] ||
            is_start_up(solver, i);
}

// Greatest fixpoint: assume that every constructed class lives long and every called function runs at
// import time only, and strike out what does not.
void solver_find_lifetimes(Solver *solver) {
    const Program *program = solver->program;
    ClassPlan *plans = solver->solution->classes;
    assume_long(solver);
    bool down = true; // callers stand above or below what they call: sweeps go both ways in turn
    for (bool changed = true; changed; down = !down) {
        changed = false;
        for (uint32_t i = 1; i < program_class_count(program); i++) {
            if (!plans[i].process_lifetime || family_of_class_lives_long(solver, i)) continue;
            plans[i].process_lifetime = false;
            changed = true;
        }
        for (uint32_t k = 1; k < program_function_count(program); k++) {
            uint32_t i = down ? k : program_function_count(program) - k;
            if (!solver->import_only[i] || runs_at_import(solver, i)) continue;
            solver->import_only[i] = false;
            changed = true;
        }
    }
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (solver->process_class[i]) plans[i].process_lifetime = true;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solver->solution->functions[i].import_only = solver->import_only[i];
}

// ---- may it hold? ----------------------------------------------------------------------------------
static HoldReason why_forbidden(const Solver *solver, const ClassFact *klass) {
    const Program *program = solver->program;
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
static bool is_made_at_import(const Solver *solver, uint32_t klass) {
    for (RowList sites = program_constructions(solver->program, (ClassId){klass});
         sites.at < sites.end; sites.at++)
        if (solver_is_process_place(solver, *sites.at)) return true;
    return false;
}

// The class by itself, without its subclasses.
static HoldReason why_not_store(const Solver *solver, ClassId id) {
    const ClassFact *klass = program_class(solver->program, id);
    const uint32_t closed = CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT | CLASS_PROTOCOL |
                            CLASS_DATA | CLASS_SLOTS | CLASS_METACLASS |
                            CLASS_DYNAMIC_ATTRIBUTES | CLASS_EXCEPTION | CLASS_FIELDS_ONLY |
                            CLASS_MADE_OUTSIDE | CLASS_READ_WHOLE;
    if (klass->flags & closed) return HOLD_CLOSED_KIND;
    if ((klass->flags & CLASS_FOREIGN_BASE) && !fact_is(klass->constructor))
        return HOLD_FOREIGN_BASE;
    if (solver_keeps_creator(solver, id)) return HOLD_CREATOR;
    if (fact_is(klass->constructor) && solver->taken[klass->constructor.index])
        return HOLD_NAME_TAKEN;
    bool long_lived = solver->solution->classes[id.index].process_lifetime ||
                      is_made_at_import(solver, id.index);
    HoldReason forbidden = why_forbidden(solver, klass);
    if (forbidden != HOLD_FREE) return forbidden;
    if (long_lived) return HOLD_PROCESS_LIFETIME;
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
