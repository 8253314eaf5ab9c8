// The pipeline. In: options. Out: a plan, or as much of the way to it as a command needs.
// run_pipeline reads as the data flow of the whole program.
#include "cli/run.h"

#include <unistd.h>

#include "base/message.h"
#include "base/path.h"
#include "base/profile.h"
#include "cli/families.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/run_cache.h"
#include "cli/run_shards.h"
#include "edit/check.h"
#include "edit/weave.h"
#include "facts/dump.h"
#include "program/host_names.h"
#include "program/package_place.h"
#include "report/plan_dump.h"
#include "report/solution_dump.h"
#include "report/text.h"
#include "rule/expression.h"
#include "rule/load.h"
#include "rule/pack_file.h"

// ---- the stages ----------------------------------------------------------------------------------

// Before there are sources: which of them are read depends on it. A language that nobody knows is E407 once the rules
// are there to be shown.
static void choose_language(const Options *options) {
    Arena arena = {0};
    Str root = options->rules_root.length ? options->rules_root : options->sources.root;
    RuleOptions rules = {0};
    if (options->rules_need != RULES_NONE && path_real(&arena, root.length ? root : STR("."), &rules.root)) {
        for (uint32_t i = 0; i < options->packs.count; i++) vec_add(&rules.packs, options->packs.items[i]);
        languages_choose(rules_language(&rules, &arena));
        vec_release(&rules.packs);
    }
    arena_release(&arena);
}

static bool check_language(const Rules *rules, Diagnostics *diagnostics) {
    if (rules->language.length == 0 || languages_named(&weft_languages, rules->language)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E407, rules->language_span, "weft reads no language '%.*s'",
                   STR_ARG(rules->language));
    return false;
}

// Where a parameter cannot be optional, old callers need the old name.
static bool check_stage(const Rules *rules, const Options *options, Diagnostics *diagnostics) {
    bool texts = rules->language.length > 0 && rules->context.rename.length == 0;
    if (!texts || options->stage == STAGE_WHOLE) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E407, rules->context.span, "'context' lacks the key 'rename'");
    diagnostic_help(diagnostics, "--stage leaves each function that other files see under its old name beside the one "
                                 "that takes the context, which needs another one: 'rename: \"repo_{name}\"'");
    return false;
}

// A plugin without rules of its own has its host's.
static bool has_own_rules(const Run *run) {
    Arena arena = {0};
    Str path = path_join(&arena, run->sources.root, STR("weft.yml"));
    bool has = access(arena_copy(&arena, path).data, F_OK) == 0;
    arena_release(&arena);
    return has;
}

static bool load_rules(Run *run, const Options *options) {
    Str root = options->rules_root.length > 0 ? options->rules_root : run->sources.root;
    if (run->sources.host.length > 0 && options->rules_root.length == 0 && !has_own_rules(run))
        root = run->sources.host;
    RuleOptions rule_options = {.root = root,
                                .only_signatures = options->command == COMMAND_THREAD || options->uncompiled,
                                .shown = options->shown_rules};
    for (uint32_t i = 0; i < options->packs.count; i++)
        vec_add(&rule_options.packs, options->packs.items[i]);
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length > 0) rule_options.program_path = (Str){program, (size_t)length};
    bool good = options->rules_need == RULES_NONE ||
                (options->rules_need == RULES_OPTIONAL && !rules_found(&rule_options, &run->sources));
    run->has_rules = !good;
    if (good)
        rules_add_standard_forwarders(&run->rules);
    else
        good = rules_load(&rule_options, &run->sources, &run->rules, &run->diagnostics);
    good = check_language(&run->rules, &run->diagnostics) && good;
    good = check_stage(&run->rules, options, &run->diagnostics) && good;
    vec_release(&rule_options.packs);
    if (options->has_mode) run->rules.context.mode = options->mode;
    if (options->stage == STAGE_EXPAND) run->rules.context.mode = MODE_OPTIONAL;
    if (options->stage == STAGE_CONTRACT) run->rules.context.mode = MODE_REQUIRED;
    return good;
}

