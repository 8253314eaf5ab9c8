// Trials. In: one test of a pack. Out: a verdict with its reasons. The tree lies in a temporary folder,
// so that the journal and a rollback are those that users have.
#include "cli/rule_trial.h"

#include <errno.h>
#include <ftw.h>
#include <unistd.h>

#include "apply/apply.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/languages.h"
#include "cli/run.h"
#include "patch/diff.h"

enum { FILE_MODE = 0644, OPEN_FOLDERS = 16, DIFF_CONTEXT = 3 };

// ---- the folder ----------------------------------------------------------------------------------

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static bool make_tree(Trial *trial, char *folder) {
    if (mkdtemp(folder) == NULL) return false;
    for (uint32_t i = 0; i < trial->test->before.count; i++) {
        const TestFile *file = &trial->test->before.items[i];
        Str path = path_join(&trial->arena, str_from(folder), file->path);
        if (!file_replace(path, file->text, FILE_MODE)) return false;
    }
    return true;
}

// ---- faults --------------------------------------------------------------------------------------

static void fail(Trial *trial, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void fail(Trial *trial, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    strbuf_add_text(&trial->fault, "    ");
    message_addv(&trial->fault, format, arguments);
    strbuf_add_char(&trial->fault, '\n');
    va_end(arguments);
    trial->passed = false;
    trial->broken = true;
}

static void add_indented(StrBuf *out, Str text) {
    for (Str line; str_split_next(&text, '\n', &line);) {
        if (text.length == 0 && line.length == 0) break;
        strbuf_addf(out, "    %.*s\n", STR_ARG(line));
    }
}

static void add_stream(StrBuf *out, void (*write)(const void *, FILE *), const void *what) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    if (stream == NULL) memory_gone(0);
    write(what, stream);
    if (fclose(stream) != 0) memory_gone(0);
    add_indented(out, (Str){bytes, length});
    free(bytes);
}

static void write_errors(const void *what, FILE *out) {
    const Run *run = what;
    diagnostics_render(&run->diagnostics, &run->sources, SEVERITY_ERROR, false, out);
}

static void write_difference(const void *what, FILE *out) {
    diff_write(what, DIFF_CONTEXT, DIFF_SHOWN, out);
}

// How ACTUAL differs from what the test expects.
static void show_difference(Trial *trial, Str path, Str expected, Str actual) {
    PlannedFile file = {.path = path, .before = expected, .after = actual, .mode = FILE_MODE};
    Plan plan = {0};
    vec_add(&plan.files, file);
    plan_identify(&plan);
    message_add(&trial->fault, "    '%.*s' is not as expected (- expected, + made):\n",
                STR_ARG(path));
    add_stream(&trial->fault, write_difference, &plan);
    vec_release(&plan.files);
    trial->passed = false;
    trial->differs = true;
}

// ---- verdicts ------------------------------------------------------------------------------------

static const TestFile *find_file(const TestFiles *files, Str path) {
    for (uint32_t i = 0; i < files->count; i++)
        if (str_equal(files->items[i].path, path)) return &files->items[i];
    return NULL;
}

static bool is_runtime(const Rules *rules, Str path) {
    for (uint32_t i = 0; i < rules->runtime.count; i++)
        if (str_equal(rules->runtime.items[i].path, path)) return true;
    return false;
}

// The tree afterwards without what the pack's runtime adds: in a folder test all of it, else the files
// that changed.
static void collect_after(Trial *trial, const Run *run) {
    bool all = trial->test->folder.length > 0;
    TestFiles changed = {0};
    for (uint32_t i = 0; i < run->plan.files.count; i++) {
        const PlannedFile *file = &run->plan.files.items[i];
        if (file->is_new && is_runtime(&run->rules, file->path) &&
            find_file(&trial->test->expect, file->path) == NULL)
            continue;
        TestFile copy = {arena_copy(&trial->arena, file->path),
                         arena_copy(&trial->arena, file->after)};
        vec_add(&changed, copy);
    }
    for (uint32_t i = 0; all && i < trial->test->before.count; i++)
        if (find_file(&changed, trial->test->before.items[i].path) == NULL)
            vec_add(&trial->after, trial->test->before.items[i]);
    for (uint32_t i = 0; i < changed.count; i++) vec_add(&trial->after, changed.items[i]);
    vec_release(&changed);
}

// What PATH is afterwards; NULL when it is not there.
static const TestFile *file_after(const Trial *trial, Str path) {
    const TestFile *file = find_file(&trial->after, path);
    return file != NULL ? file : find_file(&trial->test->before, path);
}

static void judge_files(Trial *trial) {
    const RuleTest *test = trial->test;
    bool says_nothing = !test->unchanged && test->expect.count == 0;
    if (says_nothing && test->checks_refused) return;
    for (uint32_t i = 0; i < test->expect.count; i++) {
        const TestFile *expected = &test->expect.items[i];
        const TestFile *actual = file_after(trial, expected->path);
        if (actual == NULL || !str_equal(actual->text, expected->text))
            show_difference(trial, expected->path, expected->text,
                            actual != NULL ? actual->text : STR_NONE);
    }
    for (uint32_t i = 0; i < trial->after.count; i++) {
        const TestFile *actual = &trial->after.items[i];
        const TestFile *before = find_file(&test->before, actual->path);
        if (find_file(&test->expect, actual->path) != NULL) continue;
        if (before != NULL && str_equal(before->text, actual->text)) {
            // Unchanged, as it says by its absence; in a folder test it should be there.
            if (test->folder.length > 0 && !test->unchanged)
                show_difference(trial, actual->path, STR_NONE, actual->text);
            continue;
        }
        show_difference(trial, actual->path, before != NULL ? before->text : STR_NONE,
                        actual->text);
    }
}

