// parallel_for: each index once, worker numbers in range, room on the stack.
#include "testing.h"

#include "base/parallel.h"

enum { COUNT = 10000, THREADS = 4 };

typedef struct Record {
    unsigned times[COUNT];
    unsigned by_worker[THREADS];
} Record;

static void record_index(void *context, uint32_t index, unsigned worker) {
    Record *record = context;
    record->times[index]++;
    record->by_worker[worker]++; // safe: one thread a worker
}

static void each_index_runs_once(void **state) {
    (void)state;
    for (unsigned threads = 0; threads <= THREADS; threads++) {
        static Record record;
        memset(&record, 0, sizeof record);
        parallel_for(COUNT, threads, record_index, &record);
        unsigned total = 0;
        for (int i = 0; i < COUNT; i++) assert_int_equal(record.times[i], 1);
        for (int i = 0; i < THREADS; i++) total += record.by_worker[i];
        assert_int_equal(total, COUNT);
    }
}

static void small_counts(void **state) {
    (void)state;
    static Record record;
    parallel_for(0, THREADS, record_index, &record);
    assert_int_equal(record.times[0], 0);
    parallel_for(1, THREADS, record_index, &record);
    assert_int_equal(record.times[0], 1);
    assert_int_equal(record.times[1], 0);
    assert_true(parallel_default_threads() >= 1);
}

static unsigned descend(unsigned depth) {
    volatile char frame[4096];
    frame[0] = (char)depth;
    return depth == 0 ? 0 : descend(depth - 1) + (frame[0] == (char)depth);
}

static void deep_task(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    unsigned *depths = context;
    depths[index] = descend(4000); // 16 MiB, more than a thread has by default
}

static void threads_have_a_deep_stack(void **state) {
    (void)state;
    unsigned depths[2] = {0};
    parallel_for(2, 2, deep_task, depths);
    assert_int_equal(depths[0], 4000);
    assert_int_equal(depths[1], 4000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_index_runs_once),
        cmocka_unit_test(small_counts),
        cmocka_unit_test(threads_have_a_deep_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
