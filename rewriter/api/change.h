// What changed between two interfaces so that callers break. One model; text, JSON, Markdown and annotations are
// views of it.
#ifndef WEFT_API_CHANGE_H
#define WEFT_API_CHANGE_H

#include "api/surface.h"

// One enumerator a row of change_kinds.def.
typedef enum ApiChangeKind {
#define API_CHANGE(KIND, name, text) API_CHANGE_##KIND,
#include "api/change_kinds.def"
#undef API_CHANGE
    API_CHANGE_KIND_COUNT
} ApiChangeKind;

typedef struct ApiChange {
    ApiChangeKind kind;
    Str object;        // as the tree before names it
    Str parameter;     // or base class; empty: the object itself
    Str before, after; // texts of what changed; may be empty
    bool in_before;    // where it stands: in the tree before, since it is gone; else in that after
    Str path;
    uint32_t line, column; // 1-based
    bool accepted;         // a baseline has it
} ApiChange;

typedef struct ApiChanges {
    Arena arena;
    uint32_t public_before, public_after; // objects
    uint32_t added;                       // objects that only the tree after has
    Vec(ApiChange) list;                  // by object, kind and parameter
    uint32_t accepted;                    // of them
    uint32_t baseline_gone;               // lines of the baseline that are no change any more
} ApiChanges;

// Compares the interfaces. The texts of CHANGES are its own.
void api_changes_build(const ApiSurface *before, const ApiSurface *after, ApiChanges *changes);
void api_changes_release(ApiChanges *changes);

const char *api_change_name(ApiChangeKind kind);
// The same in words, for people.
const char *api_change_text(ApiChangeKind kind);

// "kind object parameter": what a baseline keeps of a change, one a line.
Str api_change_identity(Arena *arena, const ApiChange *change);
// Marks the changes that the file at PATH accepts. False after E701.
bool api_baseline_read(Str path, ApiChanges *changes, Diagnostics *diagnostics);
// Writes all changes to PATH, whole or not at all. False after E901.
bool api_baseline_write(Str path, const ApiChanges *changes, Diagnostics *diagnostics);

typedef enum ApiFormat { API_TEXT, API_JSON, API_MARKDOWN, API_GITHUB } ApiFormat;
// Prints CHANGES in FORMAT. BEFORE and AFTER are the trees as the user named them.
void api_changes_write(const ApiChanges *changes, ApiFormat format, Str before, Str after,
                       FILE *out);

#endif
