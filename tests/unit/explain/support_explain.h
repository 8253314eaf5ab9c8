// A tree and its rules in memory, solved and explained: what the tests share.
#ifndef WEFT_TESTS_UNIT_EXPLAIN_SUPPORT_EXPLAIN_H
#define WEFT_TESTS_UNIT_EXPLAIN_SUPPORT_EXPLAIN_H

#include "testing.h"

#include "explain/explain.h"

typedef struct Tree {
    Sources sources;
    Diagnostics diagnostics;
    Facts facts;
    Rules rules;
    Program program;
    Solution solution;
    Explanation explanation;
    Arena arena;
} Tree;

typedef struct TreeFile {
    const char *path, *text;
} TreeFile;

// Files in path order. The rules: app.config.cfg is a sink, app.message.Message a carrier,
// app.main.on_message a boundary (message), app.main.tick one without `create` (background), app.api.*
// public; singletons are found.
void tree_open(Tree *tree, const TreeFile *files, uint32_t count);
// The tree in FOLDER with the pack that fits it.
void tree_open_folder(Tree *tree, const char *folder);
void tree_close(Tree *tree);

// Asks; the answer replaces the one before. False after an error.
bool tree_explain(Tree *tree, const char *query);
// The only subject of the answer.
const Subject *tree_subject(Tree *tree, const char *query);
Str tree_text(Tree *tree, const char *query);
// The chain from ORIGIN (0: down), a line "word name path:line" a step; "" when there is none.
Str tree_chain(Tree *tree, const Subject *subject, uint32_t origin);

#endif
