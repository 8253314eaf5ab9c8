// `weft rules`: lists, shows, checks, tests, begins and moves rule packs. Writes nothing but what `new` and
// `test --accept` are asked for.
#include <errno.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/message.h"
#include "base/parallel.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/rule_trial.h"
#include "cli/rules_options.h"
#include "cli/rules_upgrade.h"
#include "cli/rules_schema.inc"
#include "cli/run.h"
#include "cli/starter.inc"
#include "cli/starter_c.inc"
#include "report/diagnostic_json.h"
#include "report/json_value.h"
#include "report/text.h"
#include "solve/rule_fit.h"

enum { FILE_MODE = 0644 };

// What every command needs to find packs.
typedef struct Finder {
    Arena arena;
    RuleOptions options;
    Packs packs;
} Finder;

static bool find_packs(Finder *finder, const Options *options, Diagnostics *diagnostics) {
    Str folder = options->sources.root.length > 0 ? options->sources.root : STR(".");
    if (!path_real(&finder->arena, folder, &finder->options.root)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                       STR_ARG(folder), strerror(errno));
        return false;
    }
    finder->options.program_path = STR("/proc/self/exe");
    packs_list(&finder->arena, &finder->options, &finder->packs);
    packs_read(&finder->arena, &finder->packs);
    return true;
}

static void finder_release(Finder *finder) {
    packs_release(&finder->packs);
    arena_release(&finder->arena);
}

static void print_diagnostics(Diagnostics *diagnostics, const Sources *sources,
                              const Options *options) {
    diagnostics_sort(diagnostics, sources);
    diagnostics_render(diagnostics, sources,
                       options->verbosity < 0 ? SEVERITY_ERROR : SEVERITY_NOTE,
                       output_color(options->color, stderr), stderr);
}

// ---- list ----------------------------------------------------------------------------------------

static json_t *modules_json(const Detection *detection) {
    json_t *modules = json_array();
    for (uint32_t i = 0; i < detection->count; i++)
        if (detection->items[i].kind == CLUE_MODULE) json_add(modules, json_text(detection->items[i].text));
    return modules;
}

static void list_json(const Packs *packs) {
    json_t *root = json_object(), *list = json_array();
    for (uint32_t i = 0; i < packs->count; i++) {
        const Pack *pack = &packs->items[i];
        json_t *entry = json_object(), *versions = json_array();
        for (uint32_t v = 0; v < pack->versions.count; v++)
            json_add(versions, json_text(pack->versions.items[v].name));
        json_put(entry, "name", json_text(pack->name));
        json_put(entry, "file", json_text(pack->file));
        json_put(entry, "modules", modules_json(&pack->own));
        json_put(entry, "versions", versions);
        json_put(entry, "broken", json_boolean(pack->broken));
        json_add(list, entry);
    }
    json_put(root, "schema_version", json_integer(1));
    json_put(root, "packs", list);
    json_write(root, 2, stdout);
}

static void list_text(const Packs *packs) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < packs->count; i++) {
        const Pack *pack = &packs->items[i];
        text_add_shown(&text, pack->name);
        strbuf_add_text(&text,
                        message_text(pack->broken ? "  (cannot be read: weft rules check)" : ""));
        strbuf_add_text(&text, "\n  ");
        text_add_shown(&text, pack->file);
        strbuf_add_text(&text, message_text(pack->own.count > 0 ? "\n  for trees with " : ""));
        for (uint32_t m = 0; m < pack->own.count; m++) {
            if (m > 0) strbuf_add_text(&text, ", ");
            text_add_shown(&text, pack->own.items[m].text);
        }
        strbuf_add_text(&text, message_text(pack->versions.count > 0 ? "\n  versions: " : ""));
        for (uint32_t v = 0; v < pack->versions.count; v++) {
            if (v > 0) strbuf_add_text(&text, "; ");
            text_add_shown(&text, pack->versions.items[v].name);
        }
        strbuf_add_char(&text, '\n');
    }
    pager_start();
    if (text.length > 0) fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

static int list(const RulesOptions *options) {
    Finder finder = {0};
    Diagnostics diagnostics = {0};
    Sources none = {0};
    bool good = find_packs(&finder, &options->base, &diagnostics);
    if (good && options->base.format == FORMAT_JSON) list_json(&finder.packs);
    if (good && options->base.format == FORMAT_TEXT) list_text(&finder.packs);
    print_diagnostics(&diagnostics, &none, &options->base);
    finder_release(&finder);
    diagnostics_release(&diagnostics);
    return good && output_finish() ? EXIT_DONE : EXIT_WRONG;
}

