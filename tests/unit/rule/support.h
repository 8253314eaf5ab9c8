// Rules from a text in a test, and what was said about them.
#ifndef WEFT_TESTS_UNIT_RULE_SUPPORT_H
#define WEFT_TESTS_UNIT_RULE_SUPPORT_H

#include "rule/load.h"

// A context section that is complete, on one line, for tests of something else.
#define CONTEXT                                                                                    \
    "context: {parameter: ctx, type: a.Ctx, dimensions: [tenant, agent], ambient: a.now,"          \
    " accessor_decorator: a.keyed, ambient_instance: a.stand_in}\n"

typedef struct Loaded {
    Sources sources;
    Diagnostics diagnostics;
    Rules rules;
    bool good;
} Loaded;

Loaded load_rules(Str text);
void loaded_release(Loaded *loaded);

// Fails unless loading TEXT says exactly EXPECTED: a line "line:column CODE message" for each
// diagnostic, followed by " @ file:line:column text" of a second place, " | note" and " ? help" where it
// has them.
void check_said(const char *text, const char *expected);
void check_diagnostics(const Sources *sources, const Diagnostics *diagnostics,
                       const char *expected);

#endif
