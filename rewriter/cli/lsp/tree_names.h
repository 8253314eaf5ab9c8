// What rules can name in a tree: its modules, classes, functions and module-level variables.
#ifndef WEFT_CLI_LSP_TREE_NAMES_H
#define WEFT_CLI_LSP_TREE_NAMES_H

#include "cli/lsp/tree.h"

typedef enum NameKind {
    NAME_MODULE = 1 << 0,
    NAME_CLASS = 1 << 1,
    NAME_FUNCTION = 1 << 2,
    NAME_METHOD = 1 << 3,
    NAME_VARIABLE = 1 << 4,
} NameKind;

// One of them; a piece of Facts, or in the arena.
typedef struct TreeName {
    Str text;
    NameKind kind;
    FileId file;
    uint32_t start; // where it is defined
} TreeName;

typedef struct TreeNames {
    Arena arena;
    Run own;     // when the tree's own run ended before it knew
    bool has_own;
    const Program *program; // that they are of
    const Sources *sources;
    Vec(TreeName) list; // in the order of the tables
} TreeNames;

// As the last analysis of TREE found them. Where its rules had a mistake, the tree is read without them.
void tree_names_open(const Tree *tree, TreeNames *names);
void tree_names_close(TreeNames *names);

#endif
