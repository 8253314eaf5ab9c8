// What is wrong with a tree as such, and what is new of it in a second tree.
#ifndef WEFT_VERIFY_FINDING_H
#define WEFT_VERIFY_FINDING_H

#include "facts/language.h"
#include "solve/solution.h"

// A tree that was loaded, resolved and solved. All of it is borrowed.
typedef struct VerifyTree {
    const Sources *sources;
    const Program *program;
    const Solution *solution;
    const Diagnostics *diagnostics; // of loading, extracting and solving
} VerifyTree;

typedef enum FindingKind {
    FINDING_SYNTAX,  // a file cannot be read, decoded or parsed
    FINDING_CALL,    // a call does not fit the function that it resolves to
    FINDING_UNBOUND, // a name is read that nothing binds
    FINDING_IMPORT,  // an imported name or module of the tree does not exist
    FINDING_CYCLE,   // a circle of imports that the tree before has not
    FINDING_KIND_COUNT
} FindingKind;

typedef struct Finding {
    FindingKind kind;
    Span span;
    Str path;
    LineColumn at;
    Str line;    // source line, trimmed
    Str key;     // what it is, without its place: survives edits elsewhere in the file
    Str message;
    bool is_new; // findings_compare: the tree before has no such finding left
} Finding;

typedef struct Findings {
    Arena arena; // owns keys and messages; the rest belongs to the tree
    Vec(Finding) list; // by path, position, kind
    uint32_t count[FINDING_KIND_COUNT];
    uint32_t new_count[FINDING_KIND_COUNT];
    uint32_t gone_count[FINDING_KIND_COUNT]; // of the tree before, with no partner here
} Findings;

const char *finding_kind_name(FindingKind kind); // "syntax", "calls", ...
// The code that reports say it by.
DiagnosticCode finding_code(FindingKind kind);

// Finds everything in one tree, or in two and compares them: what AFTER has and BEFORE has not is
// marked as new, by what it is and the text of its line; line numbers do not count. BEFORE may be
// NULL; then nothing is new, FOUND_BEFORE stays empty, and circles of imports are not looked for,
// since most circles work.
void findings_build(const VerifyTree *before, const VerifyTree *after, const Languages *languages,
                    Findings *found_before, Findings *found_after);
void findings_release(Findings *findings);

#endif
