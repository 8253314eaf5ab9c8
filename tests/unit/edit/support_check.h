// A tree in memory, a plan made by hand and what the post-check says of it: what the test_check files
// share.
#ifndef WEFT_TESTS_UNIT_EDIT_SUPPORT_CHECK_H
#define WEFT_TESTS_UNIT_EDIT_SUPPORT_CHECK_H

#include "edit/support_weave.h"

#include "edit/check.h"

typedef struct Case {
    Tree tree;
    Plan plan;
    const Languages *languages; // who reads the new texts; Python when it is not set
} Case;

// COUNT files in path order. The context's parameter is called "context".
#define case_open(c, ...)                                                                          \
    case_open_files((c), (const TreeFile[]){__VA_ARGS__},                                          \
                    (uint32_t)(sizeof((const TreeFile[]){__VA_ARGS__}) / sizeof(TreeFile)))
void case_open_files(Case *c, const TreeFile *files, uint32_t count);
void case_close(Case *c);
// The first OLD in PATH becomes TEXT, by an edit that takes away OLD and nothing else.
void case_replace(Case *c, const char *path, const char *old, const char *text);
// TEXT goes in front of / behind the first PLACE in PATH.
void case_insert(Case *c, const char *path, const char *place, const char *text);
void case_append(Case *c, const char *path, const char *place, const char *text);
// A file that the rules bring.
void case_add_file(Case *c, const char *path, const char *text);
// Builds the plan and checks it: nothing is wrong.
void case_good(Case *c);
// The only thing wrong is CODE with MESSAGE.
void case_wrong(Case *c, DiagnosticCode code, const char *message);

#endif