// ---- check ---------------------------------------------------------------------------------------

// Rules that the tree does not fit are W408; everything else that a run says is not about rules.
static void keep_rules_only(Diagnostics *diagnostics) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = &diagnostics->list.items[i];
        DiagnosticGroup group = diagnostic_code_group(diagnostic->code);
        if (group == GROUP_RULE || group == GROUP_USE || diagnostic->code == DIAGNOSTIC_E100)
            diagnostics->list.items[kept++] = *diagnostic;
    }
    diagnostics->list.count = kept;
}

static void check_json(Run *run, bool good) {
    json_t *root = json_object();
    const Rules *rules = &run->rules;
    diagnostics_sort(&run->diagnostics, &run->sources);
    json_put(root, "schema_version", json_integer(1));
    json_put(root, "good", json_boolean(good));
    json_put(root, "pack", json_text_or_null(rules->pack));
    json_put(root, "sinks", json_integer(rules->sinks.count));
    json_put(root, "carriers", json_integer(rules->carriers.count));
    json_put(root, "boundaries", json_integer(rules->boundaries.count));
    json_put(root, "diagnostics", diagnostics_json(&run->diagnostics, &run->sources));
    json_write(root, 2, stdout);
}

static int check(const RulesOptions *options) {
    Run run;
    Options own = options->base;
    own.packs.items = options->names.items;
    own.packs.count = options->names.count;
    own.no_cache = true; // what has nothing to do is seen while a solution is found
    bool good = run_pipeline(&run, &own, RUN_TO_SOLVED);
    if (run.solver != NULL) rule_fit_report_void(run.solver, &run.diagnostics);
    keep_rules_only(&run.diagnostics);
    if (options->base.format == FORMAT_JSON)
        check_json(&run, good);
    else
        print_diagnostics(&run.diagnostics, &run.sources, &options->base);
    if (good && options->base.verbosity >= 0 && options->base.format == FORMAT_TEXT)
        message_print(stdout, "%.*s: %u sink%s, %u carrier%s, %u boundar%s; %u warning%s\n",
               STR_ARG(run.rules.pack.length > 0 ? run.rules.pack : STR("weft.yml")), run.rules.sinks.count,
               run.rules.sinks.count == 1 ? "" : "s", run.rules.carriers.count,
               run.rules.carriers.count == 1 ? "" : "s", run.rules.boundaries.count,
               run.rules.boundaries.count == 1 ? "y" : "ies", run.diagnostics.list.count,
               run.diagnostics.list.count == 1 ? "" : "s");
    run_release(&run);
    return good && output_finish() ? EXIT_DONE : EXIT_WRONG;
}

// ---- test ----------------------------------------------------------------------------------------

typedef struct Session {
    const RulesOptions *options;
    Sources sources; // rule files, for messages
    Diagnostics diagnostics;
    uint32_t passed, failed, accepted;
    json_t *tests; // with --format json: what is said of each
} Session;

typedef struct Trials {
    Trial *list;
    const Options *options;
} Trials;

static void run_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Trials *trials = context;
    trial_run(&trials->list[index], trials->options);
}

static void add_trial_json(Session *session, const Trial *trial, const char *verdict) {
    json_t *object = json_object();
    json_put(object, "pack", json_text(trial->pack->name));
    json_put(object, "test", json_text(trial->test->name));
    json_put(object, "verdict", json_string(verdict));
    json_put(object, "fault", trial->passed ? json_null() : json_text(strbuf_str(&trial->fault)));
    json_add(session->tests, object);
}

