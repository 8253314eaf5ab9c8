// One tree of an editor's workspace, analysed with what the editor has not saved.
#ifndef WEFT_CLI_LSP_TREE_H
#define WEFT_CLI_LSP_TREE_H

#include "cli/lsp/document.h"
#include "cli/run.h"
#include "report/model.h"

// What is known of a tree. It has pointers into itself, and stays where it is.
typedef struct Analysis {
    Options options;
    Run run;
    Report report;
    Vec(SourceBuffer) buffers;
    Arena texts;     // of the buffers
    bool good;       // the run went to its end
} Analysis;

// Whether an analysis is not wanted any more, asked now and then while it goes on. Of whoever has the tree.
typedef struct GivingUp {
    bool (*asks)(void *data);
    void *data;
} GivingUp;

typedef struct Tree {
    char *root;      // real path
    bool stale;      // something has changed since it was analysed
    Resident resident; // between two analyses
    Analysis *now;   // the last that was not given up; NULL: there was none
    json_t *said;    // the diagnostics that were published, by URI
    char *logged;    // what was said besides; NULL: nothing
} Tree;

// It was analysed, to the end.
static inline bool tree_is_good(const Tree *tree) { return tree->now != NULL && tree->now->good; }

// ROOT is copied; it is a folder that exists.
void tree_open(Tree *tree, const char *root);
void tree_close(Tree *tree);
// Analyses the tree anew when it is stale. False when that was given up: it is as stale as before, and what was known stays.
bool tree_refresh(Tree *tree, const Documents *documents, const GivingUp *giving_up);
// The file of URI as it was analysed; none when it is no file of the tree.
FileId tree_file(const Tree *tree, const char *uri);
// The accesses of FILE that have something left to be done: a range of Report.accesses.
const ReportFile *tree_report_file(const Tree *tree, FileId file);
// Byte offsets of an access in the text of its file.
Span tree_access_span(const Tree *tree, const ReportAccess *access);

#endif
