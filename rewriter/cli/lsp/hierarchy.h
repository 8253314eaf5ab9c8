// Who hands the context on to a function, and to whom it does: the call hierarchy of an editor, down to the accesses.
#ifndef WEFT_CLI_LSP_HIERARCHY_H
#define WEFT_CLI_LSP_HIERARCHY_H

#include "cli/lsp/tree.h"

// The answers to requests of those names, with their PARAMETERS, for a tree that is analysed; a new reference.
json_t *hierarchy_prepare(Tree *tree, const json_t *parameters);  // textDocument/prepareCallHierarchy
json_t *hierarchy_incoming(Tree *tree, const json_t *parameters); // callHierarchy/incomingCalls: who hands it on
json_t *hierarchy_outgoing(Tree *tree, const json_t *parameters); // callHierarchy/outgoingCalls: to whom

#endif
