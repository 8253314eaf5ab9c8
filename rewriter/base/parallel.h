// A parallel for over indices, on pthreads.
#ifndef WEFT_BASE_PARALLEL_H
#define WEFT_BASE_PARALLEL_H

#include <stdint.h>

// WORKER is 0..threads-1 and says which thread runs, so that a caller can keep scratch per thread.
typedef void ParallelTask(void *context, uint32_t index, unsigned worker);

// Calls TASK for each index in [0, count), in any order, on up to THREADS threads; returns when all
// are done. Threads get an 8 MiB stack or more. With threads <= 1 everything runs in the caller.
void parallel_for(uint32_t count, unsigned threads, ParallelTask *task, void *context);

// The same for tasks of a library that recurses as deeply as the input nests, and has no bound: never in the caller, and
// each thread has a stack of 2 GiB, or as much as there is room for.
void parallel_for_deep(uint32_t count, unsigned threads, ParallelTask *task, void *context);

// Number of processors that this process may use, at least 1.
unsigned parallel_default_threads(void);

#endif
