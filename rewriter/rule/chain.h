// Opening rule files with all that they extend; for choose.c, which knows which packs are asked for.
#ifndef WEFT_RULE_CHAIN_H
#define WEFT_RULE_CHAIN_H

#include "rule/load_internal.h"
#include "rule/pack.h"

typedef struct Choice {
    Load *load;
    const RuleOptions *options;
    Arena arena; // of all names and paths here
    Packs known;
    RuleFile project; // weft.yml
    bool has_project;
    uint32_t opened;  // rule files
} Choice;

// The tree as detection asks for it.
DetectedTree choice_tree(Choice *choice);
// Reads the file at PATH. False after E4xx.
bool chain_open_file(Choice *choice, Str path, Span asked_at, RuleFile *file);
// E400 for a path that the tree itself names and that leads out of it. False.
bool chain_report_outside(Choice *choice, Str path, Span asked_at);

// Opens PACK, or what stands for its version that fits the tree, and before it what it extends.
void chain_add_pack(Choice *choice, const Pack *pack, Span asked_at);
// The same of a pack that is called NAME; BASE is where a path begins, and empty for one that the user named.
void chain_add_named(Choice *choice, Str base, Str name, Span asked_at);
// Makes rules of what was opened; weft.yml comes last.
void chain_apply(Choice *choice);

#endif
