// By what a pack knows a tree: modules, files and names that the tree has. A pack may know several versions of its
// program, each with rules of its own.
#ifndef WEFT_RULE_DETECT_H
#define WEFT_RULE_DETECT_H

#include "rule/schema.h"

typedef enum ClueKind { CLUE_MODULE, CLUE_FILE, CLUE_NAME } ClueKind;

typedef struct Clue {
    ClueKind kind;
    Str text; // "src.main", "docs/changes.md", "src.main.MainSystem"
} Clue;
// `detect:`. A tree fits that has it all; none at all fits no tree.
typedef Vec(Clue) Detection;

typedef struct PackVersion {
    Str name;            // for people: "1.0 and later"
    Detection detection;
    Str rules;           // the file whose rules count, beside the pack's; empty: the pack's own do
    Span span;
} PackVersion;
typedef Vec(PackVersion) PackVersions;

// The tree that is looked at.
typedef struct DetectedTree {
    const Sources *sources;
    Str root;
    Arena *arena; // for paths
} DetectedTree;

// Adds what the map `detect:` says. Texts are those of the nodes.
void detection_read(const YamlNode *map, Mistakes *mistakes, Detection *detection);
void pack_versions_read(const YamlNode *list, Mistakes *mistakes, PackVersions *versions);
void pack_versions_release(PackVersions *versions);

// Whether the tree has what the clue names.
bool clue_is_there(const Clue *clue, const DetectedTree *tree);
// How much of DETECTION the tree has, and whether it has all.
uint32_t detection_count(const Detection *detection, const DetectedTree *tree);
bool detection_fits(const Detection *detection, const DetectedTree *tree);

#endif
