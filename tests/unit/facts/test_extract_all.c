// All files to one set of tables, with a language that makes one module of each file it accepts.
#include "testing.h"

#include <stdio.h>
#include "facts/language.h"

static bool accepts(Str path) { return str_ends_with(path, STR(".toy")); }

// The module is named after the text; "bad" does not parse.
static bool extract(const Sources *sources, FileId file, const PatternProgram *patterns,
                    Facts *facts, Diagnostics *diagnostics) {
    (void)patterns;
    Str text = source_file(sources, file)->text;
    if (str_is(text, "bad")) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E104, (Span){file, 0, 3}, "bad");
        return false;
    }
    vec_add(&facts->modules,
            ((ModuleFact){.file = file, .name = intern(facts->names, text), .scope = {1}}));
    vec_add(&facts->scopes, ((ScopeFact){.kind = SCOPE_MODULE, .module = {1}}));
    return true;
}

static const Language TOY = {.name = "toy", .accepts = accepts, .extract = extract};

static void add(Sources *sources, const char *path, const char *text, Diagnostics *diagnostics) {
    sources_add_memory(sources, str_from(path), str_from(text), diagnostics);
}

static void merges_in_path_order(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        Sources sources = {0};
        Diagnostics diagnostics = {0};
        add(&sources, "a.toy", "one", &diagnostics);
        add(&sources, "b.toy", "bad", &diagnostics);
        add(&sources, "c.txt", "other", &diagnostics);
        add(&sources, "d.toy", "two", &diagnostics);
        sources_add_auxiliary(&sources, STR("e.toy"), STR("rules"));
        Facts facts;
        facts_extract(&sources, &TOY, NULL, threads, &facts, &diagnostics);
        assert_int_equal(facts.modules.count, 3);
        assert_str(facts_name(&facts, facts.modules.items[1].name), "one");
        assert_str(facts_name(&facts, facts.modules.items[2].name), "two");
        assert_int_equal(facts.scopes.items[2].module.index, 2);
        assert_int_equal(diagnostics.list.count, 1);
        assert_int_equal(diagnostics.unreadable_count, 1);
        assert_int_equal(sources.files.items[1].state, SOURCE_READ);
        assert_int_equal(sources.files.items[2].state, SOURCE_UNPARSABLE);
        facts_release(&facts);
        sources_release(&sources);
        diagnostics_release(&diagnostics);
    }
}

static void many_files(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    for (int i = 0; i < 300; i++) {
        char path[32];
        snprintf(path, sizeof path, "%03d.toy", i);
        add(&sources, path, path, &diagnostics);
    }
    Facts facts;
    facts_extract(&sources, &TOY, NULL, 4, &facts, &diagnostics);
    assert_int_equal(facts.modules.count, 301);
    for (uint32_t i = 1; i < facts.modules.count; i++)
        assert_int_equal(facts.modules.items[i].file.index, i);
    facts_release(&facts);
    sources_release(&sources);
    diagnostics_release(&diagnostics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merges_in_path_order),
        cmocka_unit_test(many_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
