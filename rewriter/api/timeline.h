// How far the old interface is on its way out: the dates of the rules, and a day.
#ifndef WEFT_API_TIMELINE_H
#define WEFT_API_TIMELINE_H

#include "base/arena.h"
#include "rule/rule.h"

typedef enum ApiPhase {
    API_PHASE_BEFORE, // nobody has been told
    API_PHASE_DEPRECATED,
    API_PHASE_WARN,
    API_PHASE_BROWNOUT,
    API_PHASE_SUNSET, // may be removed; the days of grace run
    API_PHASE_OVER,   // and they are over
    API_PHASE_COUNT
} ApiPhase;

typedef struct Timeline {
    Str today;                     // "2026-11-30"
    ApiPhase phase;                // that TODAY is in
    Str begins[API_PHASE_COUNT];   // its first day; empty: the rules do not say
    int64_t days[API_PHASE_COUNT]; // from TODAY until then; negative: it has begun
} Timeline;

const char *api_phase_name(ApiPhase phase);
// TEXT as days since 1970; false when it is no day.
bool timeline_day(Str text, int64_t *day);
// The day of today, UTC, in ARENA.
Str timeline_today(Arena *arena);
// RULE has passed the loader; TODAY is a day. Texts live in ARENA or in RULE.
void timeline_build(const ApiRule *rule, Str today, Arena *arena, Timeline *timeline);

#endif
