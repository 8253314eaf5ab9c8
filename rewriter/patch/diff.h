// A unified diff of a plan, such as `git apply` and `patch -p1` accept.
#ifndef WEFT_PATCH_DIFF_H
#define WEFT_PATCH_DIFF_H

#include <stdio.h>
#include "edit/plan.h"

// Who reads a diff. A program gets the bytes of the files (CRLF, any encoding). For a person, control characters in
// lines, what reorders text, and bytes that are no UTF-8 are escaped: they would drive the terminal.
typedef enum DiffLook { DIFF_BYTES, DIFF_SHOWN, DIFF_COLORED } DiffLook;

typedef struct DiffStat {
    uint32_t files;    // changed and new
    uint32_t new_files;
    uint32_t insertions, deletions; // lines
} DiffStat;

// Writes the diff of all files in path order: `diff --git a/x b/x`, `new file mode`, `index`,
// `---`/`+++` (a TAB after a path with a space, git's quoting of odd paths), hunks with CONTEXT
// lines around them.
void diff_write(const Plan *plan, uint32_t context, DiffLook look, FILE *out);
// The same, appended to OUT.
void diff_add(const Plan *plan, uint32_t context, DiffLook look, StrBuf *out);
// The same of a plan for SOURCES, which may be nameless; what their cache has of a file with these edits is taken from
// there, and what it has not is kept.
void diff_add_kept(Plan *plan, const Sources *sources, uint32_t context, DiffLook look, StrBuf *out);
// Appends the hunks between two texts, without headers.
void diff_add_hunks(StrBuf *out, Str before, Str after, uint32_t context);
// Counts without writing; by file when ROWS is not NULL (plan->files.count entries).
typedef struct DiffRow {
    uint32_t insertions, deletions;
} DiffRow;
// Added and removed lines; ROWS, when given, gets those of each file.
DiffStat diff_count(const Plan *plan, DiffRow *rows);

#endif
