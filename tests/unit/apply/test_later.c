// Plans for later phases: found for the tree that they are for, and for no other.
#include "temporary.h"

#include "apply/later.h"

static BlobId tree_named(const char *name) { return blob_id_of(str_from(name)); }

static void keep(Temporary *here, const char *phase, const char *tree, const char *bytes) {
    Diagnostics diagnostics = {0};
    LaterPlans plans = {0};
    vec_add(&plans, ((LaterPlan){str_from(phase), tree_named(tree), str_from(bytes)}));
    assert_true(later_keep(here->path, &plans, &diagnostics));
    vec_release(&plans);
    diagnostics_release(&diagnostics);
}

static void finds_what_was_kept_for_a_tree(void **state) {
    Temporary *here = *state;
    BlobId one = tree_named("one"), two = tree_named("two");
    Str bytes;
    assert_int_equal(mkdir(path_join(&here->arena, here->path, STR(".weft")).data, 0700), 0);
    assert_false(later_find(&here->arena, here->path, STR("memory"), &one, &bytes));
    keep(here, "memory", "one", "{}");
    assert_true(later_find(&here->arena, here->path, STR("memory"), &one, &bytes));
    assert_str(bytes, "{}");
    assert_false(later_find(&here->arena, here->path, STR("memory"), &two, &bytes));
    assert_false(later_find(&here->arena, here->path, STR("config_system"), &one, &bytes));
}

static void keeps_the_newest_only(void **state) {
    Temporary *here = *state;
    BlobId one = tree_named("one"), two = tree_named("two");
    Str bytes;
    assert_int_equal(mkdir(path_join(&here->arena, here->path, STR(".weft")).data, 0700), 0);
    keep(here, "memory", "one", "{1}");
    keep(here, "chat_stream", "two", "{2}");
    assert_false(later_find(&here->arena, here->path, STR("memory"), &one, &bytes));
    assert_true(later_find(&here->arena, here->path, STR("chat_stream"), &two, &bytes));
}

// A plan that lies there without the key's word, or with that of another tree or phase.
static void follows_no_plan_of_others(void **state) {
    Temporary *here = *state;
    BlobId one = tree_named("one"), two = tree_named("two");
    Str bytes, text = STR_NONE;
    char name[96];
    assert_int_equal(mkdir(path_join(&here->arena, here->path, STR(".weft")).data, 0700), 0);
    keep(here, "memory", "two", "{}");
    snprintf(name, sizeof name, ".weft/later/memory-%s.json", blob_id_text(&two).digits);
    assert_int_equal(file_read(&here->arena, temporary_path(here, name), 0, &text, NULL), FILE_OK);
    snprintf(name, sizeof name, ".weft/later/memory-%s.json", blob_id_text(&one).digits);
    temporary_write(here, name, text);
    assert_false(later_find(&here->arena, here->path, STR("memory"), &one, &bytes));
    temporary_write(here, name, STR("{}"));
    assert_false(later_find(&here->arena, here->path, STR("memory"), &one, &bytes));
}

static void says_when_it_cannot_write(void **state) {
    Temporary *here = *state; // has no .weft
    Diagnostics diagnostics = {0};
    LaterPlans plans = {0};
    vec_add(&plans, ((LaterPlan){STR("memory"), tree_named("one"), STR("{}")}));
    assert_false(later_keep(here->path, &plans, &diagnostics));
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E901);
    vec_release(&plans);
    diagnostics_release(&diagnostics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(finds_what_was_kept_for_a_tree),
        temporary_test(keeps_the_newest_only),
        temporary_test(follows_no_plan_of_others),
        temporary_test(says_when_it_cannot_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
