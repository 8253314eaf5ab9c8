// The migration report as data: what there is to do, how hard and how risky it is, and what weft would
// do about it. Every output format is a view of this model; none computes anything of its own.
//
// Files have a complexity score (0-10) and a risk level; families are the phases. How the numbers come about is
// described in docs/report.md.
#ifndef WEFT_REPORT_MODEL_H
#define WEFT_REPORT_MODEL_H

#include "edit/plan.h"
#include "patch/diff.h"
#include "report/course.h"
#include "rule/level.h"
#include "solve/solution.h"
#include "source/place.h"

// All stages up to the plan have run, and the diagnostics are sorted.
typedef struct ReportInput {
    const Sources *sources;
    const Program *program;
    const Solution *solution;
    const Plan *plan;
    const Diagnostics *diagnostics;
} ReportInput;

// One access, with what becomes of it.
typedef struct ReportAccess {
    uint32_t sink; // index into Solution.sinks
    uint32_t file; // index into Report.files
    LineColumn start, end;
    Family family;
    const char *family_word;
    Outcome outcome;
    Str rule;   // id of the rule; empty for a singleton that was found, not named
    Str symbol; // what it resolves to
    Str where;  // qualified name of the function that runs it, or "module level", "a class body"
    Str line;   // the source line, trimmed
    DiagnosticCode code; // valid when has_code: why refused or bridged
    bool has_code;
    bool isolated;    // every origin bears a tenant
    bool shares;      // its value gets to a place that the rules share
    bool starts_up;   // every other origin than start-up does, where it runs for the default tenant
    uint32_t origins; // Origin bits
    bool done;        // an earlier run wrote it, and nothing is left to do
    bool known;       // accepted: by a baseline (`weft check`) or by a comment; or done
    uint32_t depth;   // calls that the context travels to get here; 0: it begins in this function
    uint32_t ordinal; // 1, 2, ... among the accesses of one file, function, rule and symbol
} ReportAccess;

typedef struct ReportFile {
    FileId file;
    Str path;
    SourceState state;
    uint32_t lines;
    uint32_t first_access, access_count; // range of Report.accesses
    uint32_t by_family[FAMILY_MOST];
    uint32_t by_outcome[OUTCOME_COUNT];
    uint32_t isolated;
    uint32_t plan_file; // 1 + index into Plan.files; 0: no byte changes
    uint32_t changes;   // edits
    uint32_t changes_by_family[FAMILY_MOST];
    DiffRow diff;       // lines
    uint32_t functions; // that gain the parameter
    uint32_t calls;     // that gain the argument
    uint32_t doubts;    // diagnostics 3xx about this file, other than bridges
    uint32_t points;    // sum of the weights of its accesses
    uint32_t score;     // complexity, in tenths: 0-100
    uint32_t risk_points;
    Level risk;
    bool migrates;              // has an access or a change
    Vec(uint32_t) dependencies; // files that migrate and that this one imports; by path
} ReportFile;

typedef struct ReportFamily {
    uint32_t accesses, files, changes, isolated;
    uint32_t by_outcome[OUTCOME_COUNT];
    uint32_t by_origin[ORIGIN_COUNT]; // an access counts once at each of its origins
    uint32_t without_origin;          // nobody is known who gives them a context
    Level risk;
} ReportFamily;

// A diagnostic code that occurred: how often, and what to do.
typedef struct ReportCode {
    DiagnosticCode code;
    uint32_t count;    // sites that it was said of
    uint32_t accesses; // that it is the reason of: one site may have several, or none
    Str remedy;
} ReportCode;

// A function that many chains pass through: to review it is to review them.
typedef struct ReportHub {
    FunctionId function;
    Str name;
    Place place;
    uint32_t accesses; // that get their context through it
    uint32_t callers;  // sites in the tree
} ReportHub;

// What to do next. KEY is stable, TEXT is a sentence.
typedef struct ReportAdvice {
    const char *key;
    uint32_t count;
    Str text;
} ReportAdvice;

// Who gives a function its context, on the shortest way from where one begins.
typedef struct ReportGiver {
    FunctionId function; // none: the chain begins here, or nobody is known
    uint32_t edge;       // of the call; 0: an object's constructor, or the enclosing function
    FunctionId early;    // the last of the first CHAIN_END functions of the chain; itself when it is one of them
} ReportGiver;

// GIVER hands the context to TAKER, by a call (the first of several) or through an object.
typedef struct ReportLink {
    FunctionId giver, taker;
    uint32_t edge; // of the call; 0: an object's constructor, or the enclosing function
} ReportLink;

// One step of a chain: GIVER hands the context to FUNCTION.
typedef struct ReportStep {
    FunctionId function;
    FunctionId giver; // none: the chain begins here
    Span span;        // of the call in GIVER; of the definition when no call is involved
} ReportStep;
typedef Vec(ReportStep) ReportSteps;

