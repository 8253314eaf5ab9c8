// A tree as it would be with lines that a person wrote.
#ifndef WEFT_CLI_EDITED_TREE_H
#define WEFT_CLI_EDITED_TREE_H

#include "cli/run.h"

// Reads the run's tree with the contents of PLAN and judges it beside the tree as it is, as `weft verify`
// does (verify/finding.h): the post-check of plans knows nothing of lines that weft did not write. False when
// something is worse, said in SAID without spans.
bool edited_tree_check(const Run *run, const Options *options, const Plan *plan,
                       Diagnostics *said);

#endif
