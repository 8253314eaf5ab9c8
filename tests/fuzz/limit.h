// The limit of one execution: a second of the processor's time. libFuzzer's -timeout counts what other
// processes take as well, so that it is there for what never ends only.
#ifndef WEFT_TESTS_FUZZ_LIMIT_H
#define WEFT_TESTS_FUZZ_LIMIT_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// START is what clock() gave before the execution.
static inline void limit_check(clock_t start) {
    if (clock() - start <= CLOCKS_PER_SEC) return;
    fprintf(stderr, "an execution took over a second\n");
    abort();
}

#endif