static bool compile_patterns(Run *run) {
    if (run->rules.patterns.list.count == 0) return true;
    run->patterns =
        languages_patterns()->compile(&run->rules.patterns, &run->sources, &run->diagnostics);
    return run->patterns != NULL;
}

static bool some_glob_fits(const Str *globs, uint32_t count, Str path) {
    for (uint32_t i = 0; i < count; i++)
        if (path_glob(globs[i], path)) return true;
    return false;
}

// Some are about files of the tree; rules have had their say already and keep it.
static bool is_about_a_file(const Diagnostic *diagnostic) {
    return diagnostic_code_group(diagnostic->code) == GROUP_FILE && diagnostic->span.file.index != 0;
}

// What was said of files that turn out to be no part of the tree is forgotten.
static void forget_excluded(const Sources *sources, Diagnostics *diagnostics) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = &diagnostics->list.items[i];
        if (!is_about_a_file(diagnostic) ||
            !source_file(sources, diagnostic->span.file)->auxiliary) {
            diagnostics->list.items[kept++] = *diagnostic;
        } else if (diagnostic->severity == SEVERITY_ERROR) {
            diagnostics->error_count--;
            diagnostics->unreadable_count--;
        }
    }
    diagnostics->list.count = kept;
}

// Whether FILE is RUNTIME as an earlier run wrote it, and below which folder.
static bool is_written_runtime(const SourceFile *file, const RuntimeFile *runtime, Str *folder) {
    if (!str_ends_with(file->path, runtime->path) || !str_equal(file->raw, runtime->bytes))
        return false;
    size_t before = file->path.length - runtime->path.length;
    *folder = before > 0 ? str_slice(file->path, 0, before - 1) : STR_NONE;
    return before == 0 || file->path.data[before - 1] == '/';
}

// A file that the pack brings, at its place or, as an earlier run wrote it, below an import root.
static bool is_runtime(const Rules *rules, const SourceFile *file) {
    Str folder;
    bool runtime = some_glob_fits(rules->runtime_places.items, rules->runtime_places.count, file->path);
    for (uint32_t i = 0; !runtime && i < rules->runtime.count; i++)
        runtime = is_written_runtime(file, &rules->runtime.items[i], &folder);
    return runtime;
}

// Where an earlier run has put the runtime it stays, whatever imports are left that show the way. Else it goes where
// they lead.
static Str find_runtime_folder(Run *run) {
    const Rules *rules = &run->rules;
    Str folder;
    for (uint32_t i = 1; i < run->sources.files.count; i++)
        for (uint32_t k = 0; k < rules->runtime.count; k++)
            if (run->sources.files.items[i].auxiliary &&
                is_written_runtime(&run->sources.files.items[i], &rules->runtime.items[k], &folder))
                return folder;
    return program_package_place(&run->rules.arena, &run->program, rules->runtime_package);
}

// Files that the rules leave out are not edited. They keep their ids, which spans of rules
// follow.
static void exclude_files(Run *run, bool read_left_out) {
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        SourceFile *file = &run->sources.files.items[i];
        const Rules *rules = &run->rules;
        if (file->auxiliary && !file->hosted) continue;
        bool runtime = is_runtime(rules, file);
        if (file->hosted) {
            file->left_out = !runtime;
            continue;
        }
        if (!runtime && !some_glob_fits(rules->exclude.items, rules->exclude.count, file->path))
            continue;
        file->auxiliary = true;
        file->left_out = read_left_out && !runtime; // what the pack brings is as the pack says
        run->sources.unsorted = true; // a search must look at the mark
    }
    forget_excluded(&run->sources, &run->diagnostics);
}

void run_build_program(Run *run) {
    program_build(&run->program, &run->facts, &run->rules);
    rules_move_runtime(&run->rules, find_runtime_folder(run));
    host_names_follow(&run->program, &run->rules);
}

