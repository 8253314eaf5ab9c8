// Reading the tests of a pack. In: a rule file and the folder tests/ beside it. Out: small trees in
// memory. Never writes; a path that would leave the tree is a mistake.
#include "rule/rule_test.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"
#include "rule/load_internal.h"
#include "rule/pack_file.h"

enum { DEPTH_MAX = 16, FILE_SIZE_MAX = 4 << 20, BLOCK_INDENT = 2 };

// ---- in the rule file ----------------------------------------------------------------------------

typedef struct TestNodes {
    const YamlNode *name, *files, *expect, *unchanged, *refused;
} TestNodes;

// Relative, normalised, and inside.
static bool is_inside(Str path) {
    Str rest = path, part;
    if (path.length == 0 || path.data[0] == '/') return false;
    while (str_split_next(&rest, '/', &part))
        if (part.length == 0 || str_is(part, ".") || str_is(part, "..")) return false;
    return true;
}

static void read_files(const YamlNode *map, Mistakes *mistakes, TestFiles *files) {
    for (const YamlNode *value = map ? map->first : NULL; value; value = value->next) {
        bool text = value->kind != YAML_LIST && value->kind != YAML_MAP;
        if (!is_inside(value->key)) {
            mistake_add(mistakes, DIAGNOSTIC_E407, value->key_span,
                        "'%.*s' is no path inside a tree", STR_ARG(clipped(value->key)));
        } else if (!text) {
            mistake_add(mistakes, DIAGNOSTIC_E404, value->span, "a file must be text, not %s",
                        yaml_kind_name(value->kind));
        } else {
            vec_add(files, ((TestFile){value->key, value->text}));
        }
    }
}

static void read_refused(const YamlNode *list, Mistakes *mistakes, RuleTest *test) {
    test->checks_refused = list != NULL;
    for (const YamlNode *item = schema_first(list); item; item = schema_next(list, item)) {
        DiagnosticCode code;
        if (!diagnostic_code_find(item->text, &code) || !str_starts_with(item->text, STR("W2")))
            mistake_add(mistakes, DIAGNOSTIC_E407, item->span, "'%.*s' is no code of a refusal",
                        STR_ARG(clipped(item->text)));
        else
            vec_add(&test->refused, item->text);
    }
}

static uint32_t column_of(Str text, uint32_t offset) {
    uint32_t column = 0;
    while (column < offset && text.data[offset - column - 1] != '\n') column++;
    return column;
}

static void read_test(const YamlNode *map, Mistakes *mistakes, RuleTests *tests) {
    static const Field fields[] = {
        {"name", FIELD_STRING, true, offsetof(TestNodes, name)},
        {"files", FIELD_MAP, true, offsetof(TestNodes, files)},
        {"expect", FIELD_MAP, false, offsetof(TestNodes, expect)},
        {"unchanged", FIELD_BOOL, false, offsetof(TestNodes, unchanged)},
        {"refused", FIELD_STRINGS, false, offsetof(TestNodes, refused)},
    };
    TestNodes nodes = {0};
    if (map->kind != YAML_MAP) {
        mistake_add(mistakes, DIAGNOSTIC_E404, map->span, "a test must be a map, not %s",
                    yaml_kind_name(map->kind));
        return;
    }
    schema_read(mistakes, map, "a test", fields, COUNT_OF(fields), &nodes);
    RuleTest test = {.span = map->span};
    if (nodes.name) test.name = nodes.name->text;
    test.unchanged = nodes.unchanged && str_is(nodes.unchanged->text, "true");
    read_files(nodes.files, mistakes, &test.before);
    read_files(nodes.expect, mistakes, &test.expect);
    read_refused(nodes.refused, mistakes, &test);
    if (nodes.expect && nodes.expect->first) {
        test.expect_span = nodes.expect->span;
        test.in_braces = tests->text.data[nodes.expect->span.start] == '{';
        test.indent = test.in_braces
                          ? column_of(tests->text, nodes.expect->key_span.start) + BLOCK_INDENT
                          : column_of(tests->text, nodes.expect->first->key_span.start);
    }
    if (!test.unchanged && !nodes.expect && !nodes.refused)
        mistake_add(mistakes, DIAGNOSTIC_E406, map->span,
                    "a test needs 'expect', 'unchanged: true' or 'refused'");
    vec_add(&tests->list, test);
}

static void read_inline(const YamlNode *root, Mistakes *mistakes, RuleTests *tests) {
    for (const YamlNode *value = root->first; value; value = value->next) {
        if (!str_is(value->key, "tests")) continue;
        if (value->kind != YAML_LIST)
            mistake_add(mistakes, DIAGNOSTIC_E404, value->span, "'tests' must be a list, not %s",
                        yaml_kind_name(value->kind));
        for (const YamlNode *item = value->kind == YAML_LIST ? value->first : NULL; item;
             item = item->next)
            read_test(item, mistakes, tests);
    }
}

