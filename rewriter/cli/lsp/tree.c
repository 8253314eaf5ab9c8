// A tree and what is known of it. In: a folder, and open documents. Out: a run of the pipeline, kept until something changes.
#include "cli/lsp/tree.h"

#include "base/bug.h"
#include "report/finding.h"

void tree_open(Tree *tree, const char *root) {
    size_t size = strlen(root) + 1;
    *tree = (Tree){.root = memcpy(memory_alloc_zeroed(size, 1), root, size), .stale = true, .said = json_object()};
    resident_open(&tree->resident);
}

static void forget(Analysis *analysis) {
    if (analysis == NULL) return;
    if (analysis->good) report_release(&analysis->report);
    run_release(&analysis->run);
    options_release(&analysis->options);
    vec_release(&analysis->buffers);
    arena_release(&analysis->texts);
    free(analysis);
}

void tree_close(Tree *tree) {
    forget(tree->now);
    resident_close(&tree->resident);
    json_decref(tree->said);
    free(tree->logged);
    free(tree->root);
}

// Copies: paths below the root, and texts as they are now.
static void collect_buffers(const Tree *tree, const Documents *documents, Analysis *analysis) {
    for (uint32_t i = 0; i < documents->list.count; i++) {
        const Document *document = &documents->list.items[i];
        Str below;
        if (document->path == NULL || !path_below(str_from(tree->root), document->path, &below)) continue;
        SourceBuffer buffer = {arena_copy(&analysis->texts, below),
                               arena_copy(&analysis->texts, strbuf_str(&document->text))};
        vec_add(&analysis->buffers, buffer);
    }
}

static Analysis *analyse(Tree *tree, const Documents *documents, const GivingUp *giving_up) {
    Analysis *analysis = memory_alloc_zeroed(1, sizeof *analysis);
    collect_buffers(tree, documents, analysis);
    options_begin(COMMAND_REPORT, &analysis->options);
    analysis->options.sources.root = str_from(tree->root);
    analysis->options.sources.buffers = analysis->buffers.items;
    analysis->options.sources.buffer_count = analysis->buffers.count;
    analysis->options.resident = &tree->resident;
    analysis->options.given_up = giving_up->asks;
    analysis->options.given_up_data = giving_up->data;
    Run *run = &analysis->run;
    analysis->good = run_pipeline(run, &analysis->options, RUN_TO_PARTS) && !run->given_up;
    if (run->given_up) return analysis;
    diagnostics_sort(&run->diagnostics, &run->sources);
    if (!analysis->good) return analysis;
    ReportInput *input = arena_new(&analysis->texts, ReportInput);
    *input = (ReportInput){&run->sources, &run->program, &run->solution, &run->plan, &run->diagnostics};
    report_build(input, &analysis->report);
    return analysis;
}

bool tree_refresh(Tree *tree, const Documents *documents, const GivingUp *giving_up) {
    if (!tree->stale) return true;
    tree->stale = false;
    Analysis *next = analyse(tree, documents, giving_up);
    if (next->run.given_up) {
        forget(next);
        tree->stale = true;
        return false;
    }
    forget(tree->now);
    tree->now = next;
    return true;
}

FileId tree_file(const Tree *tree, const char *uri) {
    FileId none = {0};
    Str below;
    char *path = tree->now != NULL && uri != NULL ? uri_path(uri) : NULL;
    if (path == NULL) return none;
    FileId file = path_below(str_from(tree->root), path, &below) ? sources_find(&tree->now->run.sources, below) : none;
    free(path);
    return file;
}

const ReportFile *tree_report_file(const Tree *tree, FileId file) {
    uint32_t row = tree_is_good(tree) && file.index > 0 ? tree->now->report.file_rows[file.index] : 0;
    return row > 0 ? &tree->now->report.files.items[row - 1] : NULL;
}

Span tree_access_span(const Tree *tree, const ReportAccess *access) {
    return sink_span(&tree->now->run.program, &tree->now->run.solution.sinks.items[access->sink]);
}
