// Counting. In: a solution and its plan. Out: numbers that add up. Knows no output format.
#include "report/stat.h"

#include "base/bug.h"

void stat_release(Stat *stat) {
    free(stat->rows);
    stat->rows = NULL;
}

static void count_sinks(const Solution *solution, Stat *stat) {
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        BUG_UNLESS(sink->outcome < OUTCOME_COUNT && sink->family < FAMILY_MOST);
        stat->sinks++;
        stat->by_outcome[sink->outcome]++;
        stat->by_family[sink->family]++;
    }
    uint32_t sum = 0;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        BUG_UNLESS(stat->by_outcome[i] == solution->outcome_counts[i]);
        sum += stat->by_outcome[i];
    }
    BUG_UNLESS(sum == stat->sinks);
    BUG_UNLESS(solution->isolated_count <= stat->sinks);
}

static void count_files(const Sources *sources, Stat *stat) {
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (file->auxiliary) continue;
        switch (file->state) {
        case SOURCE_READ: stat->files_read++; break;
        case SOURCE_UNPARSABLE:
            stat->files_read++;
            stat->files_unparsable++;
            break;
        case SOURCE_UNREADABLE:
        case SOURCE_UNDECODABLE:
        case SOURCE_TOO_LARGE: stat->files_unreadable++; break;
        }
    }
}

void stat_build(const Program *program, const Solution *solution, const Plan *plan, Stat *stat) {
    *stat = (Stat){
        .families = &program->rules->families,
        .isolated = solution->isolated_count,
        .functions_changed = solution->functions_changed,
        .calls_changed = solution->calls_changed,
        .accessors = solution->accessors.count > 0 ? solution->accessors.count - 1 : 0,
    };
    count_sinks(solution, stat);
    count_files(program->facts->sources, stat);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        stat->classes_holding += solution->classes[i].holds;
    stat->rows = memory_alloc_zeroed((size_t)plan->files.count + 1, sizeof *stat->rows);
    stat->diff = diff_count(plan, stat->rows);
}
