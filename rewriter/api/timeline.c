// In: the dates of the rules and a day. Out: the phase of that day, and how far it is to the others. The clock is asked
// only by who wants the day of today, so that the same rules and day always give the same answer.
#include "api/timeline.h"

#include <time.h>

enum { DAY_LENGTH = 10, BUFFER = 16 };
static const int64_t SECONDS = 86400;

const char *api_phase_name(ApiPhase phase) {
    static const char *const names[] = {"before",   "deprecated", "warn",
                                        "brownout", "sunset",     "over"};
    return names[phase];
}

static Str day_text(Arena *arena, int64_t day) {
    time_t moment = (time_t)(day * SECONDS);
    struct tm parts;
    char text[BUFFER];
    size_t length =
        gmtime_r(&moment, &parts) == NULL ? 0 : strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return arena_copy(arena, (Str){text, length});
}

bool timeline_day(Str text, int64_t *day) {
    Arena scratch = {0};
    struct tm parts = {0};
    Str copy = arena_copy(&scratch, text);
    const char *end = text.length == DAY_LENGTH ? strptime(copy.data, "%Y-%m-%d", &parts) : NULL;
    bool good = end != NULL && *end == '\0';
    if (good) {
        *day = (int64_t)timegm(&parts) / SECONDS;
        good = str_equal(day_text(&scratch, *day), text); // the 30th of February is none
    }
    arena_release(&scratch);
    return good;
}

Str timeline_today(Arena *arena) { return day_text(arena, (int64_t)time(NULL) / SECONDS); }

void timeline_build(const ApiRule *rule, Str today, Arena *arena, Timeline *timeline) {
    int64_t now = 0, sunset;
    *timeline = (Timeline){.today = today};
    timeline->begins[API_PHASE_DEPRECATED] = rule->deprecated;
    timeline->begins[API_PHASE_WARN] = rule->warn;
    timeline->begins[API_PHASE_BROWNOUT] = rule->brownout;
    timeline->begins[API_PHASE_SUNSET] = rule->sunset;
    if (timeline_day(rule->sunset, &sunset))
        timeline->begins[API_PHASE_OVER] = day_text(arena, sunset + rule->grace_days);
    (void)timeline_day(today, &now);
    for (int i = API_PHASE_DEPRECATED; i < API_PHASE_COUNT; i++) {
        int64_t day;
        if (!timeline_day(timeline->begins[i], &day)) continue;
        timeline->days[i] = day - now;
        if (day <= now) timeline->phase = (ApiPhase)i;
    }
}