static bool extract_facts(Run *run, const Options *options) {
    uint32_t errors = run->diagnostics.error_count - run->diagnostics.unreadable_count;
    languages_load(&run->sources, &run->rules, run->patterns, options->sources.threads,
                   options->uncompiled, &run->facts, &run->diagnostics);
    // Matches that were not found would be changes that are not made.
    if (run->diagnostics.error_count - run->diagnostics.unreadable_count > errors) return false;
    run_build_program(run);
    return true;
}

bool run_solve(Run *run, const Options *options) {
    uint32_t errors = run->diagnostics.error_count;
    run->before_solving = run->diagnostics.list.count;
    SolveOptions solve_options = {.families = run->families,
                                  .contract = options->stage == STAGE_CONTRACT,
                                  .expand = options->stage == STAGE_EXPAND,
                                  .taken_back = &run->taken_back};
    profile_enter("solve");
    run->solver = solve_context(&run->program, &solve_options, &run->solution, &run->diagnostics);
    profile_leave();
    return run->diagnostics.error_count == errors; // a rule may be wrong about the tree
}

bool run_check_plan(Run *run, const Options *options, const Solution *solution, const Plan *plan,
                    Diagnostics *diagnostics) {
    CheckInput check = {&run->program, solution, languages_chosen(), plan, options->sources.threads,
                        NULL};
    return plan_check(&check, diagnostics);
}

bool run_make_plan(Run *run, const Options *options, const Solution *solution, Plan *plan,
                   PlanFaults *faults, Diagnostics *diagnostics) {
    profile_enter("weave");
    weave_edits(&run->program, solution, &plan->edits);
    profile_leave();
    CheckInput check = {&run->program, solution, languages_chosen(), plan, options->sources.threads,
                        faults};
    profile_enter("write texts");
    plan->nameless = run->nameless;
    bool good = weave_finish(&run->program, &plan->edits, faults, diagnostics) &&
                plan_build(&run->sources, &run->rules, plan, faults, diagnostics);
    profile_leave();
    if (!good) return false;
    profile_enter("post-check");
    good = plan_check(&check, diagnostics);
    profile_leave();
    return good;
}

// Rule files count as an editor has them, too.
static void use_buffers_of_rules(const Options *options, Arena *arena) {
    Vec(PackText) texts = {0};
    for (uint32_t i = 0; i < options->sources.buffer_count; i++) {
        const SourceBuffer *buffer = &options->sources.buffers[i];
        if (str_ends_with(buffer->path, STR(".yml")))
            vec_add(&texts, ((PackText){path_join(arena, options->sources.root, buffer->path), buffer->text}));
    }
    PackText *list = arena_array(arena, PackText, texts.count + 1);
    if (texts.count > 0) memcpy(list, texts.items, texts.count * sizeof *list);
    pack_file_use_texts(list, texts.count);
    vec_release(&texts);
}

static bool begin(Run *run, const Options *options, RunStop stop) {
    *run = (Run){.resident = options->resident, .nameless = options->resident != NULL};
    if (options->profile) profile_start();
    SourceOptions sources = options->sources; // borrows its lists
    sources.read_left_out = stop >= RUN_TO_SOLUTION || stop == RUN_TO_PROGRAM;
    sources.beside = languages_beside;
    choose_language(options);
    profile_enter("read sources");
    bool good = sources_load(&sources, &run->sources, &run->diagnostics);
    profile_leave();
    if (!good) return false;
    if (!str_equal(options->rules_root, run->sources.root)) run->sources.built = options->rules_root;
    profile_enter("load rules");
    good = load_rules(run, options) && families_choose(run, options) &&
           rules_check_expressions(&run->rules, languages_chosen(), &run->diagnostics) && compile_patterns(run);
    profile_leave();
    if (!good) return false;
    exclude_files(run, sources.read_left_out);
    if (sources.read_left_out) languages_embed(&run->sources);
    if (sources.read_left_out) languages_add_compiled(&run->sources, &run->rules);
    if (!run_shards_open(run, options)) return false;
    run_cache_open(run, options);
    return true;
}

bool run_begin(Run *run, const Options *options, RunStop stop) {
    Arena arena = {0};
    use_buffers_of_rules(options, &arena);
    bool good = begin(run, options, stop);
    pack_file_use_texts(NULL, 0);
    arena_release(&arena);
    return good;
}

