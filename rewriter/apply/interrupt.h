// SIGINT, SIGTERM and SIGHUP, from the moment when a run may change files: they ask it to stop between two
// files instead of ending the process. SIGPIPE is ignored then: that nobody reads what is said is no reason to
// leave a tree half written.
#ifndef WEFT_APPLY_INTERRUPT_H
#define WEFT_APPLY_INTERRUPT_H

#include <stdbool.h>

// From now on the three are only remembered.
void interrupt_watch(void);
bool interrupt_came(void);

#endif
