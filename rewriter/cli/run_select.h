// A part of a plan file, judged against the tree that it is for.
#ifndef WEFT_CLI_RUN_SELECT_H
#define WEFT_CLI_RUN_SELECT_H

#include "cli/run.h"
#include "patch/plan_select.h"

// Whether the tree holds together after RUN's plan, a part of one, of which LEFT_OUT was taken out. Needs
// the facts of the tree. False after E603, which names what the part needs.
bool run_check_selection(Run *run, const Options *options, const LeftOuts *left_out);

#endif