static void print_trial(Session *session, const Trial *trial, const char *verdict) {
    StrBuf text = {0};
    if (session->tests != NULL) {
        add_trial_json(session, trial, verdict);
        return;
    }
    strbuf_addf(&text, "%-6s  ", verdict);
    text_add_shown(&text, trial->pack->name);
    strbuf_add_text(&text, ": ");
    text_add_shown(&text, trial->test->name);
    strbuf_add_char(&text, '\n');
    if (!trial->passed) strbuf_add(&text, strbuf_str(&trial->fault));
    if (!trial->passed || session->options->base.verbosity >= 0)
        fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

// Later tests come first, because those before them keep their places in the text.
static bool accept_all(Session *session, const Pack *pack, const RuleTests *tests, Trials *trials) {
    StrBuf text = {0};
    strbuf_add(&text, tests->text);
    for (uint32_t i = tests->list.count; i-- > 0;)
        if (!trials->list[i].passed) session->accepted += trial_accept(&trials->list[i], &text);
    bool good = str_equal(strbuf_str(&text), tests->text) ||
                output_write(session->options->base.sources.root, pack->file, strbuf_str(&text), FILE_MODE,
                             &session->diagnostics);
    strbuf_release(&text);
    return good;
}

static bool test_pack(Session *session, const Pack *pack) {
    RuleTests tests;
    bool good = rule_tests_read(pack, &session->sources, &tests, &session->diagnostics);
    uint32_t count = good ? tests.list.count : 0;
    Trials trials = {memory_alloc_zeroed((size_t)count + 1, sizeof *trials.list),
                     &session->options->base};
    for (uint32_t i = 0; i < count; i++)
        trials.list[i] = (Trial){.pack = pack, .test = &tests.list.items[i]};
    parallel_for(count, session->options->base.sources.threads, run_one, &trials);
    bool silent = session->tests != NULL || session->options->base.verbosity < 0;
    if (good && count == 0 && session->options->names.count > 0 && !silent)
        message_print(stdout, "none    %.*s: has no tests; docs/rules.md says how to write one\n",
                      STR_ARG(pack->name));
    if (session->options->accept) good = accept_all(session, pack, &tests, &trials) && good;
    for (uint32_t i = 0; i < count; i++) {
        Trial *trial = &trials.list[i];
        bool changed = trial->passed && trial->differs;
        print_trial(session, trial, changed ? "accepted" : trial->passed ? "ok" : "FAILED");
        session->passed += trial->passed;
        session->failed += !trial->passed;
        trial_release(trial);
    }
    free(trials.list);
    rule_tests_release(&tests);
    return good;
}

// The tests of PACK, and those of the files that stand for it in other versions of its program.
static bool test_versions(Session *session, Finder *finder, const Pack *pack) {
    bool good = test_pack(session, pack);
    for (uint32_t i = 0; i < pack->versions.count; i++) {
        const PackVersion *version = &pack->versions.items[i];
        if (version->rules.length == 0) continue;
        Str file = path_join(&finder->arena, pack->folder, version->rules);
        Pack other = {.name = arena_format(&finder->arena, "%.*s, %.*s", STR_ARG(pack->name), STR_ARG(version->name)),
                      .file = file,
                      .folder = path_dirname(file)};
        if (pack_has_file(&finder->arena, pack, file))
            good = test_pack(session, &other) && good;
    }
    return good;
}

static bool test_named(Session *session, Finder *finder) {
    bool good = true;
    for (uint32_t i = 0; i < session->options->names.count; i++) {
        Str name = session->options->names.items[i];
        Pack pack = {0};
        if (pack_find(&finder->arena, &finder->packs, finder->options.root, name, &pack)) {
            // What is found may be one of the finder's packs, which keeps its lists.
            Pack read = {.name = pack.name, .folder = pack.folder, .file = pack.file};
            pack_read_detection(&finder->arena, &read);
            good = test_versions(session, finder, &read) && good;
            pack_release(&read);
            continue;
        }
        diagnostic_add(&session->diagnostics, DIAGNOSTIC_E400, SPAN_NONE, "no pack '%.*s'",
                       STR_ARG(name));
        diagnostic_help(&session->diagnostics, "`weft rules list` shows the packs that are found");
        good = false;
    }
    for (uint32_t i = 0; session->options->names.count == 0 && i < finder->packs.count; i++)
        good = test_versions(session, finder, &finder->packs.items[i]) && good;
    return good;
}

static void print_sums(Session *session) {
    if (session->tests != NULL) {
        json_t *root = json_object();
        json_put(root, "schema_version", json_integer(1));
        json_put(root, "passed", json_integer(session->passed));
        json_put(root, "failed", json_integer(session->failed));
        json_put(root, "accepted", json_integer(session->accepted));
        json_put(root, "tests", session->tests);
        json_write(root, 2, stdout);
    } else if (session->options->base.verbosity >= 0 || session->failed > 0) {
        message_print(stdout, "%u passed, %u failed", session->passed, session->failed);
        message_print(stdout, session->options->accept ? ", %u accepted\n" : "\n", session->accepted);
    }
}

static int test(const RulesOptions *options) {
    Finder finder = {0};
    Session session = {.options = options};
    if (options->base.format == FORMAT_JSON) session.tests = json_array();
    bool good =
        find_packs(&finder, &options->base, &session.diagnostics) && test_named(&session, &finder);
    print_diagnostics(&session.diagnostics, &session.sources, &options->base);
    print_sums(&session);
    finder_release(&finder);
    diagnostics_release(&session.diagnostics);
    sources_release(&session.sources);
    if (!output_finish() || !good) return EXIT_WRONG;
    return session.failed > 0 ? EXIT_RULE_TEST : EXIT_DONE;
}

// ---- schema, new ---------------------------------------------------------------------------------

static int schema(void) {
    for (size_t i = 0; SCHEMA_LINES[i] != NULL; i++) puts(SCHEMA_LINES[i]);
    return output_finish() ? EXIT_DONE : EXIT_WRONG;
}

static void add_line(StrBuf *out, Str line, Str name) {
    for (ptrdiff_t at; (at = str_find_str(line, STR("@NAME@"))) >= 0;) {
        strbuf_add(out, str_slice(line, 0, (size_t)at));
        strbuf_add(out, name);
        line = str_slice(line, (size_t)at + STR("@NAME@").length, line.length);
    }
    strbuf_add(out, line);
    strbuf_add_char(out, '\n');
}

static int make_new(const RulesOptions *options) {
    Arena arena = {0};
    Str folder = path_join(&arena, options->base.sources.root, options->names.items[0]);
    Str name = path_basename(path_normalize(&arena, folder));
    Str file = path_join(&arena, folder, arena_format(&arena, "%.*s.yml", STR_ARG(name)));
    StrBuf text = {0};
    const char *const *lines = options->for_c ? STARTER_C_LINES : STARTER_LINES;
    for (size_t i = 0; lines[i] != NULL; i++) add_line(&text, str_from(lines[i]), name);
    Diagnostics diagnostics = {0};
    bool safe = output_place_is_safe(options->base.sources.root, file, &diagnostics);
    bool exists = safe && access(file.data, F_OK) == 0;
    bool good = safe && !exists && file_replace(file, strbuf_str(&text), FILE_MODE);
    if (good)
        message_print(stdout, options->for_c ? "wrote %.*s: edit it, then `weft diff --pack %.*s`\n"
                                             : "wrote %.*s: edit it, then `weft rules test %.*s`\n",
                      STR_ARG(file), STR_ARG(folder));
    else
        message_print(stderr, "weft: error[E901]: cannot write '%.*s': %s\n", STR_ARG(file),
                      !safe    ? "a link in the tree leads out of it, or nowhere"
                      : exists ? "it is there already"
                               : strerror(errno));
    diagnostics_release(&diagnostics);
    strbuf_release(&text);
    arena_release(&arena);
    return good && output_finish() ? EXIT_DONE : EXIT_WRONG;
}

// ---- show ----------------------------------------------------------------------------------------

static int show(const RulesOptions *options) {
    Run run;
    StrBuf text = {0};
    Options own = options->base;
    own.packs.items = options->names.items;
    own.packs.count = options->names.count;
    own.shown_rules = &text;
    bool good = run_pipeline(&run, &own, RUN_TO_FACTS);
    keep_rules_only(&run.diagnostics);
    print_diagnostics(&run.diagnostics, &run.sources, &options->base);
    pager_start();
    if (good && text.length > 0) fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
    run_release(&run);
    return output_finish() && good ? EXIT_DONE : EXIT_WRONG;
}

int cmd_rules(int argc, char **argv) {
    RulesOptions options;
    int status = EXIT_WRONG;
    rules_options_parse(argc, argv, &options);
    switch (options.command) {
    case RULES_LIST: status = list(&options); break;
    case RULES_CHECK: status = check(&options); break;
    case RULES_TEST: status = test(&options); break;
    case RULES_SCHEMA: status = schema(); break;
    case RULES_NEW: status = make_new(&options); break;
    case RULES_SHOW: status = show(&options); break;
    case RULES_UPGRADE: status = rules_upgrade(&options); break;
    case RULES_COMMAND_COUNT: break;
    }
    rules_options_release(&options);
    return status;
}
