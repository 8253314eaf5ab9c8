// What rules say about the rows of a database: whose they are, and where that can be read.
//
// Tables are named by their model (a dotted class) or by themselves. Values are expressions of a closed
// language, which weft parses and prints for each engine: so a rule can be shown, run on three engines and
// checked, and can neither call functions nor carry statements. Written out in docs/rules.md.
#ifndef WEFT_RULE_DATA_RULE_H
#define WEFT_RULE_DATA_RULE_H

#include "base/list.h"
#include "base/str.h"
#include "source/span.h"

typedef enum DataEngine {
    ENGINE_SQLITE,
    ENGINE_POSTGRESQL,
    ENGINE_MARIADB,
    ENGINE_COUNT,
} DataEngine;

// ---- expressions ---------------------------------------------------------------------------------
typedef enum DataExpressionKind {
    EXPRESSION_COLUMN,   // text; `table` is empty for the row's own
    EXPRESSION_TEXT,     // text, a literal
    EXPRESSION_COALESCE, // children
    EXPRESSION_CONCAT,   // children; NULL when one of them is
    EXPRESSION_CASE,     // children: condition, value, condition, value..., value of the rest
    EXPRESSION_EQUAL,    // two children, as are the next four's
    EXPRESSION_DIFFERENT,
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_NULL, // one child: IS NULL
    EXPRESSION_NOT_NULL,
    EXPRESSION_SQL, // `sql` by engine: not parsed, runs only where a person allows it
} DataExpressionKind;

// A node; children are linked through `next`.
typedef struct DataExpression {
    DataExpressionKind kind;
    Str table;
    Str text;
    Str sql[ENGINE_COUNT];
    const struct DataExpression *first, *next;
    Span span; // where the rule file has it
} DataExpression;

// ---- tables --------------------------------------------------------------------------------------
typedef enum DataOrphans {
    ORPHANS_DEFAULT,    // rows whose owner cannot be found get the dimension's default
    ORPHANS_REFUSE,     // they stop the migration
    ORPHANS_QUARANTINE, // they get the owner "quarantine", whom nobody is
} DataOrphans;

// What a table that no rule names is taken for.
typedef enum DataOthers { OTHERS_REFUSE, OTHERS_SHARED, OTHERS_DEFAULT } DataOthers;

// A column that tables get, and what a row belongs to by it.
typedef struct DataDimension {
    Str name;
    int64_t length; // most characters
    bool has_default;
    Str default_text;
    Span span;
} DataDimension;

// One of `keys:`: which column of the table says what the row belongs to.
typedef struct DataKey {
    uint32_t dimension; // index into DataRule.dimensions
    Str column;    // that is there already and says it; empty: a new one, named as the dimension
    bool optional; // rows may belong to none; the column is in no unique index
    Span span;
} DataKey;

// `from:`, the one table that a row may ask.
typedef struct DataLookup {
    Str table; // empty: none
    Str own;   // own = other finds the row there
    Str other;
    StrItems take; // dimensions that are those of the row found
    Span span;
} DataLookup;

// One of `set:`.
typedef struct DataSetting {
    uint32_t dimension;
    const DataExpression *value;
    Span span;
} DataSetting;

// One of `unique:`, what a unique index on columns TO becomes unique by in addition.
typedef struct DataUnique {
    StrItems to;
    StrItems add; // names of dimensions; may be empty: it stays as it is
    Span span;
} DataUnique;

// `owners:`, a file that says whose the rows are by the value of one column.
typedef struct DataOwners {
    Str file;   // CSV, below the root; empty: none
    Str column; // of the table; the file's first column has its values
    Span span;
} DataOwners;

typedef struct DataTableRule {
    Str name; // of the table, or the dotted name of its model
    bool is_model;
    bool is_shared; // its rows belong to all
    List(DataKey) keys;
    DataLookup from;
    List(DataSetting) set;
    DataOrphans orphans;
    List(DataUnique) unique;
    DataOwners owners;
    Span span; // of the name
} DataTableRule;

typedef struct DataRule {
    bool is_given;
    bool has_engine;
    DataEngine engine;
    Str database; // path or name, as it is written; no credentials
    Span database_span;
    List(DataDimension) dimensions;
    List(DataTableRule) tables;
    DataOthers others;
    Span span;
} DataRule;

// "sqlite", "postgresql", "mariadb".
const char *engine_name(DataEngine engine);
bool engine_find(Str name, DataEngine *engine);
const char *orphans_name(DataOrphans orphans);
const char *others_name(DataOthers others);

#endif
