// One run of the program over one tree: the pipeline, and what every command does after it.
#ifndef WEFT_CLI_RUN_H
#define WEFT_CLI_RUN_H

#include "cli/exit.h"
#include "cli/options.h"
#include "cli/resident.h"
#include "edit/plan.h"
#include "facts/counts.h"
#include "facts/language.h"
#include "patch/plan_file.h"
#include "solve/part/part.h"

// How far a command needs the pipeline.
typedef enum RunStop {
    RUN_TO_FACTS,
    RUN_TO_PROGRAM, // facts also of files that are left out
    RUN_TO_SOLVED,   // whether its plan passes or not
    RUN_TO_SOLUTION, // one whose plan passes
    RUN_TO_PARTS,    // the same, found by this run itself: `solver` makes parts of it
    RUN_TO_PLAN,
} RunStop;

// What the stages made; those after the stop point stay empty.
typedef struct Run {
    Sources sources;
    Facts facts;
    Rules rules;
    bool has_rules;  // there are some: a weft.yml, or a pack
    Program program; // of the two
    uint32_t families;        // that --types names: a bit for each; 0: all
    Family phase;             // of --phase
    PatternProgram *patterns; // of the rules; NULL when there is none
    Solution solution;
    const Solver *solver; // how it was found; NULL before, and when it was kept by an earlier run
    TakenBacks taken_back; // what the solution does without, so that its plan passes the check
    Shard *given;          // facts that --facts names; NULL: none
    FactsCounts counts[2]; // how facts were had: of the tree, and of the new texts; counted for --stats alone
    Arena taken_texts;     // owns their texts, and what is read from the cache
    // Diagnostics that were there before the facts, before it was solved, and before the plan was made.
    uint32_t before_facts, before_solving, before_plan;
    Resident *resident; // of a program that stays; NULL: of none. Options.resident
    bool given_up; // Options.given_up said so: the run ended there
    bool keeps; // the run is looked for in the cache, and kept there
    Digest key; // of all that its solution depends on; run_cache.h
    bool compiles; // but for what a compiler reads, which is known when it has compiled
    Solution part; // of the solution, when the plan is a phase (run_phase.h)
    bool nameless;  // nobody asks for ids of the files of its plan (Plan.nameless)
    Plan plan;
    Diagnostics diagnostics;
} Run;

// Runs the stages in order. Files that cannot be read or parsed are reported and left out; false
// when the rest cannot go on either.
bool run_pipeline(Run *run, const Options *options, RunStop stop);
// The same in two halves: what is read, then what is worked out of it. Between them a command may find that it has
// been asked before (run_cache.h). STOP is that of the second half in both.
bool run_begin(Run *run, const Options *options, RunStop stop);
bool run_go_on(Run *run, const Options *options, RunStop stop);
void run_release(Run *run);
// Makes Run.program of the facts and rules, and settles where the runtime goes.
void run_build_program(Run *run);
// Solves anew, without Run.taken_back. False when a rule is wrong about the tree.
bool run_solve(Run *run, const Options *options);
// The last stage: SOLUTION, the run's or a part of it, as a plan that has passed the post-check. FAULTS (NULL:
// not asked for) gets what it found.
bool run_make_plan(Run *run, const Options *options, const Solution *solution, Plan *plan,
                   PlanFaults *faults, Diagnostics *diagnostics);
// run_take_back.c: the plan of the run's solution. Where it does not pass the check, the decisions at fault are
// taken back and the rest is solved anew; with --strict nothing is. False when that is no help either, with the
// faults of the first plan as errors.
bool run_make_safe_plan(Run *run, const Options *options);
// The same for the sake of the solution: it says what will be changed. No plan is left, and no error: a plan
// that is stopped is told by whoever makes it.
void run_make_solution_safe(Run *run, const Options *options);
// The post-check alone, of a PLAN made from SOLUTION.
bool run_check_plan(Run *run, const Options *options, const Solution *solution, const Plan *plan,
                    Diagnostics *diagnostics);

// Instead of the pipeline: reads the plan file that the options name and compares it with the tree.
// False after errors; *STALE tells that the tree is not the one that the plan was made for.
// *DOCUMENT are its bytes; they live as long as the run.
bool run_read_plan(Run *run, const Options *options, PlanMaker *maker, Str *document, bool *stale);
// What made this run's plan, for a plan file; the texts live as long as the run.
void run_describe_maker(const Run *run, PlanMaker *maker);

// Prints to stderr: errors always, warnings on request, and a line that counts the rest.
void run_print_diagnostics(Run *run, const Options *options);

// Prints the stage that --dump names to stdout; false when no dump was asked for.
bool run_dump(const Run *run, const Options *options);
// The stop point that --dump asks for, else STOP.
RunStop run_stop(const Options *options, RunStop stop);

// The exit status of a run whose pipeline gave GOOD, FOUND when a gate has something to say.
int run_status(const Run *run, bool good, bool found);
// The end of a command: closes stdout, releases RUN and OPTIONS, and gives run_status, which is that of a
// failed run when not all could be printed.
int run_end(Run *run, Options *options, bool good, bool found);

#endif
