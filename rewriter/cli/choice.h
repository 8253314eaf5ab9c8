// The change as far as a person has chosen it, hunk by hunk. What is refused takes along whatever cannot
// be without it: the accesses that need one of its decisions are not wanted any more, and the plan is made
// again for the others (solve/part/part.h).
#ifndef WEFT_CLI_CHOICE_H
#define WEFT_CLI_CHOICE_H

#include "base/map.h"
#include "cli/hunk.h"
#include "cli/run.h"
#include "solve/part/needs.h"

// Lines that a person wrote in place of a hunk's.
typedef struct Rewrite {
    Stretch lines;
    Str text;
    uint32_t first_cause, cause_count; // of Choice.causes: of the hunk that it replaces
} Rewrite;

// Edits of a file that went because something that they hang together with was refused.
typedef struct Fallen {
    Str path;
    uint32_t count, taken; // some had been taken
} Fallen;

typedef struct Choice {
    Run *run;
    const Options *options;
    Arena arena;
    Needs needs;
    bool *wanted; // by sink
    Map taken;    // decisions, by map_key(kind, index)
    Plan plan;    // of what is wanted
    Hunks hunks;  // of the plan
    Stretches split;
    Vec(Rewrite) rewrites;
    Vec(Decision) causes;
    Vec(Fallen) fallen; // with the last refusal, by file
    uint32_t context;
} Choice;

// Begins with all that the options ask for. The run has come to RUN_TO_SOLUTION. False after a diagnostic.
bool choice_open(Choice *choice, Run *run, const Options *options);
void choice_release(Choice *choice);

// Whether the hunk is chosen; choose it, with all that it needs.
bool choice_is_taken(const Choice *choice, const Hunk *hunk);
void choice_take(Choice *choice, const Hunk *hunk);
// The hunk would not be there but for others in its file.
bool choice_has_only_imports(const Choice *choice, const Hunk *hunk);
// Refuses COUNT hunks, given by index, and fills `fallen`. False after a diagnostic.
bool choice_refuse(Choice *choice, const uint32_t *hunks, uint32_t count);
// Puts TEXT in place of the hunk's lines and takes it. False when the tree would not hold together, with
// diagnostics in SAID: nothing is changed then.
bool choice_rewrite(Choice *choice, const Hunk *hunk, Str text, Diagnostics *said);
// Accesses that need some decision of the hunk: how many, and the first of them (a sink; 0 none).
uint32_t choice_count_users(const Choice *choice, const Hunk *hunk, uint32_t *first);
// Makes the run's plan from the choice. False after a diagnostic.
bool choice_finish(Choice *choice);

#endif
