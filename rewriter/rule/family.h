// Families: the words by which rules sort accesses, and people choose what to migrate first.
//
//     sinks: [{ id: settings, family: configuration, symbol: app.config.settings }]
//
// Which words there are, and in which order, is for the rules alone to say. One family is always there: that of
// what passes the context itself, parameters and arguments. It bears the name of the context parameter.
#ifndef WEFT_RULE_FAMILY_H
#define WEFT_RULE_FAMILY_H

#include "base/str.h"

// Index into Families.names.
typedef uint32_t Family;

enum {
    FAMILY_CONTEXT = 0,
    FAMILY_MOST = 32, // so that a set of them is the bits of an uint32_t
};

// In the order of phases. Texts are borrowed, and end with a NUL.
typedef struct Families {
    Str names[FAMILY_MOST]; // names[FAMILY_CONTEXT] is empty until the parameter is known
    uint32_t count;         // 0: no rules are loaded
} Families;

// The word of a family; "" for one that there is not.
const char *family_name(const Families *families, Family family);
// False when WORD is no family.
bool family_find(const Families *families, Str word, Family *family);
// Adds WORD unless it is there. False when there are FAMILY_MOST.
bool family_add(Families *families, Str word, Family *family);
// Whether WORD can be one: 1 to 64 characters of a-z, 0-9, '-' and '_'; WRITTEN also those of identifiers, as the
// name of the context parameter has them in a plan file.
bool family_is_word(Str word, bool written);

#endif
