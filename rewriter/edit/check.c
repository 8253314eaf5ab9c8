// The post-check. In: a plan, and the tree it was made for. Out: errors, or none. Judges the bytes
// that would be written, decoded and parsed anew; never repairs anything. E501 is here, the other
// checks have files of their own.
#include "edit/check.h"

#include "base/bug.h"
#include "base/parallel.h"
#include "edit/check_internal.h"

// ---- the tree before -----------------------------------------------------------------------------
static void add_row(Rows *rows, uint32_t row) {
    if (rows->end == 0) rows->first = row;
    rows->end = row + 1;
}

static void find_rows(Check *check) {
    const Facts *facts = check->before;
    check->rows = memory_alloc_zeroed(facts->modules.count, sizeof *check->rows);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        add_row(&check->rows[facts_expr_module(facts, (ExprId){i}).index].exprs, i);
    for (uint32_t i = 1; i < facts->imports.count; i++)
        add_row(&check->rows[facts->imports.items[i].module.index].imports, i);
    for (uint32_t i = 1; i < facts->calls.count; i++)
        add_row(&check->rows[facts->calls.items[i].module.index].calls, i);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        add_row(&check->rows[facts->functions.items[i].module.index].functions, i);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        add_row(&check->rows[facts->classes.items[i].module.index].classes, i);
}

static void find_constructors(Check *check) {
    const Facts *facts = check->before;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (facts->functions.items[i].flags & FUNCTION_CONSTRUCTOR)
            check->constructors[facts->functions.items[i].klass.index] = (FunctionId){i};
}

// ---- the new texts -------------------------------------------------------------------------------
static void add_file(Check *check, const PlannedFile *planned, const ModuleId *module_of_file) {
    Diagnostics said = {0};
    FileId text = sources_add_memory(&check->texts, planned->path, planned->after, &said);
    diagnostics_release(&said);
    NewFile *file = vec_push(&check->files);
    file->planned = planned;
    if (source_file(&check->texts, text)->state == SOURCE_READ) file->text = text;
    if (!planned->is_new) file->before = module_of_file[planned->file.index];
    if (fact_is(file->before)) check->file_of[file->before.index] = check->files.count;
}

static void add_files(Check *check) {
    const Facts *facts = check->before;
    const Plan *plan = check->input->plan;
    ModuleId *module_of_file =
        memory_alloc_zeroed(facts->sources->files.count + 1, sizeof *module_of_file);
    for (uint32_t i = 1; i < facts->modules.count; i++)
        module_of_file[facts->modules.items[i].file.index] = (ModuleId){i};
    for (uint32_t i = 0; i < plan->files.count; i++)
        if (check->input->language->accepts(plan->files.items[i].path))
            add_file(check, &plan->files.items[i], module_of_file);
    free(module_of_file);
}

static void check_open(Check *check, const CheckInput *input, Diagnostics *diagnostics) {
    const Facts *facts = input->facts;
    *check = (Check){.input = input, .before = facts, .diagnostics = diagnostics};
    check->parameter = intern_find(facts->names, input->parameter);
    find_rows(check);
    check->file_of = memory_alloc_zeroed(facts->modules.count, sizeof *check->file_of);
    check->calls = memory_alloc_zeroed(facts->calls.count, sizeof *check->calls);
    check->functions = memory_alloc_zeroed(facts->functions.count, sizeof *check->functions);
    check->classes = memory_alloc_zeroed(facts->classes.count, sizeof *check->classes);
    check->constructors = memory_alloc_zeroed(facts->classes.count, sizeof *check->constructors);
    find_constructors(check);
    add_files(check);
}

static void check_close(Check *check) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        NewFile *file = &check->files.items[i];
        if (file->text.index != 0) facts_release(&file->facts);
        diagnostics_release(&file->said);
        vec_release(&file->unbound);
    }
    vec_release(&check->files);
    sources_release(&check->texts);
    free(check->rows);
    free(check->file_of);
    free(check->calls);
    free(check->functions);
    free(check->classes);
    free(check->constructors);
    if (check->names) interner_free(check->names);
    vec_release(&check->modules);
    vec_release(&check->module_of_name);
    vec_release(&check->roots);
}

// Everything that one file can say alone; run for several files at once.
static void read_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Check *check = context;
    NewFile *file = &check->files.items[index];
    if (file->text.index == 0) return;
    facts_init(&file->facts, &check->texts);
    file->parsed =
        check->input->language->extract(&check->texts, file->text, &file->facts, &file->said);
    if (!file->parsed) return;
    file->parameter = intern_find(file->facts.names, check->input->parameter);
    if (fact_is(file->before)) check_match(check, file);
    check_find_unbound(check, file);
}

// Only files that parse are ever edited, so an error is one more than before.
static void check_syntax(Check *check) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        if (file->parsed) continue;
        Str path = file->planned->path;
        if (file->text.index == 0) {
            check_report(check, DIAGNOSTIC_E501, file, 0,
                         "the new bytes of '%.*s' cannot be decoded again", STR_ARG(path));
            continue;
        }
        uint32_t offset = file->said.list.count ? file->said.list.items[0].span.start : 0;
        LineColumn at = source_line_column(source_file(&check->texts, file->text), offset);
        check_report(check, DIAGNOSTIC_E501, file, offset,
                     "the new text of '%.*s' would not parse at its line %u", STR_ARG(path),
                     at.line);
    }
}

bool plan_check(const CheckInput *input, Diagnostics *diagnostics) {
    if (input->plan->files.count == 0) return true;
    Check check;
    check_open(&check, input, diagnostics);
    parallel_for(check.files.count, input->threads, read_one, &check);
    check_syntax(&check);
    if (check.faults == 0) {
        check_open_modules(&check);
        check_cycles(&check);
        check_arity(&check);
        check_names(&check);
        check_imports(&check);
    }
    check_report_rest(&check);
    bool good = check.faults == 0;
    check_close(&check);
    return good;
}
