// The post-check. In: a plan, and the tree it was made for. Out: errors, or none. Judges the bytes
// that would be written, decoded and parsed anew; never repairs anything. E501 is here, the other
// checks have files of their own.
#include "edit/check.h"

#include "base/bug.h"
#include "base/parallel.h"
#include "edit/check_internal.h"
#include "facts/counts.h"

// ---- the tree before -----------------------------------------------------------------------------
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
        if (languages_find(check->input->languages, plan->files.items[i].path))
            add_file(check, &plan->files.items[i], module_of_file);
    free(module_of_file);
}

static void check_open(Check *check, const CheckInput *input, Diagnostics *diagnostics) {
    const Facts *facts = input->program->facts;
    *check = (Check){.input = input, .before = facts, .diagnostics = diagnostics};
    check->parameter = intern_find(facts->names, input->program->rules->context.parameter);
    check->rows = module_rows_find(facts);
    check->file_of = memory_alloc_zeroed(facts->modules.count, sizeof *check->file_of);
    check->calls = memory_alloc_zeroed(facts->calls.count, sizeof *check->calls);
    check->functions = memory_alloc_zeroed(facts->functions.count, sizeof *check->functions);
    check->classes = memory_alloc_zeroed(facts->classes.count, sizeof *check->classes);
    check->constructors = memory_alloc_zeroed(facts->classes.count, sizeof *check->constructors);
    find_constructors(check);
    check->texts.cache = facts->sources->cache;
    check->texts.facts = facts->sources->facts;
    if (facts->sources->counts) check->texts.counts = facts->sources->counts + 1;
    add_files(check);
}

static void check_close(Check *check) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        NewFile *file = &check->files.items[i];
        if (file->text.index != 0) check_release_file(file);
        diagnostics_release(&file->said);
        unbound_release(&file->unbound);
    }
    vec_release(&check->files);
    sources_release(&check->texts);
    free(check->rows);
    free(check->file_of);
    free(check->calls);
    free(check->functions);
    free(check->classes);
    free(check->constructors);
    module_pairs_release(&check->pairs);
}

// ---- side by side --------------------------------------------------------------------------------
static ModuleSide new_side(const NewFile *file) {
    return module_side(&file->facts, (ModuleId){1}, NULL);
}

// Needs every new text parsed.
static void pair_modules(Check *check) {
    const Facts *facts = check->before;
    module_pairs_init(&check->pairs);
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        ModuleSide old = module_side(facts, (ModuleId){i}, check->rows);
        const NewFile *file = check_file_of(check, (ModuleId){i});
        module_pairs_add(&check->pairs, old, file ? new_side(file) : old, file != NULL);
    }
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        if (!fact_is(file->before))
            module_pairs_add(&check->pairs, (ModuleSide){0}, new_side(file), true);
    }
    module_pairs_add_roots(&check->pairs, facts);
}

const NewFile *check_file_of_pair(const Check *check, uint32_t pair) {
    const Facts *facts = check->pairs.list.items[pair].after.facts;
    for (uint32_t i = 0; i < check->files.count; i++)
        if (&check->files.items[i].facts == facts) return &check->files.items[i];
    BUG("module %u does not change", pair);
}

// ---- the check -----------------------------------------------------------------------------------
// What did not change need not be read again.
static bool read_facts(const Check *check, const Language *language, NewFile *file) {
    if (!fact_is(file->before))
        return facts_extract_file(language, &check->texts, file->text, NULL, &file->facts, &file->said);
    const Edit *edits = check->input->plan->edits.list.items + file->planned->first_edit;
    Vec(TextChange) changes = {0};
    for (uint32_t i = 0; i < file->planned->edit_count; i++)
        vec_add(&changes, ((TextChange){edits[i].start, edits[i].end, (uint32_t)edits[i].text.length}));
    OldText old = {check->before, file->before, changes.items, changes.count};
    bool good = facts_extract_again(language, &check->texts, file->text, &old, &file->facts, &file->said);
    vec_release(&changes);
    return good;
}

// Everything that one file can say alone; run for several files at once.
static void read_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Check *check = context;
    NewFile *file = &check->files.items[index];
    if (file->text.index == 0) return;
    const Language *language = languages_find(check->input->languages, file->planned->path);
    file->parsed = read_facts(check, language, file);
    if (!file->parsed) return;
    file->parameter =
        intern_find(file->facts.names, check->input->program->rules->context.parameter);
    if (fact_is(file->before)) check_match(check, file);
    check_find_unbound(check, file);
    check_keep_little(file);
}

// One that the rules bring: what is named in it is not to be had.
static void report_new_file(Check *check, const NewFile *file, uint32_t offset, uint32_t line) {
    Decisions causes = {0};
    check_find_users_of_file(check, file, &causes);
    Blame blame = check_blame(&causes);
    blame.new_file = true;
    check_report(check, DIAGNOSTIC_E501, blame, file, offset,
                 "the new text of '%.*s' would not parse at its line %u",
                 STR_ARG(file->planned->path), line);
    check_blame_others(check, &causes);
    vec_release(&causes);
}

// Only files that parse are ever edited, so an error is one more than before.
static void check_syntax(Check *check) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        if (file->parsed) continue;
        Str path = file->planned->path;
        if (file->text.index == 0) {
            check_report(check, DIAGNOSTIC_E501, BLAME_NEAREST, file, 0,
                         "the new bytes of '%.*s' cannot be decoded again", STR_ARG(path));
            continue;
        }
        uint32_t offset = file->said.list.count ? file->said.list.items[0].span.start : 0;
        LineColumn at = source_line_column(source_file(&check->texts, file->text), offset);
        if (file->planned->is_new) {
            report_new_file(check, file, offset, at.line);
            continue;
        }
        check_report(check, DIAGNOSTIC_E501, BLAME_NEAREST, file, offset,
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
        pair_modules(&check);
        check_cycles(&check);
        check_arity(&check);
        check_names(&check);
        check_imports(&check);
        if (check.faults == 0) check_compile(&check);
    }
    check_report_rest(&check);
    bool good = check.faults == 0;
    check_close(&check);
    return good;
}
