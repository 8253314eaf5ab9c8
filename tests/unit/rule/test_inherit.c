// Rule files that extend each other: new names in texts, paths and Python; chains, diamonds, versions; what is shown.
#include "testing.h"

#include "rule/rename.h"
#include "rule/support.h"
#include "temporary.h"

#define SINK(id, name) "  - {id: " id ", family: f, symbol: " name ", replace: \"app.iso.get({context})\"}\n"
#define BASE "version: 1\npack: base\n" CONTEXT "sinks:\n" SINK("one", "app.a.one") SINK("two", "app.a.two")

typedef struct Setting {
    Loaded loaded;
    RuleOptions options;
    StrBuf shown;
} Setting;

static void write_text(Temporary *here, const char *path, const char *text) { temporary_write(here, path, str_from(text)); }

// Loads the packs of tree/weft.yml, with those in packs/ installed.
static void load_here(Setting *setting, Temporary *here) {
    Loaded *loaded = &setting->loaded;
    setenv("WEFT_RULES_PATH", temporary_path(here, "packs").data, 1);
    setting->options.root = temporary_path(here, "tree");
    setting->options.program_path = STR("/nowhere/weft");
    setting->options.shown = &setting->shown;
    loaded->good = rules_load(&setting->options, &loaded->sources, &loaded->rules, &loaded->diagnostics);
    unsetenv("WEFT_RULES_PATH");
}

static void setting_release(Setting *setting) {
    strbuf_release(&setting->shown);
    vec_release(&setting->options.packs);
    loaded_release(&setting->loaded);
}

static const SinkRule *find_sink(const Rules *rules, const char *id) {
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (str_is(rules->sinks.items[i].id, id)) return &rules->sinks.items[i];
    return NULL;
}

// ---- names ---------------------------------------------------------------------------------------
static void new_names(void **state) {
    (void)state;
    Arena arena = {0};
    Renames renames = {0};
    renames_add(&renames, (Rename){.from = STR("src.iso"), .to = STR("core.tenancy")});
    renames_add(&renames, (Rename){.from = STR("src.iso.old"), .to = STR("old")});
    renames_add(&renames, (Rename){.from = STR("lib"), .to = STR("vendor.lib")});
    assert_str(rename_text(&arena, &renames, STR("src.iso")), "core.tenancy");
    assert_str(rename_text(&arena, &renames, STR("src.iso.old.f({context})")), "old.f({context})");
    assert_str(rename_text(&arena, &renames, STR("src.iso_old.f(\"src.iso.x\", x.src.iso)")),
               "src.iso_old.f(\"core.tenancy.x\", x.src.iso)");
    assert_str(rename_text(&arena, &renames, STR("src.iso.**")), "core.tenancy.**");
    assert_str(rename_text(&arena, &renames, STR("*.src.iso")), "*.src.iso");
    assert_str(rename_text(&arena, &renames, STR("")), "");
    assert_str(rename_path(&arena, &renames, STR("src/iso/**")), "core/tenancy/**");
    assert_str(rename_path(&arena, &renames, STR("src/iso.py")), "core/tenancy.py");
    assert_str(rename_path(&arena, &renames, STR("src/isolated/a.py")), "src/isolated/a.py");
    assert_str(rename_path(&arena, &renames, STR("lib/a.py")), "vendor/lib/a.py");
    assert_str(rename_python(&arena, &renames,
                             STR("from lib.x import y\nlib = lib.y(\"lib.z\", 'lib', src.iso.q)\nimport lib\n")),
               "from vendor.lib.x import y\nlib = lib.y(\"vendor.lib.z\", 'lib', core.tenancy.q)\nimport vendor.lib\n");
    for (uint32_t i = 0; i < 3; i++) assert_true(renames.list.items[i].used);
    renames_release(&renames);
    arena_release(&arena);
}

// ---- chains --------------------------------------------------------------------------------------
static void a_chain_of_three(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/base/base.yml", BASE "runtime: {folder: files}\n");
    write_text(here, "packs/base/files/app/iso.py", "import app.iso\n");
    write_text(here, "packs/base/files/app/gone.py", "x\n");
    write_text(here, "packs/middle/middle.yml",
               "version: 1\nextends: base\nremove: {sinks: [app.a.one], runtime: [app/gone.py]}\nrename: {app.iso: mid.iso}\n");
    write_text(here, "tree/own.yml", "version: 1\nextends: [middle]\nrename: {mid: app.mid, app.a: app.b}\nsinks:\n" SINK("three", "app.c"));
    write_text(here, "tree/weft.yml", "version: 1\npacks: [own.yml]\ncontext: {parameter: mine}\n");
    Setting setting = {0};
    load_here(&setting, here);
    check_diagnostics(&setting.loaded.sources, &setting.loaded.diagnostics, "");
    const Rules *rules = &setting.loaded.rules;
    assert_null(find_sink(rules, "one"));
    assert_str(find_sink(rules, "two")->target.text, "app.b.two");
    assert_str(find_sink(rules, "two")->replace, "app.mid.iso.get({context})");
    assert_str(find_sink(rules, "three")->replace, "app.iso.get({context})"); // its own words stay
    assert_str(rules_pack_at(rules, find_sink(rules, "two")->span), "base");
    assert_str(rules->context.parameter, "mine");
    assert_str(rules->pack, "own");
    assert_int_equal(rules->runtime.count, 1);
    assert_str(rules->runtime.items[0].path, "app/mid/iso.py");
    assert_str(rules->runtime.items[0].bytes, "import app.mid.iso\n");
    assert_true(str_find_str(strbuf_str(&setting.shown), STR("  # base, ")) > 0);
    assert_true(str_find_str(strbuf_str(&setting.shown), STR("symbol: app.a.one")) < 0);
    setting_release(&setting);
}

