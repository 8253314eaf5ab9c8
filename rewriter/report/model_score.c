// Complexity, risk and work of the migration report. In: files and accesses with their sums. Out:
// scores and levels. docs/report.md describes the formulas; a change here is a change there.
//
// Complexity must be monotone: an access more never lowers a score. So it is made of nothing but the
// accesses and where they stand, each with a weight above zero; what becomes of them is risk.
#include "report/model_internal.h"

#include "base/bug.h"

enum {
    HIGHEST_SCORE = 100, // in tenths
    TREE_SCALE = 20,     // a tree is as complex as a file with a twentieth of its points
    AT_MODULE_LEVEL = 2, // what an access there counts on top of its family's weight
    MEDIUM_SCORE = 34,
    HIGH_SCORE = 67,
    RISK_REFUSED = 4,
    RISK_BRIDGED = 2,
    RISK_DOUBT = 1,
    RISK_UNPARSABLE = 4,
};

// points / (points + scale), in tenths of 10: 0 without points, half the scale where they are equal.
static uint32_t saturate(uint32_t points, uint32_t scale) {
    return (uint32_t)((uint64_t)points * HIGHEST_SCORE / ((uint64_t)points + scale));
}

static uint32_t access_points(const Report *report, const ReportAccess *access) {
    const Sink *sink = &report->input->solution->sinks.items[access->sink];
    if (sink->migrated) return 0; // what is to do, not what was done
    uint32_t points = report->input->program->rules->complexity.weights[access->family];
    return fact_is(sink->function) ? points : points + AT_MODULE_LEVEL;
}

// ---- files ---------------------------------------------------------------------------------------

static Level risk_level(uint32_t points) {
    if (points <= 1) return LEVEL_LOW;
    if (points <= 5) return LEVEL_MEDIUM;
    return points <= 15 ? LEVEL_HIGH : LEVEL_CRITICAL;
}

void report_score_files(Report *report) {
    uint32_t scale = report->input->program->rules->complexity.scale;
    for (uint32_t i = 0; i < report->files.count; i++) {
        ReportFile *file = &report->files.items[i];
        for (uint32_t a = file->first_access; a < file->first_access + file->access_count; a++)
            file->points += access_points(report, &report->accesses.items[a]);
        file->score = saturate(file->points, scale);
        file->risk_points = RISK_REFUSED * file->by_outcome[OUTCOME_REFUSED] +
                            RISK_BRIDGED * file->by_outcome[OUTCOME_BRIDGED] +
                            RISK_DOUBT * file->doubts;
        if (file->state == SOURCE_UNPARSABLE) file->risk_points += RISK_UNPARSABLE;
        file->risk = risk_level(file->risk_points);
        report->points += file->points;
    }
}

typedef struct Work {
    uint32_t risk, score, index;
} Work;

static int compare_work(const void *left, const void *right) {
    const Work *a = left, *b = right;
    if (a->risk != b->risk) return a->risk > b->risk ? -1 : 1;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

void report_files_by_work(const Report *report, uint32_t **order, uint32_t *count) {
    Vec(Work) list = {0};
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (file->migrates) vec_add(&list, ((Work){(uint32_t)file->risk, file->score, i}));
    }
    if (list.count > 0) qsort(list.items, list.count, sizeof *list.items, compare_work);
    *order = memory_alloc_zeroed((size_t)list.count + 1, sizeof **order);
    *count = list.count;
    for (uint32_t i = 0; i < list.count; i++) (*order)[i] = list.items[i].index;
    vec_release(&list);
}

// ---- the tree ------------------------------------------------------------------------------------

// Shares, in tenths of a percent, of the accesses that are not simply rewritten.
static Level share_level(const uint32_t by_outcome[OUTCOME_COUNT], uint32_t accesses) {
    if (accesses == 0) return LEVEL_LOW;
    uint32_t hard = 2 * by_outcome[OUTCOME_REFUSED] + by_outcome[OUTCOME_BRIDGED];
    uint32_t share = report_permille(hard, accesses);
    if (share < 50) return LEVEL_LOW;
    if (share < 150) return LEVEL_MEDIUM;
    return share < 400 ? LEVEL_HIGH : LEVEL_CRITICAL;
}

// Hours would be a guess: nobody knows how long a person takes for one place. How many there are is known.
static void count_work(Report *report) {
    ReportWork *work = &report->work;
    for (uint32_t i = 0; i < report->codes.count; i++) work->sites += report->codes.items[i].count;
    work->repairs = report->unparsable_files + report->unreadable_files;
    work->decisions = work->sites + work->repairs;
}

void report_score_tree(Report *report) {
    report->score =
        saturate(report->points, report->input->program->rules->complexity.scale * TREE_SCALE);
    report->complexity = report->score >= HIGH_SCORE     ? LEVEL_HIGH
                         : report->score >= MEDIUM_SCORE ? LEVEL_MEDIUM
                                                         : LEVEL_LOW;
    report->risk = share_level(report->by_outcome, report->accesses.count);
    // Callers in a file that does not parse are not seen.
    if (report->unparsable_files > 0 && report->risk < LEVEL_MEDIUM) report->risk = LEVEL_MEDIUM;
    for (Family i = 0; i < report_families(report)->count; i++) {
        ReportFamily *family = &report->families[i];
        family->risk = share_level(family->by_outcome, family->accesses);
    }
    count_work(report);
}
