// Names in the rules about data.
#include "rule/data_rule.h"

static const char *const engine_names[ENGINE_COUNT] = {
    [ENGINE_SQLITE] = "sqlite",
    [ENGINE_POSTGRESQL] = "postgresql",
    [ENGINE_MARIADB] = "mariadb",
};

const char *engine_name(DataEngine engine) { return engine_names[engine]; }

bool engine_find(Str name, DataEngine *engine) {
    for (int i = 0; i < ENGINE_COUNT; i++) {
        if (!str_is(name, engine_names[i])) continue;
        *engine = (DataEngine)i;
        return true;
    }
    return false;
}
