// The rules of one .gitignore file, or of one that git reads in the same way.
#ifndef WEFT_SOURCE_IGNORE_RULES_H
#define WEFT_SOURCE_IGNORE_RULES_H

#include "base/arena.h"
#include "base/list.h"

typedef struct IgnoreRule {
    Str pattern;       // without '!' and the slashes at its ends
    Str ending;        // what fits ends with this: what follows the last star, question mark, class or slash
    bool keeps;        // '!': takes back what a rule before says
    bool folders_only; // "name/"
    bool anchored;     // means the whole path below the file's folder, else the last name of it
} IgnoreRule;
typedef List(IgnoreRule) IgnoreRules;

typedef enum Verdict { SAYS_NOTHING, SAYS_IGNORE, SAYS_KEEP } Verdict;

// Appends the rules of BYTES, which must live as long as they; no more than MOST of them in all.
void ignore_rules_parse(Arena *arena, Str bytes, uint32_t most, IgnoreRules *rules);
// What the last of COUNT rules that fits says about PATH, relative to the folder of the file. A '?' stands for a
// character; for git it is a byte.
Verdict ignore_rules_judge(const IgnoreRule *rules, uint32_t count, Str path, bool is_folder);

#endif
