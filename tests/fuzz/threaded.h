// A small tree in memory that is threaded with the rules of tree.yml: the whole way from texts to a plan, for the
// fuzzers of Python sources.
//
//     Tree tree;
//     tree_open(&tree);
//     tree_add_modules(&tree, input);     // "# file: app/bot.py\n..."
//     tree_plan(&tree, MODE_HYBRID, false);
//     ... tree.plan ...
//     tree_close(&tree);
#ifndef WEFT_TESTS_FUZZ_THREADED_H
#define WEFT_TESTS_FUZZ_THREADED_H

#include "edit/check.h"
#include "edit/weave.h"
#include "program/program.h"

typedef struct Tree {
    Sources sources; // [1] is the rule file
    Facts facts;
    Program program;
    Solution solution;
    Plan plan;
    Diagnostics diagnostics;
    bool refused; // the post-check or a rule stopped it; the plan is empty
} Tree;

// Ends the process with WHAT, the files of the tree's plan and its errors.
_Noreturn void tree_fail(const Tree *tree, const char *what);

void tree_open(Tree *tree);
void tree_close(Tree *tree);
// Adds the modules of INPUT, each after a line "# file: path.py", which is part of it. What no tree can have is left out.
void tree_add_modules(Tree *tree, Str input);
// Fills TREE->plan. That weft finds edits of its own that overlap or do not parse is a failure.
void tree_plan(Tree *tree, Mode mode, bool contract);
// Whether CPython compiles every module, the rule file and weft's own aside; false where its library is not found.
bool tree_compiles(const Tree *tree);
// Fails when NEXT, the tree that the plan of TREE made, would be changed more. Not where CPython does not compile TREE: the
// grammar takes such texts, too, and may read them in another way once their lines have moved.
void tree_check_finished(const Tree *tree, const Tree *next);
// Opens NEXT as the tree that the plan of TREE makes, and plans it anew; the caller closes it.
void tree_plan_next(Tree *next, const Tree *tree, Mode mode, bool contract);

#endif
