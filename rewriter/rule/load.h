// Finding and loading rules: packs, weft.yml, and which pack fits a tree.
#ifndef WEFT_RULE_LOAD_H
#define WEFT_RULE_LOAD_H

#include "rule/rule.h"

typedef struct RuleOptions {
    Str root;            // real path of the tree
    Vec(Str) packs;      // --pack: a pack's name, a folder or a .yml file; none = weft.yml or detection
    Str program_path;    // argv[0] or /proc/self/exe, to find packs beside the program
    bool only_signatures;// nobody asks for a context: rules may say nothing of one
    StrBuf *shown;       // gets the rules that count, as YAML (rule/show.h); NULL: nobody asks
} RuleOptions;

// Loads the packs named by OPTIONS, else those of weft.yml in the root, else the one pack whose
// `detect: modules: [...]` all exist in SOURCES. Rule files become auxiliary files of SOURCES so that
// messages can show them. False after E4xx diagnostics; several mistakes are reported at once.
bool rules_load(const RuleOptions *options, Sources *sources, Rules *rules,
                Diagnostics *diagnostics);

// Loads of the tree's weft.yml only what it says of verification, its commands among it, and of no pack
// anything. True also without a weft.yml; false after E4xx diagnostics.
bool rules_load_verification(const RuleOptions *options, Sources *sources, Rules *rules,
                             Diagnostics *diagnostics);

// The language that weft.yml or a pack of OPTIONS names, in ARENA; empty when none does, or none can be read: rules_load
// says why. Comes before the files of the tree are looked for.
Str rules_language(const RuleOptions *options, Arena *arena);

// Whether somebody names rules for SOURCES, a weft.yml or OPTIONS, or one pack is for it.
bool rules_found(const RuleOptions *options, Sources *sources);

// The pack that is chosen for SOURCES when nobody names one. False when none fits, or two do equally well;
// *NAME lives in ARENA.
bool rules_detect(const RuleOptions *options, Sources *sources, Arena *arena, Str *name);

// The functions of the language that run what is handed to them. Rules that are loaded have them already.
void rules_add_standard_forwarders(Rules *rules);

// Loads one rule file from memory (tests, --pack file.yml). PATH is for messages.
bool rules_load_text(Sources *sources, Str path, Str text, Rules *rules, Diagnostics *diagnostics);

// Folders that are searched for packs, in order: $WEFT_RULES_PATH (colon separated), `rules/` beside
// the program and in its parents up to two levels, and the packs in the program (rule/pack_file.h).
// Appends to FOLDERS.
typedef struct RuleFolders {
    Vec(Str) list;
} RuleFolders;
void rule_folders(Arena *arena, const RuleOptions *options, RuleFolders *folders);

#endif
