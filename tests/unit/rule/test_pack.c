// Packs on disk: by name, by path, by weft.yml, by detection; their runtime; our own packs.
#include "testing.h"

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
    assert_true(str_find_str(error->note, STR("'one' is for trees with zz.main;")) > 0);
    assert_true(str_find_str(error->note, STR("'two' is for trees with zz.main, zz.more")) > 0);
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

static void combining(void **state) {
    Temporary *here = *state;
    static const char sink[] = "sinks: [{id: s, family: memory, construct: a.B}]\n";
    StrBuf text = {0};
    strbuf_addf(&text, "%s%s", PACK("a", "m"), sink);
    temporary_write(here, "packs/a/a.yml", strbuf_str(&text));
    strbuf_clear(&text);
    strbuf_addf(&text, "version: 1\npack: b\ncontext: {parameter: other}\n%s", sink);
    temporary_write(here, "packs/b/b.yml", strbuf_str(&text));
    strbuf_release(&text);
    Setting setting = {0};
    vec_add(&setting.options.packs, STR("a"));
    vec_add(&setting.options.packs, STR("b"));
    load_here(&setting, here);
    const Diagnostics *said = &setting.loaded.diagnostics;
    assert_int_equal(said->list.count, 2);
    assert_str(said->list.items[0].message, "'parameter' differs from that of an earlier pack");
    assert_str(said->list.items[1].message, "the id 's' is taken");
    assert_true(str_ends_with(said->list.items[1].note, STR("packs/a/a.yml:5")));
    setting_release(&setting);
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
    assert_int_equal(rules->exclude.count, 1);
    assert_str(rules->exclude.items[0], "src/iso/**");
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
    assert_str(found.list.items[found.list.count - 2], WEFT_PROJECT_DIR "/rules");
    vec_release(&found.list);
    arena_release(&arena);
}

// The pack that ships, on a tree that looks like the bot to `detect`.
static void maibot(void **state) {
    Temporary *here = *state;
    write_text(here, "tree/x", "");
    Setting setting = {0};
    add_source(&setting, "src/chat/message_receive/chat_stream.py");
    add_source(&setting, "src/config/config.py");
    add_source(&setting, "src/main.py");
    add_source(&setting, "src/plugin_system/core/component_registry.py");
    load_here(&setting, here);
    const Rules *rules = &setting.loaded.rules;
    assert_str(rules->context.type, "src.isolation.IsolationContext");
    assert_int_equal(rules->context.mode, MODE_HYBRID);
    assert_int_equal(rules->sinks.count, 8);
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
        temporary_test(combining),
        temporary_test(runtime),
        temporary_test(runtime_package),
        temporary_test(runtime_missing),
        cmocka_unit_test(folders),
        temporary_test(maibot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
