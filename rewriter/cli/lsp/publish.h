// What is wrong with a tree, for an editor.
#ifndef WEFT_CLI_LSP_PUBLISH_H
#define WEFT_CLI_LSP_PUBLISH_H

#include "cli/lsp/tree.h"

// Sends the diagnostics of every file that has some, and of those that had some before. False when nobody reads.
bool publish_diagnostics(Tree *tree);

#endif
