// What a rule file takes from those that it extends: which of their rules it takes out, and what it calls their
// names. The nodes of an inherited file are copied with that done, so that whoever loads them knows nothing of it.
#ifndef WEFT_RULE_INHERIT_H
#define WEFT_RULE_INHERIT_H

#include "rule/rename.h"
#include "rule/yaml_doc.h"

typedef struct RuleFile RuleFile;

// One entry of `remove:`: a section ("sinks") and what is taken out of it.
typedef struct Removal {
    Str section;
    Str name; // id, name or pattern; empty: the whole section
    Span span;
    bool used;
} Removal;
typedef Vec(Removal) Removals;

// Reads `remove:` and `rename:` of FILE. Mistakes go to FILE.
void inherit_read(Arena *arena, RuleFile *file);
// Does to the nodes of FILE what the files over it ask for.
void inherit_apply(Arena *arena, RuleFile *file);
// The same for a file of the runtime: its path and its bytes. False when it is taken out.
bool inherit_runtime_file(Arena *arena, const RuleFile *file, Str *path, Str *bytes);
// Of Python code that is no file of the tree.
Str inherit_python(Arena *arena, const RuleFile *file, Str bytes);
// E417 for what FILE removes or renames and no file below it has.
void inherit_report_unused(RuleFile *file);
void inherit_release(RuleFile *file);

#endif
