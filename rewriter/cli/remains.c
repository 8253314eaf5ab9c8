// After a rollback of a part. In: the files of the run, and the folder. Out: what the files that were left make
// of the tree: calls and imports of what is gone. Both trees are made in memory; writes nothing.
#include "cli/remains.h"

#include "cli/languages.h"
#include "source/source.h"
#include "verify/finding.h"

typedef struct RemainingTree {
    Sources sources;
    Facts facts;
    Rules rules; // none: only what is broken counts
    Program program;
    Diagnostics diagnostics;
    Solution solution; // none
} RemainingTree;

void remains_add(void *context, Str path, Str before, Str after) {
    Remains *remains = context;
    Arena *arena = &remains->arena;
    RemainingFile file = {arena_copy(arena, path),
                          before.data ? arena_copy(arena, before) : STR_NONE,
                          after.data ? arena_copy(arena, after) : STR_NONE};
    vec_add(&remains->files, file);
}

void remains_release(Remains *remains) {
    vec_release(&remains->files);
    arena_release(&remains->arena);
}

typedef struct TreeFile {
    Str path, bytes; // without data: no file
    bool of_run;     // stands instead of the one on disk
} TreeFile;

static int compare_files(const void *left, const void *right) {
    const TreeFile *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : (int)b->of_run - (int)a->of_run;
}

// The files of the folder, and those of the run as they are AFTER the rollback or before it.
static void add_files(const Remains *remains, const Sources *disk, bool after,
                      RemainingTree *tree) {
    Vec(TreeFile) files = {0};
    for (uint32_t i = 1; i < disk->files.count; i++)
        if (!disk->files.items[i].auxiliary)
            vec_add(&files,
                    ((TreeFile){disk->files.items[i].path, disk->files.items[i].raw, false}));
    for (uint32_t i = 0; i < remains->files.count; i++) {
        const RemainingFile *file = &remains->files.items[i];
        if (languages_accept(file->path))
            vec_add(&files, ((TreeFile){file->path, after ? file->after : file->before, true}));
    }
    if (files.count > 1) qsort(files.items, files.count, sizeof *files.items, compare_files);
    for (uint32_t i = 0; i < files.count; i++) {
        const TreeFile *file = &files.items[i];
        bool again = i > 0 && str_equal(file->path, file[-1].path);
        if (!again && file->bytes.data != NULL)
            sources_add_memory(&tree->sources, file->path, file->bytes, &tree->diagnostics);
    }
    vec_release(&files);
}

static void load_tree(const Remains *remains, const Sources *disk, bool after,
                      RemainingTree *tree) {
    *tree = (RemainingTree){0};
    add_files(remains, disk, after, tree);
    languages_load(&tree->sources, &tree->rules, NULL, 0, false, &tree->facts, &tree->diagnostics);
    program_build(&tree->program, &tree->facts, &tree->rules);
}

static void release_tree(RemainingTree *tree) {
    program_release(&tree->program);
    facts_release(&tree->facts);
    rules_release(&tree->rules);
    sources_release(&tree->sources);
    diagnostics_release(&tree->diagnostics);
}

static VerifyTree view(const RemainingTree *tree) {
    return (VerifyTree){&tree->sources, &tree->program, &tree->solution, &tree->diagnostics};
}

static void report(const Findings *found, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < found->list.count; i++) {
        const Finding *finding = &found->list.items[i];
        bool again =
            i > 0 && str_equal(finding->message, finding[-1].message) && // two names of one import
            finding->at.line == finding[-1].at.line && str_equal(finding->path, finding[-1].path);
        if (!finding->is_new || again) continue;
        diagnostic_add(diagnostics, finding_code(finding->kind), SPAN_NONE, "%.*s:%u: %.*s",
                       STR_ARG(finding->path), finding->at.line, STR_ARG(finding->message));
    }
}

void remains_report(const Remains *remains, Str root, Diagnostics *diagnostics) {
    SourceOptions options = {.root = root, .accepts = languages_accept};
    Sources disk = {0};
    Diagnostics of_disk = {0};
    if (sources_load(&options, &disk, &of_disk)) {
        RemainingTree old, now;
        Findings found_old, found_now;
        load_tree(remains, &disk, false, &old);
        load_tree(remains, &disk, true, &now);
        VerifyTree before = view(&old), after = view(&now);
        findings_build(&before, &after, languages_chosen(), &found_old, &found_now);
        report(&found_now, diagnostics);
        findings_release(&found_old);
        findings_release(&found_now);
        release_tree(&old);
        release_tree(&now);
    }
    diagnostics_release(&of_disk);
    sources_release(&disk);
}
