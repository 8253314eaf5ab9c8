// Two trees side by side, for the commands that compare: BEFORE AFTER, or [TREE] with --before COMMIT.
#ifndef WEFT_CLI_TREE_PAIR_H
#define WEFT_CLI_TREE_PAIR_H

#include "cli/run.h"
#include "source/revision.h"

// A commit of a tree that is loaded already.
typedef struct TreeBefore {
    Revision revision;
    Run run;
} TreeBefore;

// Loads the commit OPTIONS->before of the tree of AFTER, by the rules of that, up to STOP. False after errors, which lie
// in the diagnostics of either run; release it all the same.
bool tree_before_load(TreeBefore *before, const Options *options, Run *after, RunStop stop);
void tree_before_release(TreeBefore *before);

typedef struct TreePair {
    Arena arena;
    Revision revision; // --before
    Run before, after;
    bool has_before;
    Str before_name, after_name; // as the user named the trees
} TreePair;

// Loads what OPTIONS name up to STOP, both by the rules of the tree after. One tree and no commit: BEFORE stays
// empty. False after errors, which lie in the diagnostics of either run; release it all the same.
bool tree_pair_load(TreePair *pair, const Options *options, RunStop stop);
void tree_pair_release(TreePair *pair);

#endif
