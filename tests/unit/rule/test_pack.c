// Packs on disk: by name, by path, by weft.yml, by detection; their runtime; our own packs.
#include "testing.h"

#include "rule/pack_file.h"
#include "rule/support.h"
#include "temporary.h"

#define PACK(name, modules) "version: 1\npack: " name "\ndetect: {modules: [" modules "]}\n" CONTEXT

// Loads with the temporary folder's packs/ and tree/ and with the given source files.
typedef struct Setting {
    Loaded loaded;
    RuleOptions options;
} Setting;

static void write_text(Temporary *here, const char *path, const char *text) {
    temporary_write(here, path, str_from(text));
}

static void add_source(Setting *setting, const char *path) {
    sources_add_memory(&setting->loaded.sources, str_from(path), STR("x = 1\n"),
                       &setting->loaded.diagnostics);
}

static void load_here(Setting *setting, Temporary *here) {
    Loaded *loaded = &setting->loaded;
    setenv("WEFT_RULES_PATH", temporary_path(here, "packs").data, 1);
    setting->options.root = temporary_path(here, "tree");
    setting->options.program_path = STR("/nowhere/weft");
    loaded->good =
        rules_load(&setting->options, &loaded->sources, &loaded->rules, &loaded->diagnostics);
    unsetenv("WEFT_RULES_PATH");
    assert_int_equal(loaded->good, loaded->diagnostics.error_count == 0);
}

static void setting_release(Setting *setting) {
    vec_release(&setting->options.packs);
    loaded_release(&setting->loaded);
}

static void check_loaded(Setting *setting, const char *pack) {
    check_diagnostics(&setting->loaded.sources, &setting->loaded.diagnostics, "");
    assert_str(setting->loaded.rules.pack, pack);
    setting_release(setting);
}

static void two_packs(Temporary *here) {
    write_text(here, "packs/one/one.yml", PACK("one", "zz.main"));
    write_text(here, "packs/two/other.yml", PACK("two", "zz.main, zz.more"));
    write_text(here, "packs/empty/readme.txt", "");
    write_text(here, "tree/zz/main.py", "");
}

static void detection(void **state) {
    two_packs(*state);
    Setting setting = {0};
    add_source(&setting, "zz/main.py");
    load_here(&setting, *state);
    check_loaded(&setting, "one");

    setting = (Setting){0};
    add_source(&setting, "zz/main/__init__.py");
    add_source(&setting, "zz/more.py");
    load_here(&setting, *state);
    check_loaded(&setting, "two");
}

static const Diagnostic *only_error(Setting *setting, DiagnosticCode code) {
    assert_false(setting->loaded.good);
    assert_int_equal(setting->loaded.diagnostics.list.count, 1);
    const Diagnostic *error = &setting->loaded.diagnostics.list.items[0];
    assert_int_equal(error->code, code);
    return error;
}

static void nothing_fits(void **state) {
    two_packs(*state);
    write_text(*state, "packs/bad/bad.yml", "detect: [\n");
    Setting setting = {0};
    load_here(&setting, *state);
    const Diagnostic *error = only_error(&setting, DIAGNOSTIC_E409);
    assert_str(error->message, "no rule pack fits this tree");
    assert_true(str_find_str(error->note, STR("bad.yml) has mistakes")) > 0);
    assert_true(str_find_str(error->note, STR("'one' is for trees with zz.main\n")) > 0);
    assert_true(str_find_str(error->note, STR("'two' is for trees with zz.main, ...")) > 0);
    assert_true(str_find_str(error->help, STR("--pack")) > 0);
    setting_release(&setting);
}

static void tie(void **state) {
    two_packs(*state);
    write_text(*state, "packs/three/three.yml", PACK("three", "zz.main"));
    Setting setting = {0};
    add_source(&setting, "zz/main.py");
    load_here(&setting, *state);
    const Diagnostic *error = only_error(&setting, DIAGNOSTIC_E409);
    assert_str(error->message, "the rule packs 'one' and 'three' fit this tree equally well");
    assert_true(str_find_str(error->help, STR("--pack")) > 0);
    setting_release(&setting);
}

