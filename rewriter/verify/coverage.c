// In: the sinks of two trees. Out: which of the first are gone in the second. A sink is the same when
// its file, the function around it and its text are; two of them are told apart by number only.
#include "verify/coverage.h"

typedef struct Access {
    const Sink *sink;
    Family family; // of Coverage.families
    Str path, function, text;
} Access;

typedef Vec(Access) Accesses;

static int compare_accesses(const Access *a, const Access *b) {
    if (a->family != b->family) return a->family < b->family ? -1 : 1;
    int order = str_compare(a->path, b->path);
    if (order == 0) order = str_compare(a->function, b->function);
    return order != 0 ? order : str_compare(a->text, b->text);
}

static int by_access(const void *left, const void *right) {
    const Access *a = left, *b = right;
    int order = compare_accesses(a, b);
    if (order != 0) return order;
    return (a->sink > b->sink) - (a->sink < b->sink);
}

// Two trees may be of two packs. A word that finds no place counts as the context's own.
static Family family_of(Coverage *coverage, const VerifyTree *tree, const Sink *sink) {
    Family family = FAMILY_CONTEXT;
    Str word = str_from(family_name(&tree->program->rules->families, sink->family));
    family_add(&coverage->families, word, &family);
    return family;
}

static Accesses collect(Coverage *coverage, const VerifyTree *tree) {
    Accesses list = {0};
    const Program *program = tree->program;
    for (uint32_t i = 1; i < tree->solution->sinks.count; i++) {
        const Sink *sink = &tree->solution->sinks.items[i];
        if (sink->migrated) continue; // its text is another one than before
        Span span = sink_span(program, sink);
        const SourceFile *file = source_file(program->facts->sources, span.file);
        Access access = {
            .sink = sink,
            .family = family_of(coverage, tree, sink),
            .path = file->path,
            .text = str_slice(file->text, span.start, span.end)};
        if (fact_is(sink->function))
            access.function =
                program_name(program, program_function(program, sink->function)->qualified);
        vec_add(&list, access);
    }
    if (list.count > 1) qsort(list.items, list.count, sizeof *list.items, by_access);
    return list;
}

// ---- counting ------------------------------------------------------------------------------------
static bool is_isolated(const Sink *sink) {
    const OutcomeRow *row = outcome_row(sink->outcome);
    return (row->passed || row->accepted) && !sink->leak && sink->origins != 0 && !(sink->origins & ~(uint32_t)ORIGINS_WITH_TENANT);
}

static void count_rewritten(Coverage *coverage, const Access *access) {
    CoverageRow *rows[] = {&coverage->all, &coverage->by_family[access->family]};
    for (size_t i = 0; i < 2; i++) {
        rows[i]->rewritten++;
        rows[i]->isolated += is_isolated(access->sink);
    }
}

static void count_added(Coverage *coverage, const Access *access) {
    coverage->all.added++;
    coverage->by_family[access->family].added++;
}

static void compare_sinks(const Accesses *before, const Accesses *after, Coverage *coverage) {
    uint32_t b = 0, a = 0;
    while (b < before->count || a < after->count) {
        int sign = b == before->count  ? 1
                   : a == after->count ? -1
                                       : compare_accesses(&before->items[b], &after->items[a]);
        if (sign < 0)
            count_rewritten(coverage, &before->items[b++]);
        else if (sign > 0)
            count_added(coverage, &after->items[a++]);
        else
            a++, b++;
    }
}

void coverage_build(const VerifyTree *before, const VerifyTree *after, Coverage *coverage) {
    *coverage = (Coverage){.families = after->program->rules->families};
    Accesses new = collect(coverage, after);
    for (uint32_t i = 1; i < after->solution->sinks.count; i++) {
        const Sink *sink = &after->solution->sinks.items[i];
        if (sink_is_done(sink)) continue;
        coverage->all.remaining++;
        coverage->by_family[family_of(coverage, after, sink)].remaining++;
        coverage->remaining_by_outcome[sink->outcome]++;
    }
    if (before != NULL) {
        Accesses old = collect(coverage, before);
        coverage->all.before = old.count;
        for (uint32_t i = 0; i < old.count; i++) coverage->by_family[old.items[i].family].before++;
        compare_sinks(&old, &new, coverage);
        vec_release(&old);
    }
    vec_release(&new);
}

// ---- codes ---------------------------------------------------------------------------------------
static void count_codes(const VerifyTree *tree, uint32_t *counts) {
    for (uint32_t i = 0; i < tree->diagnostics->list.count; i++) {
        DiagnosticCode code = tree->diagnostics->list.items[i].code;
        if (diagnostic_code_is_site(code)) counts[code]++;
    }
}

void code_counts_build(const VerifyTree *before, const VerifyTree *after, CodeCounts *counts) {
    uint32_t old[DIAGNOSTIC_CODE_COUNT] = {0}, new[DIAGNOSTIC_CODE_COUNT] = {0};
    *counts = (CodeCounts){0};
    if (before != NULL) count_codes(before, old);
    count_codes(after, new);
    for (uint32_t i = 0; i < DIAGNOSTIC_CODE_COUNT; i++)
        if (old[i] != 0 || new[i] != 0)
            vec_add(&counts->list, ((CodeCount){(DiagnosticCode)i, old[i], new[i]}));
}

void code_counts_release(CodeCounts *counts) { vec_release(&counts->list); }
