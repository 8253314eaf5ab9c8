// Names of levels.
#include "rule/level.h"

const char *level_name(Level level) {
    switch (level) {
    case LEVEL_LOW: return "low";
    case LEVEL_MEDIUM: return "medium";
    case LEVEL_HIGH: return "high";
    case LEVEL_CRITICAL: return "critical";
    case LEVEL_COUNT: break;
    }
    return "";
}