static void by_name_and_path(void **state) {
    Temporary *here = *state;
    two_packs(here);
    Setting setting = {0};
    vec_add(&setting.options.packs, STR("two"));
    load_here(&setting, here);
    check_loaded(&setting, "two");

    setting = (Setting){0};
    vec_add(&setting.options.packs, temporary_path(here, "packs/two"));
    vec_add(&setting.options.packs, temporary_path(here, "packs/one/one.yml"));
    load_here(&setting, here);
    check_loaded(&setting, "two, one");

    setting = (Setting){0};
    vec_add(&setting.options.packs, STR("tow"));
    load_here(&setting, here);
    const Diagnostic *error = only_error(&setting, DIAGNOSTIC_E400);
    assert_str(error->message, "there is no rule pack 'tow'");
    assert_str(error->help, "did you mean 'two'?");
    setting_release(&setting);
}

static void project_file(void **state) {
    Temporary *here = *state;
    two_packs(here);
    write_text(here, "tree/weft.yml",
               "version: 1\npacks: [one, ./local.yml]\nexclude: [old/**]\n"
               "context: {mode: optional, parameter: other}\nprocess_wide: [zz.registry]\n");
    write_text(here, "tree/local.yml", "version: 1\npack: local\nexclude: [more/**]\n");
    Setting setting = {0};
    load_here(&setting, here);
    const Rules *rules = &setting.loaded.rules;
    assert_int_equal(rules->context.mode, MODE_OPTIONAL);
    assert_str(rules->context.parameter, "other");
    assert_str(rules->context.type, "a.Ctx");
    assert_int_equal(rules->exclude.count, 2);
    assert_str(rules->exclude.items[1], "old/**");
    assert_int_equal(rules->process_wide.count, 1);
    check_loaded(&setting, "one, local");
}

static void project_file_mistakes(void **state) {
    Temporary *here = *state;
    two_packs(here);
    write_text(here, "tree/weft.yml", "version: 1\npacks: [on, gone/x.yml]\nmode: x\n");
    Setting setting = {0};
    load_here(&setting, here);
    assert_str(
        source_file(&setting.loaded.sources, setting.loaded.diagnostics.list.items[0].span.file)
            ->path,
        "weft.yml");
    const Diagnostics *said = &setting.loaded.diagnostics;
    assert_int_equal(said->list.count, 3);
    assert_int_equal(said->list.items[0].code, DIAGNOSTIC_E402);
    assert_str(said->list.items[1].help, "did you mean 'one'?");
    const SourceFile *file = source_file(&setting.loaded.sources, said->list.items[1].span.file);
    assert_int_equal(source_line_column(file, said->list.items[1].span.start).column, 9);
    assert_str(said->list.items[2].message, "there is no rule pack 'gone/x.yml'");
    setting_release(&setting);
}

static void project_file_alone(void **state) {
    write_text(*state, "tree/weft.yml", "version: 1\n" CONTEXT "sinks: []\n");
    Setting setting = {0};
    load_here(&setting, *state);
    check_loaded(&setting, "");
}

// Loads the packs a and b of HERE, and weft.yml where PROJECT is given.
static void load_two(Setting *setting, Temporary *here, const char *a, const char *b,
                     const char *project) {
    write_text(here, "packs/a/a.yml", a);
    write_text(here, "packs/b/b.yml", b);
    if (project) write_text(here, "tree/weft.yml", project);
    *setting = (Setting){0};
    vec_add(&setting->options.packs, STR("a"));
    vec_add(&setting->options.packs, STR("b"));
    load_here(setting, here);
}

#define HELP " ? keep one of the two packs, or say in weft.yml what holds: it goes before both\n"

