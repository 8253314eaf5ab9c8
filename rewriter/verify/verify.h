// The judgement of `weft verify` as one model; each output format is a view of it.
//
// Reading order: finding.h (faults of the trees), coverage.h (how far the migration is), command.h
// (the project's own judges), then verify.c, which puts them together.
#ifndef WEFT_VERIFY_VERIFY_H
#define WEFT_VERIFY_VERIFY_H

#include <stdio.h>
#include "verify/command.h"
#include "verify/coverage.h"

typedef struct FileCounts {
    uint32_t before, after;            // files of the trees
    uint32_t changed, added, removed;  // by path and bytes
} FileCounts;

// Why the commands of weft.yml were not run.
typedef enum LeftOut { LEFT_OUT_ON_REQUEST, LEFT_OUT_UNTRUSTED } LeftOut;

typedef struct Verification {
    Arena arena;
    bool has_before;
    Str before_name, after_name; // as the user named the trees
    Findings found_before, found_after;
    FileCounts files;
    Coverage coverage;
    CodeCounts codes;
    Vec(CommandResult) commands;
    Vec(Str) commands_left_out; // what would run, but for REASON
    LeftOut reason;
    Span left_out_at;           // of the first of them in weft.yml
    Verdict verdict;            // VERDICT_NONE: some command could not judge, and nothing is worse
} Verification;

// Judges the trees; BEFORE is NULL when there is one tree only, whose faults then all count.
void verify_build(const VerifyTree *before, const VerifyTree *after, const Languages *languages,
                  Verification *verification);
// Runs COMMAND in both trees (by their real paths) and adds the result.
void verify_add_command(Verification *verification, const VerifyTree *before,
                        const VerifyTree *after, const VerifyCommand *command);
// Notes that COMMAND was not run. An untrusted one is a command that cannot judge: the verdict says so.
void verify_leave_out(Verification *verification, const VerifyCommand *command, LeftOut reason);
// Sums up, after the last command.
void verify_finish(Verification *verification);
void verify_release(Verification *verification);

// What is new, or all when there is one tree only, as diagnostics on the tree after.
void verify_diagnostics(const Verification *verification, Diagnostics *diagnostics);
// The numbers, and what was known before (with VERBOSE each of it).
void verify_write_text(const Verification *verification, bool verbose, bool color, FILE *out);
// One object, schema_version 1.
void verify_write_json(const Verification *verification, FILE *out);

#endif
