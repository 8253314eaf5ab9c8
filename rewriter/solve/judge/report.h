// Messages that several files of judge/ share. Private to solve/.
#ifndef WEFT_SOLVE_JUDGE_REPORT_H
#define WEFT_SOLVE_JUDGE_REPORT_H

#include "solve/solver.h"

// FUNCTION reads the ambient context and passes it to what it calls: CODE says why.
void report_function_bridge(Solver *solver, FunctionId function, DiagnosticCode code);
// FUNCTION is handed on as a value, and takes the context optionally for that (W302).
void report_handed_on(Solver *solver, FunctionId function);
// CALL passes the ambient context: for CODE, or because it runs while modules are imported (CODE is 0).
void report_ambient_call(Solver *solver, CallId call, DiagnosticCode code);
// CALL lacks the context, and cannot be given it (W305).
void report_refused_call(Solver *solver, CallId call);
// What a person can do about CODE.
const char *report_help(DiagnosticCode code);
// FUNCTION is declared in a stub beside the module that defines it, of which all is said.
bool report_is_declaration(const Solver *solver, FunctionId function);
// report_write.c: writes of what rules replace (W218).
void solver_report_writes(Solver *solver);
// report_left_out.c: the callers in files that are left out (W306).
void solver_report_left_out(Solver *solver);
// report_written.c: what an earlier run said of code that it wrote. SAYS_SO: by function, an access in it
// does.
void solver_report_written(Solver *solver, const bool *says_so);

// True when the first statement of the function reads the ambient context, as an earlier run wrote it.
bool report_reads_ambient_first(const Solver *solver, FunctionId function);
// report_hops.c: functions that run elsewhere.
void solver_report_hops(Solver *solver);
// report_paths.c: what tenants share on disk (W314). Needs the flow graph.
void solver_report_paths(Solver *solver);
// report_replaced.c: tests that replace what changes.
void solver_report_replaced(Solver *solver);

#endif
