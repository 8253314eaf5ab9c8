// The question before runs are taken over that this user's weft did not record.
#ifndef WEFT_CLI_ADOPTION_H
#define WEFT_CLI_ADOPTION_H

#include "apply/journal.h"

typedef struct Adoption {
    bool yes;                 // --yes: nobody is asked
    Diagnostics *diagnostics; // E610 when nobody can be asked
} Adoption;

// For ApplyControl.adopt, with an Adoption as CONTEXT: prints every path of RUNS, then asks on the terminal.
bool adoption_ask(void *context, const Journal *runs, uint32_t count);

#endif
