// A plan as text, for golden files and for developers (--dump=plan).
#ifndef WEFT_REPORT_PLAN_DUMP_H
#define WEFT_REPORT_PLAN_DUMP_H

#include <stdio.h>
#include "edit/plan.h"

// Every edit with its place in the old text, its owner and its new text, by file.
void plan_dump(const Plan *plan, const Sources *sources, FILE *out);

#endif
