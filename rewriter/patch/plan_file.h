// A plan as a file: what `weft plan` writes, a person reviews and `weft apply --plan` executes.
//
// The format is JSON, described by docs/schema/plan.schema.json. It holds the edits and not the
// sources: each file is pinned by the blob ids of its bytes before and after. Spans are byte offsets
// into the file's text as UTF-8 without signature, which for most files are its bytes; the encoding
// follows from the bytes (PEP 263). Paths and texts that are not UTF-8 are written in hexadecimal
// under "path_hex" and "text_hex".
//
// The calling sequence: plan_read, then any selection among the edits, then plan_resolve, after
// which the plan is like one that plan_build made, except that it knows no Sources.
#ifndef WEFT_PATCH_PLAN_FILE_H
#define WEFT_PATCH_PLAN_FILE_H

#include "edit/plan.h"

enum { PLAN_SCHEMA_VERSION = 1 };

// A rule file that the plan was made with.
typedef struct PlanRuleFile {
    Str name; // its base name
    BlobId id;
} PlanRuleFile;

// What made a plan. Texts are borrowed.
typedef struct PlanMaker {
    Str weft; // versions
    Str tree_sitter;
    Str grammar;       // of tree-sitter-python
    Str packs;         // names, comma separated
    Vec(Str) types;    // the families that were asked for
    Vec(PlanRuleFile) rules;
} PlanMaker;

void plan_maker_release(PlanMaker *maker);

// Appends the plan as JSON with a line end. The same plan gives the same bytes.
void plan_write(const Plan *plan, const PlanMaker *maker, StrBuf *out);

// Reads JSON, strictly: anything that the format does not know, a path that leaves the root or leads
// into .git or .weft, and edits that overlap are E601 with their place in the document. NAME is that
// of the file, for messages. Files come out sorted by path, with `before` and (but for new files)
// `after` still empty; Edit.file is {0}. Texts are slices of JSON, which must outlive PLAN and MAKER, or
// live in PLAN's arena.
bool plan_read(Str name, Str json, Plan *plan, PlanMaker *maker, Diagnostics *diagnostics);

// Fills `before` and `after` of a plan that was read, from the files below ROOT as they are now, and
// drops files without edits. A file that is not the one of the plan is E602, and *STALE is set; edits
// that do not give the promised result are E601; a file whose after_id is all zero promises none.
// Reports such files in order; false when there was one. Reads with THREADS.
bool plan_resolve(Str root, Plan *plan, unsigned threads, bool *stale, Diagnostics *diagnostics);

// The permission bits that git distinguishes: 0100755 for a file that its owner may execute, else
// 0100644.
unsigned plan_git_mode(mode_t mode);

// The new bytes of the file whose bytes now are RAW: edits [first, first + count) of a plan. False
// when the bytes cannot be decoded, the edits reach over the end, or the text cannot be encoded.
bool plan_edit_bytes(Arena *arena, Str raw, const Edit *edits, uint32_t count, Str *after);

const char *safety_name(Safety safety);
// The class of that name; false when there is none.
bool safety_find(Str name, Safety *safety);

#endif
