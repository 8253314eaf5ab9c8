// A tree in memory with a solution made by hand: what the test_weave files share.
#ifndef WEFT_TESTS_UNIT_EDIT_SUPPORT_THREAD_H
#define WEFT_TESTS_UNIT_EDIT_SUPPORT_THREAD_H

#include "testing.h"

#include "edit/weave.h"

typedef struct Tree {
    Sources sources;
    Diagnostics diagnostics;
    Facts facts;
    Rules rules;
    Program program;
    Solution solution;
    Edits edits;
    Arena arena;
} Tree;

typedef struct TreeFile {
    const char *path, *text;
} TreeFile;

// Files in path order; rules with the context `context: iso.Context` and one symbol sink (index 0,
// m.cfg -> iso.get_cfg({context}), local "cfg_now"); an empty solution.
void tree_open(Tree *tree, const TreeFile *files, uint32_t count);
void tree_close(Tree *tree);
// Runs weave_edits and edits_finish.
void tree_weave(Tree *tree);
// The edited text of PATH; it parses.
Str tree_text(Tree *tree, const char *path);

FunctionId tree_function(const Tree *tree, const char *qualified);
FunctionPlan *tree_plan(Tree *tree, const char *qualified, Supply supply);
FunctionPlan *tree_gains(Tree *tree, const char *qualified); // SUPPLY_PARAMETER, gained
ClassId tree_class(const Tree *tree, const char *qualified);
SymbolId tree_symbol(const Tree *tree, const char *module, const char *name);
// Every expression in MODULE that reads TEXT becomes a sink of rule 0, or of ACCESSOR.
void tree_sinks(Tree *tree, const char *module, const char *text, uint32_t accessor);
// The calls in MODULE whose callee reads TEXT pass the context.
void tree_calls(Tree *tree, const char *module, const char *text, bool ambient,
                uint32_t inside_accessor);
// PARAMETER of the function has a default that becomes lazy.
void tree_lazy(Tree *tree, const char *qualified, const char *parameter);
ExprId tree_expr(const Tree *tree, const char *module, const char *text);

#endif
