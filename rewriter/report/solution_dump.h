// A solution as text, for golden files and for developers (--dump=solution).
#ifndef WEFT_REPORT_SOLUTION_DUMP_H
#define WEFT_REPORT_SOLUTION_DUMP_H

#include <stdio.h>
#include "solve/solution.h"

// One line a decision, grouped by kind, in table order; what needs nothing is left out.
void solution_dump(const Program *program, const Solution *solution, FILE *out);

#endif
