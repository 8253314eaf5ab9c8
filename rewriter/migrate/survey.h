// What is asked of all rows of a table when they have got their owners, by one statement that reads the table once: how many
// there are, who has none, who the owners are, and which references lead nowhere.
//
// The answer is kept for the run, so that neither a step of the plan nor what is checked whatever the plan says, nor the list
// of those who are there, reads the rows again.
#ifndef WEFT_MIGRATE_SURVEY_H
#define WEFT_MIGRATE_SURVEY_H

#include "data/schema.h"
#include "migrate/run.h"

typedef struct Survey {
    Str table;
    int64_t rows;
    int64_t empty;        // rows where one of `filled` is NULL or ''
    int64_t lost;         // references that lead nowhere; 0 where the engine enforces them
    int64_t *missing;     // for each column that the plan requires of the table: rows where it is NULL
    List(Value) owners;   // values of the first dimension, NULL among them; each once or more
    const StrItems *filled; // what `empty` was counted for; NULL for nothing
} Survey;

struct Surveys {
    Arena arena;
    Schema schema; // live, of when the first one was made
    bool has_schema;
    List(Survey *) items;
};

void surveys_release(Surveys *surveys);
// The live schema, read once. NULL after a diagnostic.
const Schema *surveys_schema(MigrationRun *run);
// Asks about the table of that name, or gives what was answered before. FILLED, NULL for none: columns that must be neither
// NULL nor ''. It lives as long as run->surveys; NULL after a diagnostic.
const Survey *survey_of(MigrationRun *run, Str table, const StrItems *filled);
// The references of all tables that lead nowhere, asked by itself. False with the database's fault.
bool survey_count_lost(Database *database, const Schema *schema, int64_t *lost);

#endif
