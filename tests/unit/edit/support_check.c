// In: edits by their text. Out: the plan they make, and whether the post-check lets it through.
#include "edit/support_check.h"

#include "python/python.h"

static const Language *const LIST[] = {&language_python};
static const Languages LANGUAGES = {LIST, 1};

void case_open_files(Case *c, const TreeFile *files, uint32_t count) {
    *c = (Case){.plan = {.files = {NULL, 0, 0}}, .languages = &LANGUAGES};
    tree_open(&c->tree, files, count);
}

void case_close(Case *c) {
    plan_release(&c->plan);
    vec_release(&c->tree.rules.runtime);
    tree_close(&c->tree);
}

static void add_edit(Case *c, const char *path, const char *place, bool before, bool after,
                     const char *text) {
    FileId file = sources_find(&c->tree.sources, str_from(path));
    Str old = str_from(place);
    ptrdiff_t at = str_find_str(source_file(&c->tree.sources, file)->text, old);
    if (at < 0) fail_msg("no '%s' in %s", place, path);
    uint32_t start = (uint32_t)at, end = (uint32_t)((size_t)at + old.length);
    edits_add(&c->plan.edits, (Edit){.file = file,
                                     .start = before ? start : end,
                                     .end = after ? end : start,
                                     .text = str_from(text),
                                     .owner = STR("argument of 'f'")});
}

void case_replace(Case *c, const char *path, const char *old, const char *text) {
    add_edit(c, path, old, true, true, text);
}

void case_insert(Case *c, const char *path, const char *place, const char *text) {
    add_edit(c, path, place, true, false, text);
}

void case_append(Case *c, const char *path, const char *place, const char *text) {
    add_edit(c, path, place, false, true, text);
}

void case_add_file(Case *c, const char *path, const char *text) {
    vec_add(&c->tree.rules.runtime,
            ((RuntimeFile){.path = str_from(path), .bytes = str_from(text)}));
}

static bool check(Case *c) {
    Tree *tree = &c->tree;
    assert_true(edits_finish(&c->plan.edits, &tree->sources, NULL, &tree->diagnostics));
    assert_true(plan_build(&tree->sources, &tree->rules, &c->plan, NULL, &tree->diagnostics));
    CheckInput input = {&tree->program, &tree->solution, c->languages, &c->plan, 2, NULL};
    return plan_check(&input, &tree->diagnostics);
}

static void show(const Case *c) {
    diagnostics_render(&c->tree.diagnostics, &c->tree.sources, SEVERITY_NOTE, false, stderr);
}

void case_good(Case *c) {
    bool good = check(c);
    if (!good) show(c);
    assert_true(good);
    assert_int_equal(c->tree.diagnostics.list.count, 0);
}

void case_wrong(Case *c, DiagnosticCode code, const char *message) {
    assert_false(check(c));
    if (c->tree.diagnostics.list.count != 1) show(c);
    assert_int_equal(c->tree.diagnostics.list.count, 1);
    assert_str(c->tree.diagnostics.list.items[0].message, message);
    assert_int_equal(c->tree.diagnostics.list.items[0].code, code);
}
