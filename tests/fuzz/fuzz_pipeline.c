// Any bytes as a Python tree on a disk, which is threaded as a user does it. The diff applies, and is what apply
// writes; what CPython compiled it compiles afterwards, and weft's own parser takes it; the next diff is
// empty; rollback gives back every byte.
//
// Inputs are those of fuzz_python.c, but for modules whose names are unusual. CPython judges where its library is found.
#include "limit.h"

#include "apply/apply.h"
#include "base/file.h"
#include "base/path.h"
#include "cpython.h"
#include "mutate_python.h"
#include "patch/diff.h"
#include "patch/plan_file.h"
#include "patch_text.h"
#include "place.h"
#include "threaded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIRST_MODULE = 2, CONTEXT = 3, FILE_MODE = 0644 };

static const ApplyControl CONTROL = {.command = {"fuzz", 4}, .no_sync = true, .allow_dirty = true};

// ---- the tree on the disk ------------------------------------------------------------------------

// What needs no quotes in a diff, and leads to no place of its own kind.
static bool is_plain(Str path) {
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i], before = i > 0 ? path.data[i - 1] : '/';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '_' && c != '-' && (before == '/' || (c != '/' && c != '.')))
            return false;
    }
    return true;
}

static Str on_disk(Arena *arena, Str path) { return path_join(arena, place_get()->tree, path); }

// False for a tree that no disk has, as with "a.py/b.py" beside "a.py".
static bool write_tree(Arena *arena, const Tree *tree) {
    place_clear_tree();
    for (uint32_t i = FIRST_MODULE; i < tree->sources.files.count; i++) {
        const SourceFile *file = &tree->sources.files.items[i];
        if (!is_plain(file->path) || !place_write(on_disk(arena, file->path), file->raw, FILE_MODE))
            return false;
    }
    return true;
}

static void check_disk(Arena *arena, const Tree *tree) {
    for (uint32_t i = FIRST_MODULE; i < tree->sources.files.count; i++) {
        const SourceFile *file = &tree->sources.files.items[i];
        Str bytes;
        if (file_read(arena, on_disk(arena, file->path), 0, &bytes, NULL) != FILE_OK ||
            !str_equal(bytes, file->raw))
            tree_fail(tree, "apply does not write what was planned");
    }
}

// ---- judgement -----------------------------------------------------------------------------------

bool mutation_is_welcome(Str input) {
    Tree tree;
    tree_open(&tree);
    tree_add_modules(&tree, input);
    bool good = tree_compiles(&tree);
    tree_close(&tree);
    return good;
}

// A plan that does not parse is a fault of weft's where all did before. What else the post-check says of a plan, the
// program answers by taking the place back (W216), and says so: it is no fault of this kind.
static void check_refusal(const Tree *tree) {
    if (!tree->refused || !tree_compiles(tree)) return;
    for (uint32_t i = 0; i < tree->diagnostics.list.count; i++)
        if (tree->diagnostics.list.items[i].code == DIAGNOSTIC_E501)
            tree_fail(tree, "the plan of a tree that compiles does not parse");
}

static void check_compiles(const Tree *tree) {
    for (uint32_t i = 0; i < tree->plan.files.count; i++) {
        const PlannedFile *file = &tree->plan.files.items[i];
        if (cpython_compiles(file->before) && !cpython_compiles(file->after))
            tree_fail(tree, "a module does not compile any more");
    }
}

static void check_diff(Arena *arena, const Tree *tree) {
    StrBuf text = {0};
    diff_add(&tree->plan, CONTEXT, DIFF_BYTES, &text);
    Str diff = strbuf_str(&text), path, hunks, after;
    for (uint32_t i = 0; i < tree->plan.files.count; i++) {
        const PlannedFile *file = &tree->plan.files.items[i];
        if (!patch_next(&diff, &path, &hunks) || !str_equal(path, file->path) ||
            !patch_text(arena, hunks, file->before, &after) || !str_equal(after, file->after))
            tree_fail(tree, "the diff does not apply, or gives something else");
    }
    if (diff.length > 0) tree_fail(tree, "the diff has more than the plan");
    strbuf_release(&text);
}

// ---- the way there and back ----------------------------------------------------------------------

static void apply(Tree *tree) {
    PlanMaker maker = {
        .weft = STR("1"), .tree_sitter = STR("1"), .grammar = STR("1"), .packs = STR("fuzz")};
    StrBuf document = {0};
    ApplyReport report;
    for (uint32_t i = 0; i < tree->plan.files.count; i++)
        tree->plan.files.items[i].mode = FILE_MODE;
    plan_write(&tree->plan, &maker, &document);
    if (apply_plan(place_get()->tree, &tree->plan, strbuf_str(&document), &CONTROL, &report,
                   &tree->diagnostics) != APPLY_DONE)
        tree_fail(tree, "apply refuses the plan");
    strbuf_release(&document);
}

static void take_back(const Tree *tree) {
    Diagnostics diagnostics = {0};
    ApplyReport report;
    if (apply_rollback(place_get()->tree, 0, &(UndoHow){0}, &CONTROL, &report, &diagnostics) !=
        APPLY_DONE)
        tree_fail(tree, "rollback refuses the run");
    diagnostics_release(&diagnostics);
}

// The plan of TREE, which the disk has, is carried out and taken back; a second stage in between.
static void prove(Tree *tree, Mode mode, bool contract, bool has_second) {
    Arena arena = {0};
    Tree next, second;
    check_refusal(tree);
    if (tree->plan.files.count == 0) return;
    Str before = place_snapshot(&arena, place_get()->tree);
    check_compiles(tree);
    check_diff(&arena, tree);
    apply(tree);
    tree_plan_next(&next, tree, mode, contract);
    check_disk(&arena, &next);
    tree_check_finished(tree, &next);
    tree_close(&next);
    if (has_second) {
        tree_plan_next(&second, tree, MODE_REQUIRED, true);
        prove(&second, MODE_REQUIRED, true, false);
        tree_close(&second);
    }
    take_back(tree);
    if (!str_equal(before, place_snapshot(&arena, place_get()->tree)))
        tree_fail(tree, "rollback does not give back every byte");
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    if (size == 0) return 0;
    Arena arena = {0};
    unsigned choice = data[0] % (MODE_COUNT + 1);
    bool stages = choice == MODE_COUNT; // expand, then contract
    Mode mode = stages ? MODE_OPTIONAL : (Mode)choice;
    Tree tree;
    tree_open(&tree);
    tree_add_modules(&tree, (Str){(const char *)data + 1, size - 1});
    if (write_tree(&arena, &tree)) {
        tree_plan(&tree, mode, false);
        prove(&tree, mode, false, stages);
    }
    tree_close(&tree);
    arena_release(&arena);
    limit_check(start);
    return 0;
}