static bool is_given_up(Run *run, const Options *options) {
    run->given_up = run->given_up || (options->given_up != NULL && options->given_up(options->given_up_data));
    return run->given_up;
}

bool run_go_on(Run *run, const Options *options, RunStop stop) {
    if (run_cache_find(run, stop)) return true;
    if (is_given_up(run, options) || !extract_facts(run, options)) return false;
    if (stop == RUN_TO_FACTS || stop == RUN_TO_PROGRAM) return true;
    if (is_given_up(run, options) || !run_solve(run, options) || is_given_up(run, options)) return false;
    if (stop == RUN_TO_PLAN) return run_make_safe_plan(run, options);
    if (stop == RUN_TO_SOLUTION || stop == RUN_TO_PARTS) run_make_solution_safe(run, options);
    return true;
}

bool run_pipeline(Run *run, const Options *options, RunStop stop) {
    return run_begin(run, options, stop) && run_go_on(run, options, stop);
}

void run_release(Run *run) {
    run_cache_close(run);
    shard_free(run->given);
    plan_release(&run->plan);
    solution_release(&run->part);
    solution_release(&run->solution);
    vec_release(&run->taken_back);
    arena_release(&run->taken_texts);
    if (run->patterns) languages_patterns()->free(run->patterns);
    program_release(&run->program);
    rules_release(&run->rules);
    facts_release(&run->facts);
    if (run->resident != NULL && run->sources.files.count > 0)
        resident_end(run->resident, &run->sources);
    else
        sources_release(&run->sources);
    diagnostics_release(&run->diagnostics);
}

// ---- after the stages ----------------------------------------------------------------------------

// A rule of the tree itself, weft.yml for one, which is written for this version of it.
static bool is_own_rule(const Sources *sources, const Diagnostic *diagnostic) {
    Str path = source_file(sources, diagnostic->span.file)->path;
    return !str_starts_with(path, STR("/"));
}

// Refused and bridged sites, and rules for other versions of the tree: one line sums them up unless
// they are asked for.
static bool is_summed_up(const Sources *sources, const Diagnostic *diagnostic) {
    bool unparsed = diagnostic->span.file.index != 0 &&
                    source_file(sources, diagnostic->span.file)->state == SOURCE_UNPARSABLE;
    if (diagnostic->code == DIAGNOSTIC_W306 && unparsed) return false; // of an error that is shown
    if (diagnostic->code == DIAGNOSTIC_W216 && diagnostic->note.length > 0) return false; // a place
    return diagnostic_code_is_site(diagnostic->code) ||
           (diagnostic->code == DIAGNOSTIC_W408 && !is_own_rule(sources, diagnostic));
}

static bool is_shown(const Run *run, const Options *options, const Diagnostic *diagnostic) {
    if (diagnostic->severity == SEVERITY_ERROR) return true;
    if (options->verbosity < 0) return false;
    return options->verbosity > 0 || !is_summed_up(&run->sources, diagnostic);
}

static uint32_t count_code(const Run *run, DiagnosticCode code) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < run->diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &run->diagnostics.list.items[i];
        if (diagnostic->code == code && is_summed_up(&run->sources, diagnostic)) count++;
    }
    return count;
}

