// Dates of the history: UTC, ISO 8601, to the second. In: a text or a number. Out: "2026-11-23T03:45:24Z".
#include "report/course.h"

#include <time.h>

enum { SHORT = 10, FULL = 20, BUFFER = 32 };

Str course_date(Arena *arena, int64_t seconds) {
    time_t moment = (time_t)seconds;
    struct tm parts;
    char text[BUFFER];
    size_t length = gmtime_r(&moment, &parts) == NULL
                        ? 0
                        : strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_copy(arena, (Str){text, length});
}

// TEXT looks like PATTERN, whose 0 stands for any digit.
static bool has_form(Str text, const char *pattern) {
    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (pattern[i] == '0' ? !digit : text.data[i] != pattern[i]) return false;
    }
    return true;
}

bool course_parse_date(Arena *arena, Str text, Str *date) {
    bool full = text.length == FULL && has_form(text, "0000-00-00T00:00:00Z");
    if (!full && !(text.length == SHORT && has_form(text, "0000-00-00"))) return false;
    *date = full ? arena_copy(arena, text) : arena_format(arena, "%.*sT00:00:00Z", STR_ARG(text));
    // A day or an hour that does not exist comes out of the calendar as another one.
    struct tm parts = {0};
    if (strptime(date->data, "%Y-%m-%dT%H:%M:%SZ", &parts) == NULL) return false;
    return str_equal(course_date(arena, timegm(&parts)), *date);
}
