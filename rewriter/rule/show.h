// The rules that count in the end, as one text: what is inherited, removed, renamed and overridden is settled in it.
#ifndef WEFT_RULE_SHOW_H
#define WEFT_RULE_SHOW_H

#include "rule/load_internal.h"

// Appends to OUT, as YAML, what the files of LOAD say and PROJECT (NULL: there is none) lets stand, each entry with the
// file that it comes from.
void show_rules(const Load *load, const RuleFile *project, StrBuf *out);
// NODE as YAML, on the line that OUT ends with when it is a scalar; INDENT is that of lists and maps.
void show_node(const YamlNode *node, int indent, StrBuf *out);

#endif
