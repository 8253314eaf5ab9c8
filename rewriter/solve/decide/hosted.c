// A plugin's host has had its turn: functions of it take the context. Comes in: the host's files, left out. Goes out:
// needs, so that the plugin's calls of them pass it. Nothing of the host is asked or changed: its functions are known
// by their signatures, and one that lacks the parameter is called as before.
#include "solve/solver.h"

bool solver_is_hosted(const Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    FileId file = program_module_file(program, program_function(program, id)->module);
    return file.index != 0 && source_file(program->facts->sources, file)->hosted;
}

void solver_ask_for_hosted(Solver *solver) {
    const Program *program = solver->program;
    if (program->facts->sources->host.length == 0 || solver->parameter.index == 0) return;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (solver->taken[i] || solver->runtime_module[function->module.index] ||
            !solver_is_hosted(solver, (FunctionId){i}))
            continue;
        if (fact_is(supply_context_parameter(solver, function))) need_parameter(solver, (FunctionId){i});
    }
}
