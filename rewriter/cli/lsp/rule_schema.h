// What the schema of rule files says of a place: keys, values, and what they mean.
#ifndef WEFT_CLI_LSP_RULE_SCHEMA_H
#define WEFT_CLI_LSP_RULE_SCHEMA_H

#include <jansson.h>

#include "cli/lsp/yaml_place.h"

// One form that what stands at a place may have.
typedef struct SchemaForm {
    const json_t *node;
    const char *name; // of the definition that it is, "dotted"; NULL: it stands where it is used
} SchemaForm;
typedef Vec(SchemaForm) SchemaForms;

// The schema, as JSON; a new reference.
json_t *schema_load(void);
// The forms of what stands at PATH in a file for C or for Python; to be released with vec_release.
void schema_forms(const json_t *schema, const Strs *path, bool for_c, SchemaForms *forms);
// What is said of KEY of a map of one of the forms; NULL: nothing, or there is no such key.
const char *schema_describe(const SchemaForms *forms, Str key);

#endif
