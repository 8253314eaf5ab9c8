// Files and accesses of the migration report. In: the plan, the scan rows, the diagnostics. Out: one
// row a file of the tree and one an access, both in path order. Knows no scores.
#include "report/model_internal.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/intern.h"
#include "report/scan.h"

uint32_t report_file_index(const Report *report, FileId file) {
    BUG_UNLESS(report->file_rows[file.index] != 0);
    return report->file_rows[file.index] - 1;
}

// ---- files ---------------------------------------------------------------------------------------

static void count_edit(const Report *report, ReportFile *file, const Edit *edit) {
    Family family = FAMILY_CONTEXT;
    family_find(report_families(report), edit->family, &family);
    file->changes_by_family[family]++;
}

static void add_plan(Report *report) {
    const Plan *plan = report->input->plan;
    Arena scratch = {0};
    DiffRow *rows = arena_array(&scratch, DiffRow, plan->files.count + 1);
    report->diff = diff_count(plan, rows);
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *planned = &plan->files.items[i];
        if (planned->is_new) continue;
        ReportFile *file = &report->files.items[report_file_index(report, planned->file)];
        file->plan_file = i + 1;
        file->diff = rows[i];
        file->changes = planned->edit_count;
        file->migrates = true;
        for (uint32_t e = planned->first_edit; e < planned->first_edit + planned->edit_count; e++)
            count_edit(report, file, &plan->edits.list.items[e]);
    }
    arena_release(&scratch);
}

static void add_solution(Report *report) {
    const Program *program = report->input->program;
    const Solution *solution = report->input->solution;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!solution->functions[i].gains_parameter) continue;
        FileId file =
            program_module_file(program, program_function(program, (FunctionId){i})->module);
        report->files.items[report_file_index(report, file)].functions++;
    }
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        if (solution->calls.items[i].supply != CALL_PASSES) continue;
        const CallFact *call = program_call(program, solution->calls.items[i].call);
        FileId file = program_module_file(program, call->module);
        report->files.items[report_file_index(report, file)].calls++;
    }
}

static void add_doubts(Report *report) {
    const Diagnostics *diagnostics = report->input->diagnostics;
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = &diagnostics->list.items[i];
        uint32_t row = report->file_rows[diagnostic->span.file.index];
        bool doubt = diagnostic_code_group(diagnostic->code) == GROUP_DOUBT;
        if (doubt && diagnostic->code != DIAGNOSTIC_W301 && row != 0)
            report->files.items[row - 1].doubts++;
    }
}

void report_fill_files(Report *report) {
    const Sources *sources = report->input->sources;
    report->file_rows = arena_array(&report->arena, uint32_t, sources->files.count + 1);
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *source = &sources->files.items[i];
        if (source->auxiliary) continue; // rules, and what they exclude
        ReportFile *file = vec_push(&report->files);
        report->file_rows[i] = report->files.count;
        file->file = (FileId){i};
        file->path = source->path;
        file->state = source->state;
        file->lines = source->line_starts.count;
    }
    add_plan(report);
    add_solution(report);
    add_doubts(report);
}

// ---- accesses ------------------------------------------------------------------------------------

static Str where_is(const Program *program, const Sink *sink) {
    FunctionId function = sink->function;
    if (!fact_is(function)) {
        ScopeId scope = program_expr(program, sink->expr)->scope;
        return program_scope_in_class_body(program, scope) ? STR("a class body")
                                                           : STR("module level");
    }
    Str name = program_name(program, program_function(program, function)->qualified);
    return name.length > 0 ? name : STR("a lambda");
}

// How often each kind of access has come: same file, family, rule, symbol and place.
typedef struct Kinds {
    Interner *names;
    Vec(uint32_t) counts; // by name
} Kinds;

static uint32_t next_of_kind(Kinds *kinds, const ReportAccess *access) {
    StrBuf key = {0};
    strbuf_addf(&key, "%u %u %zu %zu ", access->file, access->family, access->rule.length,
                access->symbol.length);
    strbuf_add(&key, access->rule);
    strbuf_add(&key, access->symbol);
    strbuf_add(&key, access->where);
    uint32_t name = intern(kinds->names, strbuf_str(&key)).index;
    strbuf_release(&key);
    while (kinds->counts.count <= name) vec_add(&kinds->counts, 0);
    return ++kinds->counts.items[name];
}

static void add_access(Report *report, const ScanRow *row, Kinds *kinds) {
    const Sink *sink = &report->input->solution->sinks.items[row->sink];
    Span span = sink_span(report->input->program, sink);
    const SourceFile *source = source_file(report->input->sources, span.file);
    uint32_t index = report_file_index(report, span.file);
    ReportFile *file = &report->files.items[index];
    ReportAccess access = {
        .sink = row->sink,
        .file = index,
        .start = row->at,
        .end = source_line_column(source, span.end),
        .family = sink->family,
        .family_word = report_family_name(report, sink->family),
        .outcome = sink->outcome,
        .rule = row->rule,
        .symbol = row->symbol,
        .where = where_is(report->input->program, sink),
        .line = row->line,
        .code = sink->code,
        .has_code = outcome_row(sink->outcome)->doubtful,
        .isolated = sink_is_isolated(sink),
        .shares = sink->shared,
        .starts_up = sink_also_starts_up(sink),
        .origins = sink->origins,
        .done = sink_is_done(sink),
    };
    access.known = access.done || outcome_row(sink->outcome)->accepted;
    access.ordinal = next_of_kind(kinds, &access);
    if (file->access_count == 0) file->first_access = report->accesses.count;
    vec_add(&report->accesses, access);
    file->access_count++;
    file->by_family[access.family]++;
    file->by_outcome[access.outcome]++;
    file->isolated += access.isolated;
    file->migrates = file->migrates || !access.done;
}

void report_fill_accesses(Report *report) {
    const ReportInput *input = report->input;
    ScanRows rows;
    scan_build(&report->arena, input->program, input->solution, true, &rows);
    Kinds kinds = {.names = interner_new()};
    for (uint32_t i = 0; i < rows.list.count; i++) add_access(report, &rows.list.items[i], &kinds);
    interner_free(kinds.names);
    vec_release(&kinds.counts);
    scan_release(&rows);
}

// ---- dependencies --------------------------------------------------------------------------------

static void add_dependency(Report *report, uint32_t from, uint32_t to) {
    ReportFile *file = &report->files.items[from];
    if (from != to && file->migrates && report->files.items[to].migrates)
        vec_add(&file->dependencies, to);
}

static int compare_indexes(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static void sort_dependencies(ReportFile *file) {
    uint32_t kept = 0, *items = file->dependencies.items;
    if (file->dependencies.count == 0) return;
    qsort(items, file->dependencies.count, sizeof *items, compare_indexes);
    for (uint32_t i = 1; i < file->dependencies.count; i++)
        if (items[i] != items[kept]) items[++kept] = items[i];
    file->dependencies.count = kept + 1;
}

void report_fill_dependencies(Report *report) {
    const Program *program = report->input->program;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (!fact_is(import->target) || import->type_checking) continue;
        uint32_t from = report->file_rows[program_module_file(program, import->module).index];
        uint32_t to = report->file_rows[program_module_file(program, import->target).index];
        if (from && to) add_dependency(report, from - 1, to - 1); // files that are left out have no row
    }
    for (uint32_t i = 0; i < report->files.count; i++) sort_dependencies(&report->files.items[i]);
}
