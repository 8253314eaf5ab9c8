// Parallel for. In: a number of indices and a task. Out: the task has run once for each. Threads
// take the next index from one atomic counter, so that a long file does not hold up a whole share.
// Which thread runs which index is not defined: tasks must write to places of their own.
#include "base/parallel.h"

#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include "base/bug.h"
#include "base/profile.h"

// Address space, not memory: walks over syntax trees recurse as deeply as the input nests.
static const size_t STACK_SIZE = (size_t)64 << 20, DEEP_STACK_SIZE = (size_t)2 << 30;

typedef struct Job {
    ParallelTask *task;
    void *context;
    uint32_t count;
    atomic_uint next;
} Job;

typedef struct Worker {
    Job *job;
    unsigned number;
    pthread_t thread;
    ProfileMark mark;
} Worker;

static void work(Job *job, unsigned number) {
    for (;;) {
        // Each thread goes past the end once at most, so this wraps only near 2^32 indices.
        uint32_t index = atomic_fetch_add(&job->next, 1);
        if (index >= job->count) return;
        job->task(job->context, index, number);
    }
}

static void *worker_main(void *argument) {
    Worker *worker = argument;
    profile_mark_start(&worker->mark);
    work(worker->job, worker->number);
    profile_mark_end(&worker->mark);
    return NULL;
}

// glibc reserves 64 MB of address space for the blocks of each thread and tries again at each block when
// there is none. Where address space is limited all threads share the first heap.
static void share_one_heap(void) {
#ifdef __GLIBC__
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY)
        mallopt(M_ARENA_MAX, 1);
#endif
}

// Starts one with a stack of SIZE, or of half as much, and so on, where there is no room.
static bool start_worker(Worker *worker, pthread_attr_t *attributes, size_t size) {
    for (; size >= STACK_SIZE; size /= 2) {
        pthread_attr_setstacksize(attributes, size);
        if (pthread_create(&worker->thread, attributes, worker_main, worker) == 0) return true;
    }
    return false;
}

// Returns how many threads could be started; fewer than asked for is only slower.
static unsigned start_workers(Worker *workers, unsigned threads, size_t stack, Job *job) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return 0;
    unsigned started = 0;
    for (; started < threads; started++) {
        workers[started] = (Worker){.job = job, .number = started, .mark = profile_mark()};
        if (!start_worker(&workers[started], &attributes, stack)) break;
    }
    pthread_attr_destroy(&attributes);
    return started;
}

static void run(uint32_t count, unsigned threads, size_t stack, ParallelTask *task, void *context) {
    BUG_UNLESS(count < UINT32_MAX / 2);
    Job job = {.task = task, .context = context, .count = count};
    atomic_init(&job.next, 0);
    if (threads > count) threads = count;
    if (threads == 0) return;
    Worker *workers = memory_alloc_zeroed(threads, sizeof *workers);
    share_one_heap();
    unsigned started = start_workers(workers, threads, stack, &job);
    if (started == 0) work(&job, 0);
    for (unsigned i = 0; i < started; i++) {
        if (pthread_join(workers[i].thread, NULL) != 0) BUG("cannot join a worker thread");
        profile_add_mark(&workers[i].mark, i + 1);
    }
    free(workers);
}

void parallel_for(uint32_t count, unsigned threads, ParallelTask *task, void *context) {
    if (threads > 1 && count > 1) {
        run(count, threads, STACK_SIZE, task, context);
        return;
    }
    Job job = {.task = task, .context = context, .count = count};
    atomic_init(&job.next, 0);
    work(&job, 0);
}

void parallel_for_deep(uint32_t count, unsigned threads, ParallelTask *task, void *context) {
    run(count, threads > 0 ? threads : 1, DEEP_STACK_SIZE, task, context);
}

unsigned parallel_default_threads(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    int count = CPU_COUNT(&set);
    return count > 1 ? (unsigned)count : 1;
}
