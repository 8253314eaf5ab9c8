// The migration report: sums over the whole tree. In: what a run found out and plans. Out: the model.
// Counts and orders; decides nothing that the solver did not decide, and knows no output format.
#include "report/model.h"

#include "base/bug.h"
#include "report/code_text.h"
#include "report/model_internal.h"
#include "report/scan.h"

uint32_t report_permille(uint32_t part, uint32_t whole) {
    return whole == 0 ? 1000 : (uint32_t)((uint64_t)part * 1000 / whole);
}

uint32_t report_rewritten(const uint32_t by_outcome[OUTCOME_COUNT]) {
    uint32_t count = 0;
    for (int i = 0; i < OUTCOME_COUNT; i++)
        if (outcome_row((Outcome)i)->rewritten) count += by_outcome[i];
    return count;
}

Str report_identity(Arena *arena, const Report *report, const ReportAccess *access) {
    Str path = report->files.items[access->file].path;
    const char *family = access->family_word;
    Str rule = access->rule.length > 0 ? access->rule : STR("found");
    if (access->ordinal == 1)
        return arena_format(arena, "%.*s: %.*s: %s[%.*s] %.*s", STR_ARG(path),
                            STR_ARG(access->where), family, STR_ARG(rule), STR_ARG(access->symbol));
    return arena_format(arena, "%.*s: %.*s: %s[%.*s] %.*s #%u", STR_ARG(path),
                        STR_ARG(access->where), family, STR_ARG(rule), STR_ARG(access->symbol),
                        access->ordinal);
}

static void sum_files(Report *report) {
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        bool readable = file->state == SOURCE_READ || file->state == SOURCE_UNPARSABLE;
        report->total_files += readable;
        report->unreadable_files += !readable;
        report->unparsable_files += file->state == SOURCE_UNPARSABLE;
        report->migrating_files += file->migrates;
        report->total_changes += file->changes;
        report->isolated += file->isolated;
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
            report->by_outcome[outcome] += file->by_outcome[outcome];
        for (Family family = 0; family < report_families(report)->count; family++) {
            ReportFamily *sum = &report->families[family];
            sum->files += file->by_family[family] > 0 || file->changes_by_family[family] > 0;
            sum->changes += file->changes_by_family[family];
        }
    }
    report->new_files = report->diff.new_files;
}

static void sum_accesses(Report *report) {
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        const ReportAccess *access = &report->accesses.items[i];
        ReportFamily *sum = &report->families[access->family];
        sum->accesses++;
        sum->isolated += access->isolated;
        report->starting_up += access->starts_up;
        report->only_tests += access->origins == ORIGIN_TEST;
        report->sharing += access->isolated && access->shares;
        sum->by_outcome[access->outcome]++;
        sum->without_origin += access->origins == 0;
        for (int bit = 0; bit < ORIGIN_COUNT; bit++) {
            report->by_origin[bit] += access->origins >> bit & 1;
            sum->by_origin[bit] += access->origins >> bit & 1;
        }
    }
}

static void sum_codes(Report *report) {
    uint32_t counts[DIAGNOSTIC_CODE_COUNT] = {0}, accesses[DIAGNOSTIC_CODE_COUNT] = {0};
    const Diagnostics *diagnostics = report->input->diagnostics;
    for (uint32_t i = 0; i < diagnostics->list.count; i++)
        counts[diagnostics->list.items[i].code]++;
    for (uint32_t i = 0; i < report->accesses.count; i++)
        if (report->accesses.items[i].has_code) accesses[report->accesses.items[i].code]++;
    for (int code = 0; code < DIAGNOSTIC_CODE_COUNT; code++) {
        if (counts[code] == 0 || !diagnostic_code_is_site((DiagnosticCode)code)) continue;
        Str remedy = code_text(&report->arena, (DiagnosticCode)code).remedy;
        vec_add(&report->codes,
                ((ReportCode){(DiagnosticCode)code, counts[code], accesses[code], remedy}));
    }
}

bool report_is_place(DiagnosticCode code) {
    return code == DIAGNOSTIC_W310 || code == DIAGNOSTIC_W312 || code == DIAGNOSTIC_W314;
}

static void sum_places(Report *report) {
    const Diagnostics *diagnostics = report->input->diagnostics;
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        DiagnosticCode code = diagnostics->list.items[i].code;
        report->escapes += code == DIAGNOSTIC_W302;
        report->shared_places += code == DIAGNOSTIC_W310 || code == DIAGNOSTIC_W314;
    }
}

// Override families that move together: two or more functions that gain the parameter.
static void sum_overrides(Report *report) {
    const Program *program = report->input->program;
    Arena scratch = {0};
    uint32_t *members = arena_array(&scratch, uint32_t, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!report->input->solution->functions[i].gains_parameter) continue;
        uint32_t count = ++members[function->family];
        report->override_families += count == 2;
        if (count < 2 || count <= report->largest_family) continue;
        report->largest_family = count;
        report->largest_family_name = program_name(program, function->qualified);
    }
    arena_release(&scratch);
}

static void sum_solution(Report *report) {
    const Solution *solution = report->input->solution;
    report->functions = solution->functions_changed;
    report->calls = solution->calls_changed;
    report->taken_back = solution->taken_back.count;
    report->accessors = solution->accessors.count > 0 ? solution->accessors.count - 1 : 0;
    for (uint32_t i = 1; i < program_class_count(report->input->program); i++)
        report->holders += solution->classes[i].holds;
}

// Every sink is in the report exactly once, or a format would hide one.
static void check_sums(const Report *report) {
    const Solution *solution = report->input->solution;
    uint32_t sum = 0;
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        BUG_UNLESS(report->by_outcome[i] == solution->outcome_counts[i]);
        sum += report->by_outcome[i];
    }
    BUG_UNLESS(sum == report->accesses.count);
    BUG_UNLESS(report->isolated == solution->isolated_count);
}

void report_build(const ReportInput *input, Report *report) {
    *report = (Report){.input = input};
    report_fill_files(report);
    report_fill_accesses(report);
    report_fill_dependencies(report);
    report_fill_chains(report);
    report_score_files(report);
    sum_files(report);
    sum_accesses(report);
    report->coverage =
        report_permille(report->isolated, report->accesses.count - report->only_tests);
    sum_codes(report);
    sum_places(report);
    sum_overrides(report);
    sum_solution(report);
    check_sums(report);
    report_score_tree(report);
    report_fill_advice(report);
}

void report_release(Report *report) {
    for (uint32_t i = 0; i < report->files.count; i++)
        vec_release(&report->files.items[i].dependencies);
    vec_release(&report->files);
    vec_release(&report->accesses);
    vec_release(&report->codes);
    vec_release(&report->links);
    vec_release(&report->hubs);
    vec_release(&report->advice);
    arena_release(&report->arena);
}
