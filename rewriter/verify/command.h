// The project's own commands as judges: what they say of one tree and of the other.
#ifndef WEFT_VERIFY_COMMAND_H
#define WEFT_VERIFY_COMMAND_H

#include "rule/rule.h"
#include "verify/process.h"

typedef enum Verdict { VERDICT_SAME, VERDICT_BETTER, VERDICT_WORSE, VERDICT_NONE } Verdict;

typedef struct CommandResult {
    const VerifyCommand *command;
    bool has_before;
    ProcessResult before, after;
    Verdict verdict;     // VERDICT_NONE: it could not judge
    Str why;             // one line
    Vec(Str) new_lines;  // COMPARE_LINES: lines of the output after that the one before lacks
    uint32_t gone_lines; // and the other way round
} CommandResult;

const char *verdict_name(Verdict verdict); // "same"; "unknown" of VERDICT_NONE

// The command line as a person would type it, in ARENA.
Str command_text(Arena *arena, const VerifyCommand *command);

// Runs COMMAND in the folders BEFORE (empty: there is none) and AFTER, one after the other, and
// compares. Texts go to ARENA. Worse is: success that turns into failure; a failure with a line of
// output that was not there; a run that takes too long where it did not. Without a tree before, every
// failure is worse.
void command_judge(Arena *arena, const VerifyCommand *command, Str before, Str after,
                   CommandResult *result);
void command_result_release(CommandResult *result);

#endif