static void conflicts(void **state) {
    static const char a[] = PACK(
        "a", "m") "singletons: {find: true, keyed_by: [tenant]}\n"
                  "matchers: {loop: {kind: for_statement}}\n"
                  "sinks:\n"
                  "  - {id: s, family: memory, construct: a.B}\n"
                  "  - {id: t, family: memory, singleton: a.c, accessor: {keyed_by: [tenant]}}\n"
                  "  - {id: u, family: memory, call: a.d, replace: 'a.e({context})'}\n"
                  "boundaries: [{id: f, function: [a.f, a.g], origin: http}]\n"
                  "carriers: [{class: a.H, expression: '{value}.ctx'}]\n"
                  "forwarders: [{target: a.i, position: 0}]\n"
                  "process_wide: [a.k]\n";
    static const char b[] =
        "version: 1\npack: b\ncontext: {parameter: other, mode: optional}\n"
        "matchers: {loop: {kind: while_statement}}\n"
        "sinks:\n"
        "  - {id: s, family: memory, construct: a.C}\n"
        "  - {id: v, family: memory, singleton: a.c, accessor: {keyed_by: [agent]}}\n"
        "  - {id: x, family: memory, symbol: a.k, replace: 'a.e({context})'}\n"
        "never_hold: [a.B, a.H]\n"
        "boundaries:\n"
        "  - {id: d, function: a.d, origin: message}\n"
        "  - {id: g, function: a.g, origin: message}\n"
        "forwarders: [{target: a.i, position: 1}]\n"
        "singletons: {find: false}\n";
    Setting setting;
    load_two(&setting, *state, a, b, NULL);
    check_diagnostics(
        &setting.loaded.sources, &setting.loaded.diagnostics,
        "3:22 E413 'parameter' differs from that of an earlier pack @ a.yml:4:22 the earlier pack "
        "says it here ? packs that are used together thread the same context: say in weft.yml "
        "which\n"
        "4:12 E413 another pack has a matcher 'loop' @ a.yml:6:12 it is here" HELP
        "6:10 E407 the id 's' is taken @ a.yml:8:10 it is the id of this one\n"
        "14:1 E413 'singletons' differs from that of an earlier pack @ a.yml:5:1 the earlier pack "
        "says it here" HELP);
    setting_release(&setting);
}

// What only all files together show.
static void contradictions(void **state) {
    static const char a[] = PACK(
        "a", "m") "sinks:\n"
                  "  - {id: s, family: memory, construct: a.B}\n"
                  "  - {id: t, family: memory, singleton: a.c, accessor: {keyed_by: [tenant]}}\n"
                  "  - {id: u, family: memory, call: a.d, replace: 'a.e({context})'}\n"
                  "boundaries: [{id: f, function: [a.f, a.g], origin: http}]\n"
                  "carriers: [{class: a.H, expression: '{value}.ctx'}]\n"
                  "forwarders: [{target: a.i, position: 0}]\n"
                  "process_wide: [a.k]\n";
    static const char b[] =
        "version: 1\npack: b\n"
        "sinks:\n"
        "  - {id: v, family: memory, singleton: a.c, accessor: {keyed_by: [agent]}}\n"
        "  - {id: x, family: memory, symbol: a.k, replace: 'a.e({context})'}\n"
        "never_hold: [a.B, a.H]\n"
        "boundaries:\n"
        "  - {id: d, function: a.d, origin: message}\n"
        "  - {id: g, function: a.g, origin: message}\n"
        "  - {id: h, function: a.f, origin: http}\n"
        "forwarders: [{target: a.i, position: 1}]\n";
    Setting setting;
    load_two(&setting, *state, a, b, NULL);
    check_diagnostics(&setting.loaded.sources, &setting.loaded.diagnostics,
                      "6:14 E413 'a.B' never holds a context, but another rule says otherwise @ "
                      "a.yml:6:40 it holds a context here" HELP
                      "6:19 E413 'a.H' never holds a context, but another rule says otherwise @ "
                      "a.yml:10:20 it holds a context here" HELP
                      "4:40 E413 'a.c' becomes an accessor in two ways @ "
                      "a.yml:7:40 the other way is here" HELP
                      "8:23 E413 'a.d' makes a context, but another rule says otherwise @ "
                      "a.yml:8:35 it is called through 'replace' here" HELP
                      "9:23 E413 'a.g' makes a context in two ways @ "
                      "a.yml:9:38 the other way is here" HELP
                      "11:23 E413 'a.i' calls what it is given in two ways @ "
                      "a.yml:11:23 the other way is here" HELP
                      "5:37 E413 'a.k' is read through 'replace', but another rule says otherwise "
                      "@ a.yml:12:16 it stays one per process here" HELP);
    setting_release(&setting);
}

