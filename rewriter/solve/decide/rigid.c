// Functions of languages that cannot leave an argument out: all that call one pass the context, or it stays as it
// is. Comes in: a function. Goes out: whether all of its declarations and calls can change. Asked before anything is
// decided of it, so that nothing has to be taken back.
#include "base/path.h"
#include "solve/solver.h"

bool solver_is_within(const Solver *solver, ModuleId module) {
    const Rules *rules = solver->program->rules;
    FileId file = program_module_file(solver->program, module);
    Str path = source_file(solver->program->facts->sources, file)->path;
    for (uint32_t i = 0; i < rules->context.within.count; i++)
        if (path_glob(rules->context.within.items[i], path)) return true;
    return rules->context.within.count == 0;
}

// Called by its name, where the call can be edited.
static Obstacle obstacle_of_calls(const Solver *solver, FunctionId function) {
    const Program *program = solver->program;
    for (RowList callers = program_callers(program, function); callers.at < callers.end; callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if (edge->kind != EDGE_CALL || edge->mixed || edge->wrapped)
            return (Obstacle){"is a value here, which nobody follows", function, edge->expr, false};
        if (solver_is_frozen(solver, edge->expr) || solver_in_runtime(solver, edge->expr))
            return (Obstacle){"is called here, where nothing can change", function, edge->expr, false};
    }
    return (Obstacle){0};
}

static FunctionId caller_of(const Solver *solver, uint32_t edge) {
    return program_edge_caller(solver->program, edge);
}

static bool is_called_with_context(const Solver *solver, FunctionId function, uint32_t hops);

static bool has_context(const Solver *solver, FunctionId caller, uint32_t hops) {
    if (!fact_is(caller)) return false;
    const FunctionFact *function = program_function(solver->program, caller);
    if (solver_is_within(solver, function->module) || fact_is(supply_context_parameter(solver, function))) return true;
    return hops > 0 && is_called_with_context(solver, caller, hops - 1);
}

// Local to its file, and whoever calls it has a context at hand.
static bool is_called_with_context(const Solver *solver, FunctionId function, uint32_t hops) {
    const Program *program = solver->program;
    if (!(program_function(program, function)->flags & FUNCTION_FILE_LOCAL)) return false;
    RowList callers = program_callers(program, function);
    if (callers.at == callers.end) return false;
    for (; callers.at < callers.end; callers.at++)
        if (!has_context(solver, caller_of(solver, *callers.at), hops)) return false;
    return true;
}

static bool may_join(const Solver *solver, FunctionId function) {
    uint32_t hops = solver->program->rules->context.hops;
    return solver_is_within(solver, program_function(solver->program, function)->module) ||
           (hops > 0 && is_called_with_context(solver, function, hops - 1));
}

// The function in whose list of parameters the pointer stands; none for other pointers. Rows of such pointers follow
// that of the function.
static FunctionId function_around(const Program *program, uint32_t pointer) {
    const FunctionFact *row = program_function(program, (FunctionId){pointer});
    for (uint32_t i = pointer; i-- > 1;) {
        const FunctionFact *before = program_function(program, (FunctionId){i});
        if (!fact_same(before->module, row->module)) break;
        bool around = before->open < row->name_start && row->name_start < before->close;
        if (around && !(before->flags & FUNCTION_POINTER)) return (FunctionId){i};
        if (!around && !(before->flags & FUNCTION_POINTER)) break;
    }
    return FACT_NONE(FunctionId);
}

// Code outside of the tree, or an old caller, sets the pointer to a function as it was.
static bool is_set_elsewhere(const Solver *solver, uint32_t pointer) {
    const Program *program = solver->program;
    const FunctionFact *row = program_function(program, (FunctionId){pointer});
    if (!(row->flags & FUNCTION_POINTER)) return false;
    if (solver->options->expand && program_module(program, row->module)->is_stub) return true;
    return solver->public_function[function_around(program, pointer).index];
}

// Nobody can hand an argument of a list without an end on.
static bool cannot_be_wrapped(const Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    bool wrapped = solver->options->expand || solver->public_function[id.index] ||
                   solver->unread_file[function->name.index];
    if (!wrapped || !solver_gets_other_name(solver, id) || function->parameter_count == 0) return false;
    uint32_t last = function->first_parameter + function->parameter_count - 1;
    return program_parameter(program, (ParameterId){last})->kind == PARAMETER_REST;
}

// A file that is only read names it, and it would be there no more under that name.
static bool is_named_elsewhere(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    bool local = (function->flags & (FUNCTION_FILE_LOCAL | FUNCTION_POINTER)) != 0;
    return !local && solver->unread_file[function->name.index] && !solver_gets_other_name(solver, id);
}

// With `rename` old callers of functions go on; a macro that they see would have no old name.
static bool is_shared_macro(const Solver *solver, const FunctionFact *function) {
    return (function->flags & FUNCTION_MACRO) && !(function->flags & FUNCTION_FILE_LOCAL) &&
           solver->program->rules->context.rename.length > 0;
}

static const char *why_member_stays(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    if (facts_name_flags(solver->program->facts, function->module, function->qualified) & NAME_STARTS) return "is called by the system";
    if (is_shared_macro(solver, function)) return "is a macro that other files see, which 'rename' leaves as it is";
    if (function->flags & FUNCTION_HOLDS_FAMILY) return "is used or declared where nothing can be edited";
    if (solver->renews[id.index]) return "gives the ambient context another value, or calls what does";
    if (solver->name_taken[id.index]) return "would have a name that means something already";
    if (solver->public_function[id.index] && !solver_gets_other_name(solver, id))
        return "is called by code outside of the tree, as the rules say";
    if (is_named_elsewhere(solver, id)) return "is named in a file that is read, and not edited";
    if (is_set_elsewhere(solver, id.index)) return "is a pointer that old code may set";
    if (cannot_be_wrapped(solver, id)) return "takes any number of arguments, which its old name could not hand on";
    if (!(function->flags & FUNCTION_STUB) && !may_join(solver, id)) return "stands outside of 'within'";
    return NULL;
}

Obstacle supply_obstacle(const Solver *solver, FunctionId asked) {
    const Program *program = solver->program;
    bool defined = false;
    RowList members = program_members(program, program_function(program, asked)->family);
    for (; members.at < members.end; members.at++) {
        FunctionId id = {*members.at};
        const char *why = why_member_stays(solver, id);
        if (why) return (Obstacle){why, id, {0}, is_named_elsewhere(solver, id)};
        Obstacle calls = obstacle_of_calls(solver, id);
        if (calls.why) return calls;
        defined = defined || !(program_function(program, id)->flags & FUNCTION_STUB);
    }
    return defined ? (Obstacle){0} : (Obstacle){"is defined nowhere in the tree", asked, {0}, false};
}

bool supply_can_change(const Solver *solver, FunctionId id) {
    uint32_t family = program_function(solver->program, id)->family;
    uint8_t *memo = &solver->change_memo[family];
    if (*memo == 0) *memo = supply_obstacle(solver, id).why ? 2 : 1;
    return *memo == 1;
}
