// Signals that ask to stop. In: SIGINT, SIGTERM. Out: a flag that a run reads between two files. The
// handler does nothing else, since hardly anything is allowed in one.
#include "apply/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int number) { came = number; }

void interrupt_watch(void) {
    // Without SA_RESTART a system call may end early; every one of ours is tried again on EINTR.
    struct sigaction action = {.sa_handler = remember};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupt_came(void) { return came != 0; }