// What is left to a person, counted: what weft decides by itself wants reading only.
typedef struct ReportWork {
    uint32_t sites;     // of all codes: refused, bridged or doubtful
    uint32_t repairs;   // files that could not be read or parsed
    uint32_t decisions; // the sum of these
} ReportWork;

// What `weft api report` and `weft api diff` say of the tree, as their JSON; empty: nothing is known. Only the page shows it.
typedef struct ReportInterface {
    Str standing, changes;
} ReportInterface;

// When and of what a report was made. No number depends on it; only outputs for people show it.
typedef struct ReportMade {
    Str tree;   // name of its folder
    Str date;   // "2026-11-23T03:45:24Z"; empty: not known
    Str commit; // at HEAD, 40 hexadecimal digits; empty: none
} ReportMade;

enum { DEPTH_COUNT = 10 }; // the last entry of a histogram of depths stands for all longer chains

struct Report {
    Arena arena;
    const ReportInput *input;
    Vec(ReportFile) files; // every file of the tree, by path
    uint32_t *file_rows;   // by FileId: 1 + index into files; 0 for what is no part of the tree
    Vec(ReportAccess) accesses; // by file and position
    uint32_t total_files;       // that could be read
    uint32_t unreadable_files, unparsable_files;
    uint32_t migrating_files;
    uint32_t total_changes; // edits
    uint32_t new_files;     // the runtime
    DiffStat diff;
    uint32_t by_outcome[OUTCOME_COUNT];
    uint32_t by_origin[ORIGIN_COUNT]; // an access counts once at each of its origins
    uint32_t isolated;
    uint32_t
        only_tests; // accesses that nothing but tests run: they are not counted where shares are
    uint32_t coverage;    // share of isolated accesses, in tenths of a percent
    uint32_t starting_up; // isolated, and the default tenant at start-up
    uint32_t sharing;     // isolated, with a value that gets to a place that the rules share
    ReportFamily families[FAMILY_MOST]; // those of the rules
    Vec(ReportCode) codes; // W2xx and W3xx that occurred, by code
    uint32_t functions, calls, holders, accessors;
    uint32_t override_families, largest_family; // that gain the parameter; members of the largest
    Str largest_family_name;
    uint32_t taken_back; // places that could not be changed safely
    uint32_t shared_places; // that keep values or files for all tenants: W310, W314
    uint32_t escapes; // functions that are handed on as values and take the context
    uint32_t depths[DEPTH_COUNT];
    uint32_t deepest;
    Vec(ReportLink) links;  // each pair once, by giver and taker
    ReportGiver *givers;    // by function
    uint32_t *reached; // by function: accesses that get their context through it, its own included
    Vec(ReportHub) hubs;    // the busiest first, at most MOST_HUBS
    uint32_t points, score; // of the whole tree, as for a file
    Level complexity;       // never critical
    Level risk;
    ReportWork work;
    Vec(ReportAdvice) advice; // most important first
    const Course *course;     // earlier runs, then this one; NULL: none is kept
    ReportMade made;          // filled by whoever writes the report
    ReportInterface interface; // so is this
    const struct Gates *gates; // of `weft check` (report/gate.h); NULL: nothing was judged
};

enum { MOST_HUBS = 10 };
enum { CHAIN_END = 10 }; // steps at either end of a long chain that are shown

// Builds the model; INPUT must outlive it. Deterministic: depends on nothing but INPUT.
void report_build(const ReportInput *input, Report *report);
void report_release(Report *report);

// The families of the rules, in the order of Report.families.
static inline const Families *report_families(const Report *report) {
    return &report->input->program->rules->families;
}
static inline const char *report_family_name(const Report *report, Family family) {
    return family_name(report_families(report), family);
}

// A code that is about a place by itself, and not about an access.
bool report_is_place(DiagnosticCode code);

// Share of PART in WHOLE in tenths of a percent, rounded down; of nothing it is 1000.
uint32_t report_permille(uint32_t part, uint32_t whole);
// Accesses that weft would rewrite: neither refused nor left out by a comment.
uint32_t report_rewritten(const uint32_t by_outcome[OUTCOME_COUNT]);
// The files that migrate, the hardest first: risk, then score, then path. The caller frees ORDER
// (indexes into Report.files).
void report_files_by_work(const Report *report, uint32_t **order, uint32_t *count);
// The shortest chain to the access, from where its context begins: fills STEPS, which the caller owns.
// Empty at module level. Of a chain of over 2 * CHAIN_END steps the first and the last CHAIN_END; returns how
// many are left out between them. (All of all chains are the square of the tree, where functions call each other in a row.)
uint32_t report_chain(const Report *report, const ReportAccess *access, ReportSteps *steps);
// A name for an access that survives edits elsewhere in the file (no line number):
// "src/a.py: src.a.Class.method: family[rule] symbol", with " #2" for the second of the same.
Str report_identity(Arena *arena, const Report *report, const ReportAccess *access);

#endif