// What weft.yml says goes before what packs say: the same packs, and nothing to complain of.
static void overrides(void **state) {
    static const char a[] = PACK(
        "a", "m") "singletons: {find: true, keyed_by: [tenant]}\n"
                  "matchers: {loop: {kind: for_statement}}\n"
                  "sinks:\n"
                  "  - {id: s, family: memory, construct: a.B}\n"
                  "  - {id: t, family: memory, singleton: a.c, accessor: {keyed_by: [tenant]}}\n"
                  "  - {id: w, family: memory, symbol: a.k, replace: 'a.e({context})'}\n"
                  "boundaries: [{id: f, function: a.g, origin: http}]\n"
                  "carriers: [{class: a.H, expression: '{value}.ctx'}]\n"
                  "forwarders: [{target: a.i, position: 0}]\n";
    static const char b[] =
        "version: 1\npack: b\ncontext: {parameter: other}\n"
        "singletons: {find: false}\n"
        "matchers: {loop: {kind: while_statement}}\n"
        "sinks:\n"
        "  - {id: s, family: memory, construct: a.C}\n"
        "  - {id: v, family: memory, singleton: a.c, accessor: {keyed_by: [agent]}}\n"
        "boundaries: [{id: g, method: a.g, origin: message}]\n"
        "carriers: [{class: a.H, expression: '{value}.other'}]\n"
        "forwarders: [{target: a.i, position: 1}]\n";
    static const char project[] =
        "version: 1\ncontext: {parameter: ctx}\nsingletons: {find: false}\n"
        "matchers: {loop: {kind: with_statement}}\n"
        "process_wide: [a.k]\n"
        "sinks:\n"
        "  - {id: s, family: chat_stream, construct: a.B}\n"
        "  - {id: mine, family: memory, call: a.c, replace: 'a.e({context})'}\n"
        "boundaries: [{id: z, function: a.g, origin: event}]\n"
        "carriers: [{class: a.H, expression: '{value}.ctx'}]\n"
        "forwarders: [{target: a.i, keyword: f}]\n";
    Setting setting;
    load_two(&setting, *state, a, b, project);
    const Rules *rules = &setting.loaded.rules;
    assert_int_equal(rules->sinks.count, 2);
    assert_string_equal(family_name(&rules->families, rules->sinks.items[0].family), "chat_stream");
    assert_str(rules->sinks.items[1].id, "mine");
    assert_int_equal(rules->boundaries.count, 1);
    assert_str(rules->boundaries.items[0].id, "z");
    assert_int_equal(rules->carriers.count, 1);
    assert_str(vec_last(&rules->forwarders)->keyword, "f");
    assert_int_equal(rules->patterns.named.count, 1);
    assert_str(rules->context.parameter, "ctx");
    assert_false(rules->find_singletons);
    check_loaded(&setting, "a, b");
}

static void runtime_conflict(void **state) {
    Temporary *here = *state;
    static const char a[] = PACK("a", "m") "runtime: {folder: runtime}\n";
    static const char b[] = "version: 1\npack: b\nruntime: {folder: files}\n";
    write_text(here, "packs/a/runtime/iso.py", "a\n");
    write_text(here, "packs/a/runtime/same.py", "same\n");
    write_text(here, "packs/b/files/iso.py", "b\n");
    write_text(here, "packs/b/files/same.py", "same\n");
    Setting setting;
    load_two(&setting, here, a, b, NULL);
    check_diagnostics(&setting.loaded.sources, &setting.loaded.diagnostics,
                      "3:19 E413 the runtime brings 'iso.py', and so does that of another pack @ "
                      "a.yml:5:19 with other content ? put the file that serves both into a folder "
                      "that 'runtime' of weft.yml names\n");
    setting_release(&setting);

    write_text(here, "tree/both/iso.py", "both\n");
    load_two(&setting, here, a, b, "version: 1\nruntime: {folder: both}\n");
    assert_int_equal(setting.loaded.rules.runtime.count, 2);
    assert_str(setting.loaded.rules.runtime.items[0].bytes, "both\n");
    check_loaded(&setting, "a, b");
}

static void runtime(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/r/r.yml", PACK("r", "m") "runtime: {folder: runtime}\n");
    write_text(here, "packs/r/runtime/src/iso/z.py", "z\n");
    write_text(here, "packs/r/runtime/src/iso/__init__.py", "init\n");
    write_text(here, "packs/r/runtime/src/iso/a.pyc", "no");
    write_text(here, "packs/r/runtime/src/__pycache__/a.py", "no");
    assert_int_equal(symlink("/etc", temporary_path(here, "packs/r/runtime/etc").data), 0);
    Setting setting = {0};
    vec_add(&setting.options.packs, STR("r"));
    load_here(&setting, here);
    const Rules *rules = &setting.loaded.rules;
    assert_int_equal(rules->runtime.count, 2);
    assert_str(rules->runtime.items[0].path, "src/iso/__init__.py");
    assert_str(rules->runtime.items[0].bytes, "init\n");
    assert_str(rules->runtime.items[1].path, "src/iso/z.py");
    check_loaded(&setting, "r");
}

