// Levels of complexity and risk, as thresholds name them and reports print them.
#ifndef WEFT_RULE_LEVEL_H
#define WEFT_RULE_LEVEL_H

#include "base/str.h"

typedef enum Level { LEVEL_LOW, LEVEL_MEDIUM, LEVEL_HIGH, LEVEL_CRITICAL, LEVEL_COUNT } Level;

// "low", "medium", "high", "critical".
const char *level_name(Level level);

#endif