// ---- folders -------------------------------------------------------------------------------------

typedef Vec(Str) Names;

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

// The entries of FOLDER by name, without those that begin with a dot. Empty when it is not there.
static void list_folder(Arena *arena, Str folder, Names *names) {
    DIR *directory = opendir(folder.data);
    if (directory == NULL) return;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "__pycache__") != 0)
            vec_add(names, arena_copy(arena, str_from(entry->d_name)));
    closedir(directory);
    if (names->count > 0) qsort(names->items, names->count, sizeof *names->items, compare_names);
}

static bool is_folder(Str path) {
    struct stat status;
    return lstat(path.data, &status) == 0 && S_ISDIR(status.st_mode);
}

// What a link names may be outside of the pack.
static bool is_file(Str path) {
    struct stat status;
    return lstat(path.data, &status) == 0 && S_ISREG(status.st_mode);
}

// All files below FOLDER / RELATIVE, in path order of their folders.
static bool read_tree(Arena *arena, Str folder, Str relative, int depth, TestFiles *files) {
    Names names = {0};
    bool good = depth < DEPTH_MAX;
    list_folder(arena, path_join(arena, folder, relative), &names);
    for (uint32_t i = 0; good && i < names.count; i++) {
        Str path = arena_copy(arena, path_join(arena, relative, names.items[i]));
        Str full = path_join(arena, folder, path);
        TestFile file = {.path = path};
        if (is_folder(full)) {
            good = read_tree(arena, folder, path, depth + 1, files);
        } else {
            good = is_file(full) &&
                   file_read(arena, full, FILE_SIZE_MAX, &file.text, NULL) == FILE_OK;
            if (good) vec_add(files, file);
        }
    }
    vec_release(&names);
    return good;
}

static bool read_folder(RuleTests *tests, Str folder, Str name, Diagnostics *diagnostics) {
    Arena *arena = &tests->arena;
    Str before = path_join(arena, folder, STR("before"));
    Str after = path_join(arena, folder, STR("after")), codes, code;
    RuleTest test = {.name = name, .folder = folder};
    bool good = read_tree(arena, before, STR(""), 0, &test.before);
    test.unchanged = !is_folder(after);
    if (!test.unchanged) good = read_tree(arena, after, STR(""), 0, &test.expect) && good;
    Str refused = path_join(arena, folder, STR("refused"));
    if (is_file(refused) && file_read(arena, refused, FILE_SIZE_MAX, &codes, NULL) == FILE_OK) {
        test.checks_refused = true;
        while (str_split_next(&codes, '\n', &code))
            if (str_trim(code).length > 0) vec_add(&test.refused, str_trim(code));
    }
    if (!good)
        diagnostic_add(diagnostics, DIAGNOSTIC_E400, SPAN_NONE, "cannot read the test '%.*s'",
                       STR_ARG(folder));
    vec_add(&tests->list, test);
    return good;
}

static bool read_folders(const Pack *pack, RuleTests *tests, Diagnostics *diagnostics) {
    Arena *arena = &tests->arena;
    Str folder = path_join(arena, pack->folder, STR("tests"));
    Names names = {0};
    bool good = true;
    if (is_folder(folder)) list_folder(arena, folder, &names);
    for (uint32_t i = 0; i < names.count; i++) {
        Str path = arena_copy(arena, path_join(arena, folder, names.items[i]));
        if (is_folder(path_join(arena, path, STR("before"))))
            good = read_folder(tests, path, names.items[i], diagnostics) && good;
    }
    vec_release(&names);
    return good;
}

// ---- a pack --------------------------------------------------------------------------------------

bool rule_tests_read(const Pack *pack, Sources *sources, RuleTests *tests,
                     Diagnostics *diagnostics) {
    *tests = (RuleTests){0};
    Mistakes mistakes = {.diagnostics = diagnostics};
    if (pack_file_read(&tests->arena, pack->file, YAML_SIZE_MAX, &tests->text) != FILE_OK) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E400, SPAN_NONE, "cannot read '%.*s'",
                       STR_ARG(pack->file));
        return false;
    }
    tests->file = sources_add_auxiliary(sources, pack->file, tests->text);
    const YamlNode *root = yaml_read(&tests->arena, tests->file, tests->text, &mistakes);
    if (root != NULL && root->kind == YAML_MAP) read_inline(root, &mistakes, tests);
    return read_folders(pack, tests, diagnostics) && mistakes.count == 0;
}

void rule_tests_release(RuleTests *tests) {
    for (uint32_t i = 0; i < tests->list.count; i++) {
        vec_release(&tests->list.items[i].before);
        vec_release(&tests->list.items[i].expect);
        vec_release(&tests->list.items[i].refused);
    }
    vec_release(&tests->list);
    arena_release(&tests->arena);
}
