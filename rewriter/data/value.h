// Where a key's value comes from, as SQL.
//
//     COALESCE(NULLIF((SELECT "weft_asked"."agent_id" FROM "chat_streams" AS "weft_asked"
//                      WHERE "weft_asked"."stream_id" = "messages"."chat_id"), ''), 'default')
#ifndef WEFT_DATA_VALUE_H
#define WEFT_DATA_VALUE_H

#include "data/dialect.h"
#include "data/target.h"

typedef struct ValueContext {
    const Dialect *dialect;
    const Schema *schema;
    const TargetTable *table;
    bool is_new_row; // of a trigger: NEW."chat_id" instead of "messages"."chat_id"
} ValueContext;

// Appends the value of KEY for a row of the table: never '' or NULL but for an optional key and for rows whose
// orphans are refused.
void value_write(const ValueContext *context, const TargetKey *key, StrBuf *sql);
// Appends what the column of KEY is to be: its value where the row has none yet, else what it is.
void value_write_filled(const ValueContext *context, const TargetKey *key, StrBuf *sql);
// Appends a condition that holds for rows that have no value yet, in new columns that are no constants.
void value_write_pending(const ValueContext *context, StrBuf *sql);
// The table that the owners of TABLE are kept in, and that of any other name of weft's.
Str value_owners_table(Arena *arena, Str table);
// A name for an object of weft's: "weft_uq_messages_tenant_id"; cut to what all engines take.
Str value_object_name(Arena *arena, const char *prefix, Str table, const StrItems *columns);

#endif
