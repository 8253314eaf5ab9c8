// What an editor can have done, or told, at a place.
#ifndef WEFT_CLI_LSP_ACTION_H
#define WEFT_CLI_LSP_ACTION_H

#include "cli/lsp/tree.h"

// The answers to requests of those names, with their PARAMETERS, for a tree that is analysed; a new reference. An action
// that is not resolved has no edit yet: making one is a plan with its check.
json_t *action_list(Tree *tree, const json_t *parameters);   // textDocument/codeAction
json_t *action_hover(Tree *tree, const json_t *parameters);  // textDocument/hover
json_t *action_lenses(Tree *tree, const json_t *parameters); // textDocument/codeLens
// ACTION with its edit; NULL, and *WHY, to be freed, when there is none: the access has gone, or its change did not pass
// weft's own check.
json_t *action_resolve(Tree *tree, Documents *documents, json_t *action, char **why);

#endif