// The standard runtime goes into the package, but for the file that the pack brings itself.
static void runtime_package(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/standard/isolation/__init__.py", "standard\n");
    write_text(here, "packs/standard/isolation/context.py", "standard\n");
    write_text(here, "packs/r/r.yml",
               PACK("r", "m") "runtime: {package: src.iso, folder: runtime}\n");
    write_text(here, "packs/r/runtime/src/iso/__init__.py", "own\n");
    Setting setting = {0};
    vec_add(&setting.options.packs, STR("r"));
    load_here(&setting, here);
    const Rules *rules = &setting.loaded.rules;
    assert_int_equal(rules->runtime.count, 2);
    assert_str(rules->runtime.items[0].path, "src/iso/__init__.py");
    assert_str(rules->runtime.items[0].bytes, "own\n");
    assert_str(rules->runtime.items[1].path, "src/iso/context.py");
    assert_str(rules->runtime.items[1].bytes, "standard\n");
    assert_int_equal(rules->runtime_places.count, 1);
    assert_str(rules->runtime_places.items[0], "src/iso/**");
    check_loaded(&setting, "r");
}

static void runtime_missing(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/r/r.yml", PACK("r", "m") "runtime: {folder: gone}\n");
    write_text(here, "tree/x", "");
    Setting setting = {0};
    vec_add(&setting.options.packs, STR("r"));
    load_here(&setting, here);
    const Diagnostic *error = only_error(&setting, DIAGNOSTIC_E400);
    const SourceFile *file = source_file(&setting.loaded.sources, error->span.file);
    assert_int_equal(source_line_column(file, error->span.start).line, 5);
    setting_release(&setting);
}

static void folders(void **state) {
    (void)state;
    Arena arena = {0};
    RuleFolders found = {0};
    RuleOptions options = {.program_path = STR("/bin/sh")};
    setenv("WEFT_RULES_PATH", "/x/rules/:/y", 1);
    rule_folders(&arena, &options, &found);
    unsetenv("WEFT_RULES_PATH");
    assert_str(found.list.items[0], "/x/rules");
    assert_str(found.list.items[1], "/y");
    assert_str(found.list.items[found.list.count - 1], PACK_BUILT_IN); // those of the program come last
    vec_release(&found.list);
    arena_release(&arena);
}

// The pack that ships, on a tree that looks like the bot to `detect`.
static void maibot(void **state) {
    Temporary *here = *state;
    write_text(here, "tree/x", "");
    Setting setting = {0};
    add_source(&setting, "src/chat/message_receive/bot.py");
    add_source(&setting, "src/chat/message_receive/chat_stream.py");
    add_source(&setting, "src/config/config.py");
    add_source(&setting, "src/main.py");
    add_source(&setting, "src/plugin_system/core/component_registry.py");
    load_here(&setting, here);
    const Rules *rules = &setting.loaded.rules;
    assert_str(rules->context.type, "src.isolation.IsolationContext");
    assert_int_equal(rules->context.mode, MODE_HYBRID);
    assert_true(rules->sinks.count > 8);
    assert_true(rules->find_singletons);
    bool has_init = false;
    for (uint32_t i = 0; i < rules->runtime.count; i++) {
        has_init = has_init || str_is(rules->runtime.items[i].path, "src/isolation/__init__.py");
    }
    assert_true(has_init);
    check_loaded(&setting, "maibot");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(detection),
        temporary_test(nothing_fits),
        temporary_test(tie),
        temporary_test(by_name_and_path),
        temporary_test(project_file),
        temporary_test(project_file_mistakes),
        temporary_test(project_file_alone),
        temporary_test(conflicts),
        temporary_test(contradictions),
        temporary_test(overrides),
        temporary_test(runtime_conflict),
        temporary_test(runtime),
        temporary_test(runtime_package),
        temporary_test(runtime_missing),
        cmocka_unit_test(folders),
        temporary_test(maibot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
