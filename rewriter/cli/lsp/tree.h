// One tree of an editor's workspace, analysed with what the editor has not saved.
#ifndef WEFT_CLI_LSP_TREE_H
#define WEFT_CLI_LSP_TREE_H

#include "cli/lsp/document.h"
#include "cli/run.h"
#include "report/model.h"

typedef struct Tree {
    char *root;      // real path
    bool stale;      // something has changed since it was analysed
    bool analysed;   // RUN, REPORT and BUFFERS are there
    bool good;       // ... and the run went to its end
    Options options;
    Resident resident; // between two analyses
    Run run;
    Report report;
    Vec(SourceBuffer) buffers;
    Arena texts;     // of the buffers
    json_t *said;    // the diagnostics that were published, by URI
    char *logged;    // what was said besides; NULL: nothing
} Tree;

// ROOT is copied; it is a folder that exists.
void tree_open(Tree *tree, const char *root);
void tree_close(Tree *tree);
// Analyses the tree anew when it is stale.
void tree_refresh(Tree *tree, const Documents *documents);
// The file of URI as it was analysed; none when it is no file of the tree.
FileId tree_file(const Tree *tree, const char *uri);
// The accesses of FILE that have something left to be done: a range of Report.accesses.
const ReportFile *tree_report_file(const Tree *tree, FileId file);
// Byte offsets of an access in the text of its file.
Span tree_access_span(const Tree *tree, const ReportAccess *access);

#endif
