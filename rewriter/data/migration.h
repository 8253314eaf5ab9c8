// The plan of a change of a database: what `weft data plan` writes and `weft data apply` carries out.
//
// A plan is a list of steps in the order in which they run. Each step has a phase, and each phase leaves a
// database that the old program can use, but for `contract`. A step says by itself whether it is done
// already (`done`) and whether it may begin (`precondition`), so that a run can go on wherever it stopped.
// The plan holds no credentials and no address of a database.
//
// The JSON form is versioned, and read back strictly: docs/schema/data-plan.schema.json.
#ifndef WEFT_DATA_MIGRATION_H
#define WEFT_DATA_MIGRATION_H

#include "data/schema.h"
#include "source/diagnostic.h"

enum { MIGRATION_FORMAT = 1 };

typedef enum Phase {
    PHASE_EXPAND,   // columns, indexes that name them, triggers: the old program does not notice
    PHASE_BACKFILL, // rows get their owners, in batches
    PHASE_VERIFY,   // questions that must have the right answers
    PHASE_SWITCH,   // the new unique indexes and NOT NULL
    PHASE_CONTRACT, // what only the old program needs goes: no way back but the backup
    PHASE_COUNT,
} Phase;

typedef enum StepKind {
    STEP_STATEMENTS, // `sql` in order; all in one transaction unless `alone`
    STEP_BATCHES,    // `batch`, in slices by key
    STEP_PROBE,      // `sql` is one query with one value, which must be `expect`
    STEP_REBUILD,    // the table moves into a new definition, `rebuild`
    STEP_KIND_COUNT,
} StepKind;

// "column" = expression. The expression is SQL, made by dialect.c from a rule.
typedef struct Assignment {
    Str column;
    Str value;
} Assignment;

// An UPDATE of all rows of the step's table that are still to do, cut by its key.
typedef struct Batch {
    StrItems
        key; // columns of the primary key, or of a unique index without NULL; never empty. SQLite
             // tables without an INTEGER PRIMARY KEY but with rowids: "rowid"
    List(Assignment) set;
    Str pending;        // predicate: the row is still to do
    StrItems unchanged; // columns whose contents must be the same afterwards, for checksums
} Batch;

// A new definition for the step's table, filled beside it. Rows that change meanwhile are noted by triggers
// that the executor makes, and copied again; a copy that meets a conflict fails, it never replaces.
typedef struct Rebuild {
    Str shadow;       // name of the new table until it takes the old one's
    Str create;       // CREATE TABLE of the shadow
    StrItems key;     // as of a batch
    StrItems columns; // that are copied, by name, in this order
    StrItems after;   // statements for when the shadow has the old name: indexes, triggers
} Rebuild;

typedef struct Estimate {
    int64_t rows;    // -1: not known, as below
    int64_t bytes;   // written
    int64_t lock_ms; // longest time that a writer waits
} Estimate;

typedef struct Step {
    Str id; // unique in the plan: "expand-messages-columns"; a-z, 0-9, '-', '_', '.'
    Phase phase;
    StepKind kind;
    Str table;  // empty: none in particular
    Str title;  // what it does, one line for people
    bool alone; // STEP_STATEMENTS: each statement outside a transaction (PostgreSQL's CONCURRENTLY)
    StrItems sql;  // STEP_STATEMENTS, STEP_PROBE
    StrItems undo; // takes the step back; empty with `final` or when there is nothing to take back
    bool final;    // cannot be taken back but from the backup
    Str done;      // query with one value: 1 when the step is done already; empty: ask the ledger
    Str precondition;  // the same: 1 when it may begin; empty: always
    Str postcondition; // the same: 1 when it did what it should; empty: nothing more to ask
    Str expect;        // STEP_PROBE: the value as text, "0"
    StrItems filled; // STEP_PROBE: columns of which each row must have a value, neither NULL nor ''. With it `sql` is for
                     // readers and for other tools: who carries the plan out counts such rows with all else that he asks of
                     // the table
    Str detail; // STEP_PROBE: query for rows that offend, with column names for people; may be empty
    Str failure;     // STEP_PROBE: what it means when the value is another, for people
    Batch batch;     // STEP_BATCHES
    Rebuild rebuild; // STEP_REBUILD
    Estimate estimate;
} Step;

// A dimension: a column that tables get.
typedef struct Dimension {
    Str name;
    TypeClass type;
    bool has_default;
    Str default_text; // the value itself, not SQL
} Dimension;

typedef enum Ownership {
    OWNED,  // every row belongs to one value of each key
    SHARED, // rows belong to all
} Ownership;

// What becomes of a table, for verification and the runtime.
typedef struct PlannedTable {
    Str name;
    Str model; // qualified class; may be empty
    Ownership ownership;
    StrItems keys;     // dimension columns that it has when all is done, in key order
    StrItems added;    // those of them that the plan adds
    StrItems required; // those of them that may not be NULL in the end
    int64_t rows;      // when the plan was made; -1 not known
} PlannedTable;

typedef struct Migration {
    Arena arena;
    DataEngine engine;
    Str weft;          // version that made it
    Str server;        // version of engine
    Str schema_digest; // hex of schema_digest of the live schema; empty: made without one
    Str rules_digest;  // hex
    Str models_digest; // hex; schema_digest of the models
    List(Dimension) dimensions;
    List(PlannedTable) tables;
    List(Step) steps;
} Migration;

void migration_release(Migration *migration);

const char *phase_name(Phase phase);
// The phase of that name; false when there is none.
bool phase_find(Str name, Phase *phase);
const char *step_kind_name(StepKind kind);

// Appends the plan as JSON with a line end. The same plan gives the same bytes.
void migration_write(const Migration *migration, StrBuf *out);

// Reads JSON, strictly: what the format does not know, ids that are no ids or twice there, steps out of
// the order of phases or without what their kind needs are E620 with their place in the document. NAME is
// that of the file, for messages. Texts are slices of JSON, which must outlive MIGRATION, or live in its
// arena.
bool migration_read(Str name, Str json, Migration *migration, Diagnostics *diagnostics);

#endif
