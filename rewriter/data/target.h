// What the rules make of a schema: for each table the keys, where each is read from, and what becomes of its
// unique indexes. No SQL, and no step of a plan yet.
//
// A key that the rules look up may turn out to be the same for all rows: what is found through a table whose
// own key is constant is that constant. Such a key is a default, and no row has to be touched.
#ifndef WEFT_DATA_TARGET_H
#define WEFT_DATA_TARGET_H

#include "data/owners.h"
#include "data/schema.h"
#include "program/program.h"
#include "source/diagnostic.h"

typedef struct TargetTable TargetTable;

typedef struct TargetKey {
    const DataDimension *dimension;
    const DataKey *rule; // NULL: of `others: default`
    Str column;          // that says it
    bool is_new;         // weft's: it is added unless it is there
    bool is_there;       // the schema has it
    bool optional;
    bool is_constant;
    Str constant;                // when it is
    const DataExpression *value; // else: of `set`; NULL: it is looked up, or has only owners
    bool is_taken;               // looked up in `asked`
    bool has_owners;             // the file of owners has a column of it
    Span span;
} TargetKey;

// Rows get its value one by one: it is new, and not the same for all of them.
static inline bool target_key_is_filled(const TargetKey *key) { return key->is_new && !key->is_constant; }

// A unique index that gains keys.
typedef struct TargetUnique {
    const SchemaIndex *old;
    StrItems gained;  // columns
    StrItems columns; // all of the new one: gained ones first
} TargetUnique;

struct TargetTable {
    const SchemaTable *table;  // of the schema that is changed
    const DataTableRule *rule; // NULL: the table is one of `others`
    bool is_shared;
    List(TargetKey) keys;
    List(TargetUnique) uniques;
    StrItems row_key;         // what batches go by; empty: nothing does
    const TargetTable *asked; // of `from`; NULL: nothing is looked up
    Owners owners;            // what the file of owners says; empty: there is none
    int visited;              // while they are put in order
};

typedef struct Target {
    Arena arena;
    const Schema *schema;
    const DataRule *rules;
    List(TargetTable) tables;    // in the order of the schema
    List(TargetTable *) ordered; // tables that others ask come first
} Target;

typedef struct TargetInput {
    const Program *program; // for names of models
    const Rules *rules;
    const Sources *sources; // to know weft.yml
    const Schema *models;
    const Schema *schema; // live, or the models
    Str root;             // of the tree, for files of owners
} TargetInput;

// Decides what becomes of each table. All that is borrowed must outlive TARGET. False after E624 to E627; rules
// of a pack for a model that the tree does not have are passed over.
bool target_make(const TargetInput *input, Target *target, Diagnostics *diagnostics);
void target_release(Target *target);

// The table of that name; NULL when there is none.
const TargetTable *target_table(const Target *target, Str name);
// The key of TABLE for a dimension; NULL when it has none.
const TargetKey *target_key(const TargetTable *table, Str dimension);
// Whether some key of the table must be filled row by row.
bool target_has_values(const TargetTable *table);
// A table of weft's own, or one that others keep notes in (alembic_version): no rows of anybody.
bool target_is_bookkeeping(Str name);

#endif
