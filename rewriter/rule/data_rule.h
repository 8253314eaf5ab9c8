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

// "sqlite", "postgresql", "mariadb".
const char *engine_name(DataEngine engine);
bool engine_find(Str name, DataEngine *engine);

#endif
