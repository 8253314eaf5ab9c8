// What the two files that load `data:` share; nobody else includes this.
#ifndef WEFT_RULE_LOAD_DATA_H
#define WEFT_RULE_LOAD_DATA_H

#include "rule/load_internal.h"

// load_data_table.c: one entry of `tables:`; a rule with a mistake is dropped whole.
void load_data_table(Load *load, RuleFile *file, const YamlNode *map);

// The dimension that NODE names; false after E407 with near names.
bool load_data_dimension(Load *load, RuleFile *file, Str name, Span span, uint32_t *index);

#endif
