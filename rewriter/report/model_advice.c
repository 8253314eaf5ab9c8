// What to do next, from the numbers of the migration report. In: a model with its sums. Out: sentences,
// most important first. Says nothing that the numbers do not show.
#include "base/message.h"
#include "report/model_internal.h"

#define ADVISE(report, key, count, ...)                                                            \
    vec_add(&(report)->advice,                                                                     \
            ((ReportAdvice){key, count, message_format(&(report)->arena, __VA_ARGS__)}))

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

static uint32_t code_count(const Report *report, DiagnosticCode code) {
    for (uint32_t i = 0; i < report->codes.count; i++)
        if (report->codes.items[i].code == code) return report->codes.items[i].count;
    return 0;
}

static void advise_files(Report *report) {
    uint32_t count = report->unparsable_files + report->unreadable_files;
    if (count > 0)
        ADVISE(report, "repair_files", count,
               "Repair %u file%s that could not be read or parsed: what they call is not seen.",
               count, plural(count));
}

// Accesses whose reason is CODE; the sites of a code may be more or fewer.
static uint32_t code_accesses(const Report *report, DiagnosticCode code) {
    for (uint32_t i = 0; i < report->codes.count; i++)
        if (report->codes.items[i].code == code) return report->codes.items[i].accesses;
    return 0;
}

static void advise_import_time(Report *report) {
    uint32_t count =
        code_accesses(report, DIAGNOSTIC_W201) + code_accesses(report, DIAGNOSTIC_W202) +
        code_accesses(report, DIAGNOSTIC_W203) + code_accesses(report, DIAGNOSTIC_W209);
    if (count > 0)
        ADVISE(report, "move_import_time", count,
               "Move %u access%s that run%s while modules are imported into functions: there is no "
               "tenant yet.",
               count, count == 1 ? "" : "es", count == 1 ? "s" : "");
}

static void advise_background(Report *report) {
    uint32_t count = code_count(report, DIAGNOSTIC_W303);
    if (count > 0)
        ADVISE(report, "loop_over_tenants", count,
               "Give %u background task%s a loop over tenants (W303).", count, plural(count));
}

static void advise_refusals(Report *report) {
    uint32_t count = report->by_outcome[OUTCOME_REFUSED];
    const ReportCode *most = NULL;
    for (uint32_t i = 0; i < report->codes.count; i++) {
        const ReportCode *code = &report->codes.items[i];
        if (diagnostic_code_group(code->code) != GROUP_REFUSED) continue;
        if (most == NULL || code->accesses > most->accesses) most = code;
    }
    if (count > 0 && most != NULL)
        ADVISE(report, "decide_refused", count,
               "Decide %u refused access%s by hand; the commonest reason is %s (%u): %s.", count,
               count == 1 ? "" : "es", diagnostic_code_name(most->code), most->accesses,
               diagnostic_code_title(most->code));
}

static void advise_doubts(Report *report) {
    uint32_t count = code_count(report, DIAGNOSTIC_W304) + code_count(report, DIAGNOSTIC_W305);
    if (count > 0)
        ADVISE(report, "annotate_receivers", count,
               "Annotate the receivers of %u call%s that could not be resolved (W304, W305).",
               count, plural(count));
}

static void advise_origins(Report *report) {
    uint32_t uncalled = 0;
    while (1u << uncalled != ORIGIN_UNCALLED) uncalled++;
    uint32_t count = report->by_origin[uncalled];
    if (count > 0)
        ADVISE(report, "declare_entries", count,
               "%u access%s can be reached from functions that nothing in the tree calls: declare "
               "them as boundaries or public_api, or delete them.",
               count, count == 1 ? "" : "es");
}

// The family to begin with: the lowest risk, then the fewest accesses.
static void advise_first_phase(Report *report) {
    const ReportFamily *best = NULL;
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        if (family->accesses == 0 || family->changes == 0) continue; // or nothing to begin with
        if (best == NULL || family->risk < best->risk ||
            (family->risk == best->risk && family->accesses < best->accesses))
            best = family;
    }
    if (best == NULL) return;
    const char *name = report_family_name(report, (Family)(best - report->families));
    ADVISE(report, "first_phase", best->accesses,
           "Begin with %s: %u access%s in %u file%s, risk %s (--types %s).",
           name, best->accesses, best->accesses == 1 ? "" : "es", best->files, plural(best->files),
           message_text(level_name(best->risk)), name);
}

static void advise_hubs(Report *report) {
    if (report->hubs.count == 0) return;
    const ReportHub *hub = &report->hubs.items[0];
    ADVISE(report, "review_hubs", hub->accesses,
           "Review %.*s first: %u accesses get their context through it.", STR_ARG(hub->name),
           hub->accesses);
}

void report_fill_advice(Report *report) {
    advise_files(report);
    advise_refusals(report);
    advise_import_time(report);
    advise_background(report);
    advise_doubts(report);
    advise_first_phase(report);
    advise_hubs(report);
    advise_origins(report);
}
