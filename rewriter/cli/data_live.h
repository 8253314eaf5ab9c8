// The live schema for `weft data plan`.
#ifndef WEFT_CLI_DATA_LIVE_H
#define WEFT_CLI_DATA_LIVE_H

#include "data/schema.h"
#include "data/target.h"
#include "rule/rule.h"
#include "source/diagnostic.h"

// Fills SCHEMA, zeroed, from the database NAME: an address, or the name or file of one of ENGINE; a relative file is
// below ROOT. Empty: E660. The connection is closed again.
bool data_live_read(Str root, Str name, DataEngine engine, Schema *schema,
                    Diagnostics *diagnostics);

// Opens the same database again, and reports JSON in it that holds ids (migrate/json_ids.h).
bool data_live_find_json(Str root, Str name, DataEngine engine, const Target *target, Diagnostics *diagnostics);

// What the rules name, since no --database does: the address of a server, or the path of a file. Empty: they name none.
// False after E400: the file is not below ROOT, where a tree may name one, but a link leads out.
bool data_live_of_rules(Str root, const Rules *rules, Arena *arena, Str *name,
                        Diagnostics *diagnostics);

#endif
