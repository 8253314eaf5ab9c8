// A tree and what is known of it. In: a folder, and open documents. Out: a run of the pipeline, kept until something changes.
#include "cli/lsp/tree.h"

#include "base/bug.h"
#include "report/finding.h"

void tree_open(Tree *tree, const char *root) {
    size_t size = strlen(root) + 1;
    *tree = (Tree){.root = memcpy(memory_alloc_zeroed(size, 1), root, size), .stale = true, .said = json_object()};
    resident_open(&tree->resident);
}

static void forget(Tree *tree) {
    if (!tree->analysed) return;
    if (tree->good) report_release(&tree->report);
    run_release(&tree->run);
    options_release(&tree->options);
    vec_clear(&tree->buffers);
    arena_release(&tree->texts);
    tree->texts = (Arena){0};
    tree->analysed = tree->good = false;
}

void tree_close(Tree *tree) {
    forget(tree);
    resident_close(&tree->resident);
    vec_release(&tree->buffers);
    json_decref(tree->said);
    free(tree->logged);
    free(tree->root);
}

// Copies: the run keeps pieces of the texts.
static void collect_buffers(Tree *tree, const Documents *documents) {
    for (uint32_t i = 0; i < documents->list.count; i++) {
        const Document *document = &documents->list.items[i];
        Str below;
        if (document->path == NULL || !path_below(str_from(tree->root), document->path, &below)) continue;
        SourceBuffer buffer = {arena_copy(&tree->texts, below), arena_copy(&tree->texts, strbuf_str(&document->text))};
        vec_add(&tree->buffers, buffer);
    }
}

void tree_refresh(Tree *tree, const Documents *documents) {
    if (!tree->stale) return;
    forget(tree);
    tree->stale = false;
    collect_buffers(tree, documents);
    options_begin(COMMAND_REPORT, &tree->options);
    tree->options.sources.root = str_from(tree->root);
    tree->options.sources.buffers = tree->buffers.items;
    tree->options.sources.buffer_count = tree->buffers.count;
    tree->options.resident = &tree->resident;
    tree->analysed = true;
    tree->good = run_pipeline(&tree->run, &tree->options, RUN_TO_PARTS);
    diagnostics_sort(&tree->run.diagnostics, &tree->run.sources);
    if (!tree->good) return;
    ReportInput input = {&tree->run.sources, &tree->run.program, &tree->run.solution, &tree->run.plan,
                         &tree->run.diagnostics};
    ReportInput *kept = arena_new(&tree->texts, ReportInput);
    *kept = input;
    report_build(kept, &tree->report);
}

FileId tree_file(const Tree *tree, const char *uri) {
    FileId none = {0};
    Str below;
    char *path = tree->analysed && uri != NULL ? uri_path(uri) : NULL;
    if (path == NULL) return none;
    FileId file = path_below(str_from(tree->root), path, &below) ? sources_find(&tree->run.sources, below) : none;
    free(path);
    return file;
}

const ReportFile *tree_report_file(const Tree *tree, FileId file) {
    uint32_t row = tree->good && file.index > 0 ? tree->report.file_rows[file.index] : 0;
    return row > 0 ? &tree->report.files.items[row - 1] : NULL;
}

Span tree_access_span(const Tree *tree, const ReportAccess *access) {
    return sink_span(&tree->run.program, &tree->run.solution.sinks.items[access->sink]);
}
