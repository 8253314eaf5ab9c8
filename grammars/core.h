// What the core does faster here than as it was published, and otherwise as it did: the same trees for the same texts.
#ifndef WEFT_GRAMMARS_CORE_H
#define WEFT_GRAMMARS_CORE_H

#include <stdbool.h>
#include <tree_sitter/api.h>

// Lays out the parse table of LANGUAGE for look-ups without a search, for the life of the process; one language has one.
// To be called once, before the first parser is made. False when there is no memory for it (1.5 MB).
bool core_prepare(const TSLanguage *language);
// Has PARSER step over ASCII without the core's function for any text; its language is set.
void core_speed_up(TSParser *parser);

#endif
