// Help for who writes a rule file: what can stand at a place, and what stands there.
#ifndef WEFT_CLI_LSP_RULE_HELP_H
#define WEFT_CLI_LSP_RULE_HELP_H

#include "cli/lsp/tree.h"

// DOCUMENT is a rule file: weft.yml, or a file of a pack that counts for TREE.
bool rule_help_is_for(const Tree *tree, const Document *document);
// What a request is about.
typedef struct RuleRequest {
    const Tree *tree;
    const Document *document;
    const json_t *schema;     // rule_schema.h
    const json_t *parameters;
} RuleRequest;
// The answers to requests of those names; a new reference.
json_t *rule_help_completion(const RuleRequest *request);
json_t *rule_help_hover(const RuleRequest *request);

#endif