// Both take it as it is: once. With other names it is two, whose ids clash.
static void two_ways_to_one_file(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/base/base.yml", BASE);
    write_text(here, "packs/left/left.yml", "version: 1\nextends: base\nsinks:\n" SINK("one", "app.left"));
    write_text(here, "packs/right/right.yml", "version: 1\nextends: base\nsinks:\n" SINK("two", "app.right"));
    write_text(here, "tree/weft.yml", "version: 1\nextends: [left, right]\n");
    Setting setting = {0};
    load_here(&setting, here);
    check_diagnostics(&setting.loaded.sources, &setting.loaded.diagnostics, "");
    assert_int_equal(setting.loaded.rules.sinks.count, 2);
    assert_str(find_sink(&setting.loaded.rules, "one")->target.text, "app.left");
    assert_str(find_sink(&setting.loaded.rules, "two")->target.text, "app.right");
    setting_release(&setting);

    write_text(here, "packs/right/right.yml", "version: 1\nextends: base\nrename: {app.a: app.z}\n");
    setting = (Setting){0};
    load_here(&setting, here);
    assert_false(setting.loaded.good);
    assert_int_equal(setting.loaded.diagnostics.list.items[0].code, DIAGNOSTIC_E407);
    setting_release(&setting);
}

// Twice as many at each step would be a thousand files.
static void many_ways(void **state) {
    Temporary *here = *state;
    write_text(here, "tree/weft.yml", "version: 1\npacks: [0.yml]\n");
    for (int i = 0; i < 8; i++) {
        char path[32], text[96];
        snprintf(path, sizeof path, "tree/%d.yml", i);
        snprintf(text, sizeof text, "version: 1\nextends: [%d.yml, %d.yml]\nrename: {a%d: b%d}\n", i + 1, i + 1, i, i);
        write_text(here, path, text);
    }
    write_text(here, "tree/8.yml", BASE);
    Setting setting = {0};
    load_here(&setting, here);
    assert_false(setting.loaded.good);
    bool told = false;
    for (uint32_t i = 0; i < setting.loaded.diagnostics.list.count; i++)
        told = told || setting.loaded.diagnostics.list.items[i].code == DIAGNOSTIC_E416;
    assert_true(told);
    setting_release(&setting);
}

// ---- versions ------------------------------------------------------------------------------------
#define VERSIONS                                                                                                       \
    "versions:\n  - {name: old, detect: {modules: [m.old]}}\n"                                                         \
    "  - {name: new, detect: {modules: [m], names: [m.Bot, m.limit, m.run]}, rules: new/new.yml}\n"

static void versions(void **state) {
    Temporary *here = *state;
    write_text(here, "packs/base/base.yml", BASE VERSIONS);
    write_text(here, "packs/base/new/new.yml", "version: 1\nextends: ../base.yml\nremove: {sinks: [o*]}\n");
    write_text(here, "tree/weft.yml", "version: 1\n");
    Setting setting = {0};
    sources_add_memory(&setting.loaded.sources, STR("m.py"), STR("class Bot(x):\n    pass\nlimit: int = 1\nasync def run():\n"),
                       &setting.loaded.diagnostics);
    load_here(&setting, here);
    check_diagnostics(&setting.loaded.sources, &setting.loaded.diagnostics, "");
    assert_null(find_sink(&setting.loaded.rules, "one"));
    assert_str(setting.loaded.rules.pack, "base");
    setting_release(&setting);

    setting = (Setting){0};
    sources_add_memory(&setting.loaded.sources, STR("m.py"), STR("Botany = 1\nlimit.x = 2\nrun[0] = 3\n    class Bot\n"),
                       &setting.loaded.diagnostics);
    vec_add(&setting.options.packs, STR("base"));
    load_here(&setting, here);
    assert_true(setting.loaded.good);
    assert_int_equal(setting.loaded.diagnostics.list.items[0].code, DIAGNOSTIC_W418);
    assert_non_null(find_sink(&setting.loaded.rules, "one"));
    setting_release(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_names),     temporary_test(a_chain_of_three), temporary_test(two_ways_to_one_file),
        temporary_test(many_ways), temporary_test(versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
