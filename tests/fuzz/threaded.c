// Rules are loaded once: every tree has the rule file as its first file, so that spans of rules hold in all.
#include "threaded.h"

#include <stdlib.h>

#include "base/file.h"
#include "cpython.h"
#include "python/python.h"
#include "rule/load.h"

static const Language *const LIST[] = {&language_python};
static const Languages LANGUAGES = {LIST, 1};

#define MARK STR("# file: ")

enum { FIRST_MODULE = 2 };

// Loaded once: every tree has the rule file as its first file, so that spans of rules hold in all.
static struct {
    Arena arena;
    Str text;
    Rules rules;
    Sources sources;
    PatternProgram *patterns;
} common;

_Noreturn void tree_fail(const Tree *tree, const char *what) {
    fprintf(stderr, "%s\n", what);
    for (uint32_t i = 0; i < tree->plan.files.count; i++) {
        const PlannedFile *file = &tree->plan.files.items[i];
        fprintf(stderr, "---- %.*s before:\n%.*s\n---- after:\n%.*s\n", STR_ARG(file->path),
                STR_ARG(file->before), STR_ARG(file->after));
    }
    diagnostics_render(&tree->diagnostics, &tree->sources, SEVERITY_ERROR, false, stderr);
    abort();
}

static void load_rules(void) {
    if (common.text.length > 0) return;
    Diagnostics diagnostics = {0};
    bool good =
        file_read(&common.arena, STR(FUZZ_RULES), 0, &common.text, NULL) == FILE_OK &&
        rules_load_text(&common.sources, STR("tree.yml"), common.text, &common.rules, &diagnostics);
    if (good)
        common.patterns = language_python.patterns->compile(&common.rules.patterns, &common.sources,
                                                            &diagnostics);
    if (common.patterns == NULL) {
        diagnostics_render(&diagnostics, &common.sources, SEVERITY_NOTE, false, stderr);
        abort();
    }
    diagnostics_release(&diagnostics);
}

// ---- trees ---------------------------------------------------------------------------------------
void tree_open(Tree *tree) {
    load_rules();
    *tree = (Tree){0};
    sources_add_auxiliary(&tree->sources, STR("tree.yml"), common.text);
}

void tree_close(Tree *tree) {
    plan_release(&tree->plan);
    solution_release(&tree->solution);
    program_release(&tree->program);
    facts_release(&tree->facts);
    diagnostics_release(&tree->diagnostics);
    sources_release(&tree->sources);
}

// The line of a mark is part of its module.
static void add_module(Tree *tree, Str text) {
    Str path = STR("app/bot.py");
    if (str_starts_with(text, MARK)) {
        ptrdiff_t end = str_find(text, '\n');
        path = str_trim(str_slice(text, MARK.length, end < 0 ? text.length : (size_t)end));
    }
    if (!language_python.accepts(path) || str_find(path, '\0') >= 0) return;
    if (sources_find(&tree->sources, path).index == 0)
        sources_add_memory(&tree->sources, path, text, &tree->diagnostics);
}

void tree_add_modules(Tree *tree, Str input) {
    size_t start = 0;
    for (size_t at = 1; at < input.length; at++) {
        bool mark =
            input.data[at - 1] == '\n' && str_starts_with(str_slice(input, at, input.length), MARK);
        if (!mark) continue;
        add_module(tree, str_slice(input, start, at));
        start = at;
    }
    add_module(tree, str_slice(input, start, input.length));
}

// The tree that the plan of BEFORE makes.
static void add_planned(Tree *tree, const Tree *before) {
    const Plan *plan = &before->plan;
    for (uint32_t i = FIRST_MODULE; i < before->sources.files.count; i++) {
        const SourceFile *file = &before->sources.files.items[i];
        Str bytes = file->raw;
        for (uint32_t k = 0; k < plan->files.count; k++)
            if (plan->files.items[k].file.index == i) bytes = plan->files.items[k].after;
        sources_add_memory(&tree->sources, file->path, bytes, &tree->diagnostics);
    }
    for (uint32_t k = 0; k < plan->files.count; k++) {
        const PlannedFile *file = &plan->files.items[k];
        if (file->is_new)
            sources_add_memory(&tree->sources, file->path, file->after, &tree->diagnostics);
    }
}

// ---- one run -------------------------------------------------------------------------------------
void tree_plan(Tree *tree, Mode mode, bool contract) {
    common.rules.context.mode = mode;
    tree->refused = true;
    FactsInput input = {.sources = &tree->sources,
                        .languages = &LANGUAGES,
                        .patterns = common.patterns,
                        .threads = 1,
                        .declare = program_declare,
                        .context = &common.rules};
    facts_load(&input, &tree->facts, &tree->diagnostics);
    program_build(&tree->program, &tree->facts, &common.rules);
    SolveOptions options = {.contract = contract};
    uint32_t errors = tree->diagnostics.error_count;
    solve_context(&tree->program, &options, &tree->solution, &tree->diagnostics);
    if (tree->diagnostics.error_count > errors) return; // a rule does not fit the tree
    weave_edits(&tree->program, &tree->solution, &tree->plan.edits);
    bool good = edits_finish(&tree->plan.edits, &tree->sources, NULL, &tree->diagnostics) &&
                plan_build(&tree->sources, &common.rules, &tree->plan, NULL, &tree->diagnostics);
    if (good) {
        CheckInput check = {&tree->program, &tree->solution, &LANGUAGES, &tree->plan, 1, NULL};
        good = plan_check(&check, &tree->diagnostics);
    }
    // What else the post-check says may be true of texts that the grammar takes and Python does not, which
    // many inputs are: run_pipeline.py asks CPython.
    for (uint32_t i = 0; i < tree->diagnostics.list.count; i++)
        if (tree->diagnostics.list.items[i].code == DIAGNOSTIC_E502)
            tree_fail(tree, "weft finds its own plan wrong");
    if (!good) vec_clear(&tree->plan.files);
    tree->refused = !good;
}

bool tree_compiles(const Tree *tree) {
    for (uint32_t i = FIRST_MODULE; i < tree->sources.files.count; i++)
        if (!cpython_compiles(tree->sources.files.items[i].raw)) return false;
    return cpython_is_there();
}

void tree_check_finished(const Tree *tree, const Tree *next) {
    if (next->plan.files.count == 0) return;
    if (tree_compiles(tree) || !cpython_is_there()) tree_fail(next, "a second run changes more");
}

void tree_plan_next(Tree *next, const Tree *tree, Mode mode, bool contract) {
    tree_open(next);
    add_planned(next, tree);
    tree_plan(next, mode, contract);
}
