// The live schema for `weft data plan`.
#ifndef WEFT_CLI_DATA_LIVE_H
#define WEFT_CLI_DATA_LIVE_H

#include "data/schema.h"
#include "source/diagnostic.h"

// Fills SCHEMA, zeroed, from the database NAME: an address, or the name or file of one of ENGINE; a relative file is
// below ROOT. Empty: E660. The connection is closed again.
bool data_live_read(Str root, Str name, DataEngine engine, Schema *schema,
                    Diagnostics *diagnostics);

#endif
