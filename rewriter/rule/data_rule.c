// Names in the rules about data.
#include "rule/data_rule.h"

static const char *const engine_names[ENGINE_COUNT] = {
    [ENGINE_SQLITE] = "sqlite",
    [ENGINE_POSTGRESQL] = "postgresql",
    [ENGINE_MARIADB] = "mariadb",
};
static const char *const orphans_names[] = {
    [ORPHANS_DEFAULT] = "default",
    [ORPHANS_REFUSE] = "refuse",
    [ORPHANS_QUARANTINE] = "quarantine",
};
static const char *const others_names[] = {
    [OTHERS_REFUSE] = "refuse",
    [OTHERS_SHARED] = "shared",
    [OTHERS_DEFAULT] = "default",
};

const char *engine_name(DataEngine engine) { return engine_names[engine]; }
const char *orphans_name(DataOrphans orphans) { return orphans_names[orphans]; }
const char *others_name(DataOthers others) { return others_names[others]; }

bool engine_find(Str name, DataEngine *engine) {
    for (int i = 0; i < ENGINE_COUNT; i++) {
        if (!str_is(name, engine_names[i])) continue;
        *engine = (DataEngine)i;
        return true;
    }
    return false;
}
