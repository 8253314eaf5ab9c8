// Which rules do not fit the tree, beyond what is reported of them: names that it does not have, for whoever looks for
// where they went, and rules that have nothing to do.
#ifndef WEFT_SOLVE_RULE_FIT_H
#define WEFT_SOLVE_RULE_FIT_H

#include "solve/solution.h"

typedef struct Solver Solver;

// A name of a rule that the tree does not have (W408).
typedef struct MissingName {
    const char *section; // of the rule file: "sinks"
    Str id;              // of the rule; empty: the name is it
    RuleName name;
} MissingName;

// Those of the attempt that SOLVER settled on, in the order of the rules; *COUNT of them.
const MissingName *rule_fit_missing(const Solver *solver, uint32_t *count);
// W419 for rules that have nothing to do, though the tree has what they name.
void rule_fit_report_void(const Solver *solver, Diagnostics *diagnostics);

#endif
