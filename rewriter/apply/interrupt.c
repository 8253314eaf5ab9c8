// Signals that ask to stop. In: SIGINT, SIGTERM, SIGHUP. Out: a flag that a run reads between two files. The
// handler does nothing else, since hardly anything is allowed in one.
#include "apply/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int number) { came = number; }

// What was ignored when weft began, as by nohup, stays so.
static void watch(int number) {
    // Without SA_RESTART a system call may end early; every one of ours is tried again on EINTR.
    struct sigaction action = {.sa_handler = remember}, before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
    sigaction(number, &action, NULL);
}

void interrupt_watch(void) {
    watch(SIGINT);
    watch(SIGTERM);
    watch(SIGHUP);
    signal(SIGPIPE, SIG_IGN);
}

bool interrupt_came(void) { return came != 0; }
