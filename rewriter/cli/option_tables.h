// The options of all commands as tables: names, keys and what --help says.
#ifndef WEFT_CLI_OPTION_TABLES_H
#define WEFT_CLI_OPTION_TABLES_H

#include <argp.h>

enum OptionKey {
    KEY_TYPES = 256,
    KEY_INCLUDE,
    KEY_EXCLUDE,
    KEY_HOST,
    KEY_PACK,
    KEY_MODE,
    KEY_STAGE,
    KEY_SIZE_LIMIT,
    KEY_DUMP,
    KEY_STRICT,
    KEY_STAT,
    KEY_EXIT_CODE,
    KEY_FORMAT,
    KEY_AROUND,
    KEY_HISTORY,
    KEY_DATE,
    KEY_MAX_COMPLEXITY,
    KEY_MAX_REFUSED,
    KEY_MAX_TAKEN_BACK,
    KEY_MAX_SHARED,
    KEY_MIN_ISOLATED,
    KEY_MAX_RISK,
    KEY_START_UP_COUNTS,
    KEY_NO_NEW,
    KEY_BASELINE,
    KEY_STRICT_BASELINE,
    KEY_UPDATE_BASELINE,
    KEY_CHANGED_SINCE,
    KEY_PLAN,
    KEY_SAFETY,
    KEY_ALLOW_DIRTY,
    KEY_BACKUP,
    KEY_NO_FSYNC,
    KEY_FORCE,
    KEY_API,
    KEY_USAGE,
    KEY_BEFORE,
    KEY_RUN,
    KEY_COMMANDS,
    KEY_NO_COMMANDS,
    KEY_DEBUG_PATTERN,
    KEY_WRITE_TESTS,
    KEY_PHASE,
    KEY_SPLIT,
    KEY_MAX_FILES,
    KEY_BUG,
    KEY_DOT,
    KEY_SERVE,
    KEY_PORT,
    KEY_STDIN_FILENAME,
    KEY_NO_CACHE,
    KEY_PROFILE,
    KEY_FACTS,
    KEY_STATS,
    KEY_SHARD,
};

// Each ends with a row of zeros.
extern const struct argp_option COMMON_OPTIONS[];
extern const struct argp_option FORMAT_OPTIONS[];
extern const struct argp_option SCAN_OPTIONS[];
extern const struct argp_option DIFF_OPTIONS[];
extern const struct argp_option REPORT_OPTIONS[];
extern const struct argp_option CHECK_OPTIONS[];
extern const struct argp_option APPLY_OPTIONS[];
extern const struct argp_option PLAN_OPTIONS[];
extern const struct argp_option WRITING_OPTIONS[];
extern const struct argp_option INIT_OPTIONS[];
extern const struct argp_option VERIFY_OPTIONS[];
extern const struct argp_option FACTS_OPTIONS[];
extern const struct argp_option EXPLAIN_OPTIONS[];

#endif
