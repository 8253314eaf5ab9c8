// SIGINT and SIGTERM, from the moment when a run may change files: they ask it to stop between two
// files instead of ending the process.
#ifndef WEFT_APPLY_INTERRUPT_H
#define WEFT_APPLY_INTERRUPT_H

#include <stdbool.h>

// From now on both signals are only remembered.
void interrupt_watch(void);
bool interrupt_came(void);

#endif