// "weft: 4 sites refused, 3 bridged, 2 calls in doubt; run with -v to list them"
static void print_summary(const Run *run) {
    const struct {
        uint32_t count;
        const char *one, *many;
    } parts[] = {
        {run->solution.outcome_counts[OUTCOME_REFUSED], "site refused", "sites refused"},
        {run->solution.outcome_counts[OUTCOME_BRIDGED], "site bridged", "sites bridged"},
        {run->taken_back.count, "place taken back", "places taken back"},
        {count_code(run, DIAGNOSTIC_W304) + count_code(run, DIAGNOSTIC_W305) +
             count_code(run, DIAGNOSTIC_W306),
         "call in doubt", "calls in doubt"},
        {count_code(run, DIAGNOSTIC_W312), "place without its context",
         "places without their context"},
        {count_code(run, DIAGNOSTIC_W314), "path shared by tenants", "paths shared by tenants"},
        {count_code(run, DIAGNOSTIC_W311), "test in doubt", "tests in doubt"},
        {count_code(run, DIAGNOSTIC_W408), "rule without a match", "rules without a match"},
    };
    StrBuf line = {0}, fitted = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].count) continue;
        message_add(&line, "%s%u %s", line.length > 0 ? ", " : "weft: ", parts[i].count,
                    parts[i].count == 1 ? parts[i].one : parts[i].many);
    }
    if (line.length > 0) message_add(&line, "; run with -v to list them\n");
    text_add_fitted(&fitted, strbuf_str(&line), output_columns(stderr));
    if (fitted.length > 0) fwrite(fitted.data, 1, fitted.length, stderr);
    strbuf_release(&line);
    strbuf_release(&fitted);
}

void run_print_diagnostics(Run *run, const Options *options) {
    fflush(stdout); // what was printed before stands before, also where both go to one file
    diagnostics_sort(&run->diagnostics, &run->sources);
    Diagnostics shown = {0}; // borrows the texts
    for (uint32_t i = 0; i < run->diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &run->diagnostics.list.items[i];
        if (is_shown(run, options, diagnostic)) vec_add(&shown.list, *diagnostic);
    }
    diagnostics_render(&shown, &run->sources, SEVERITY_NOTE, output_color(options->color, stderr),
                       stderr);
    vec_release(&shown.list);

    // Of one file an editor wants to know what is said of it.
    if (options->verbosity == 0 && options->sources.buffer_path.length == 0) print_summary(run);
}

RunStop run_stop(const Options *options, RunStop stop) {
    switch (options->dump) {
    case DUMP_FACTS: return RUN_TO_FACTS;
    case DUMP_SOLUTION: return RUN_TO_SOLUTION;
    case DUMP_PLAN: return RUN_TO_PLAN;
    case DUMP_NONE: break;
    }
    return stop;
}

static void print_facts(const Facts *facts) {
    StrBuf text = {0};
    facts_dump(facts, &text);
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

bool run_dump(const Run *run, const Options *options) {
    switch (options->dump) {
    case DUMP_NONE: return false;
    case DUMP_FACTS: print_facts(&run->facts); break;
    case DUMP_SOLUTION: solution_dump(&run->program, &run->solution, stdout); break;
    case DUMP_PLAN: plan_dump(&run->plan, &run->sources, stdout); break;
    }
    return true;
}

int run_status(const Run *run, bool good, bool found) {
    const Diagnostics *diagnostics = &run->diagnostics;
    bool only_files = diagnostics->error_count <= diagnostics->unreadable_count;
    if (!good || !only_files) return EXIT_WRONG;
    if (diagnostics->unreadable_count > 0) return EXIT_INCOMPLETE;
    return found ? EXIT_FOUND : EXIT_DONE;
}

// What --profile asks for. False when its file cannot be written.
static bool write_profile(const Run *run, const Options *options) {
    enum { FILE_MODE = 0644 };
    StrBuf text = {0};
    Diagnostics said = {0};
    bool good = true;
    if (options->profile_trace.length > 0) {
        profile_write_trace(&text);
        good = output_write(options->sources.root, options->profile_trace, strbuf_str(&text), FILE_MODE, &said);
        diagnostics_render(&said, &run->sources, SEVERITY_ERROR, output_color(options->color, stderr), stderr);
    } else {
        profile_write_text(&text);
        fwrite(text.data, 1, text.length, stderr);
    }
    strbuf_release(&text);
    diagnostics_release(&said);
    profile_stop();
    return good;
}

int run_end(Run *run, Options *options, bool good, bool found) {
    if (!output_finish()) good = false;
    if (options->stats) run_shards_show_counts(run);
    if (profile_is_on() && !write_profile(run, options)) good = false;
    int status = run_status(run, good, found);
    run_release(run);
    options_release(options);
    return status;
}