static bool reports(const Run *run, DiagnosticCode code) {
    for (uint32_t i = 0; i < run->diagnostics.list.count; i++)
        if (run->diagnostics.list.items[i].code == code) return true;
    return false;
}

static bool expects(const RuleTest *test, const char *code) {
    for (uint32_t i = 0; i < test->refused.count; i++)
        if (str_is(test->refused.items[i], code)) return true;
    return false;
}

static void judge_refusals(Trial *trial, const Run *run) {
    if (!trial->test->checks_refused) return;
    for (int code = 0; code < DIAGNOSTIC_CODE_COUNT; code++) {
        const char *name = diagnostic_code_name((DiagnosticCode)code);
        bool found = reports(run, (DiagnosticCode)code), wanted = expects(trial->test, name);
        bool refuses = diagnostic_code_group((DiagnosticCode)code) == GROUP_REFUSED;
        if (!refuses || found == wanted) continue;
        fail(trial,
             found ? "%s was reported and is not in 'refused'"
                   : "%s is in 'refused' and was not reported",
             name);
    }
}

// ---- the way there and back ----------------------------------------------------------------------

static bool apply(Trial *trial, Run *run) {
    PlanMaker maker;
    StrBuf document = {0};
    ApplyReport report;
    ApplyControl control = {
        .command = STR("weft rules test"), .no_sync = true, .allow_dirty = true};
    run_describe_maker(run, &maker);
    plan_write(&run->plan, &maker, &document);
    ApplyResult result = apply_plan(run->sources.root, &run->plan, strbuf_str(&document), &control,
                                    &report, &run->diagnostics);
    plan_maker_release(&maker);
    strbuf_release(&document);
    if (result == APPLY_DONE) return true;
    fail(trial, "the change cannot be applied");
    add_stream(&trial->fault, write_errors, run);
    return false;
}

static void judge_second_run(Trial *trial, const Options *options) {
    Run run;
    if (!run_pipeline(&run, options, RUN_TO_PLAN)) {
        fail(trial, "the tree cannot be read any more after the change");
        add_stream(&trial->fault, write_errors, &run);
    } else if (run.plan.files.count > 0) {
        fail(trial, "a second run changes %u file%s again:", run.plan.files.count,
             run.plan.files.count == 1 ? "" : "s");
        add_stream(&trial->fault, write_difference, &run.plan);
    }
    run_release(&run);
}

static void judge_rollback(Trial *trial, Run *run) {
    ApplyReport report;
    ApplyControl control = {.command = STR("weft rules test"), .no_sync = true};
    ApplyResult result =
        apply_rollback(run->sources.root, 0, &(UndoHow){0}, &control, &report, &run->diagnostics);
    if (result != APPLY_DONE) {
        fail(trial, "the change cannot be taken back");
        add_stream(&trial->fault, write_errors, run);
        return;
    }
    for (uint32_t i = 0; i < run->plan.files.count; i++) {
        const PlannedFile *file = &run->plan.files.items[i];
        Str path = path_join(&trial->arena, run->sources.root, file->path), bytes = STR_NONE;
        FileResult found = file_read(&trial->arena, path, 0, &bytes, NULL);
        bool good = file->is_new ? found == FILE_MISSING
                                 : found == FILE_OK && str_equal(bytes, file->before);
        if (!good)
            fail(trial, "taking the change back does not restore '%.*s'", STR_ARG(file->path));
    }
}

static void judge(Trial *trial, Run *run, const Options *options) {
    if (!run_pipeline(run, options, RUN_TO_PLAN)) {
        fail(trial, "weft stops with an error:");
        add_stream(&trial->fault, write_errors, run);
        return;
    }
    collect_after(trial, run);
    judge_files(trial);
    judge_refusals(trial, run);
    if (run->plan.files.count == 0 || !apply(trial, run)) return;
    judge_second_run(trial, options);
    judge_rollback(trial, run);
}

void trial_run(Trial *trial, const Options *options) {
    const char *place = getenv("TMPDIR");
    Str name = arena_format(&trial->arena, "%s/weft-test-XXXXXX", place ? place : "/tmp");
    char *folder = memory_alloc(name.length + 1);
    memcpy(folder, name.data, name.length + 1);
    trial->passed = true;
    if (!make_tree(trial, folder)) {
        fail(trial, "cannot make the tree in '%s': %s", folder, strerror(errno));
    } else {
        Run run = {0};
        Options own = *options;
        own.no_cache = true; // the tree is there for this once
        own.sources = (SourceOptions){
            .root = str_from(folder), .accepts = languages_accept, .threads = 1};
        own.packs.items = (Str[]){trial->pack->file};
        own.packs.count = 1;
        judge(trial, &run, &own);
        run_release(&run);
    }
    (void)nftw(folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

void trial_release(Trial *trial) {
    strbuf_release(&trial->fault);
    vec_release(&trial->after);
    arena_release(&trial->arena);
}
