// The history file. In: its lines, each by itself, and a report. Out: points in the order of their dates, and one
// more line at the end. Never changes or drops a line that is there, whatever it says.
#include "report/course.h"

#include <errno.h>

#include "base/file.h"
#include "report/json_value.h"
#include "report/model.h"
#include "report/report_json.h"
#include "source/utf8.h"

enum { FILE_MODE = 0644, MOST_BYTES = 64 << 20, VERSION = 1, COMMIT_LENGTH = 40 };

// ---- reading -------------------------------------------------------------------------------------

static bool level_parse(const char *name, Level *level) {
    for (int i = 0; i < LEVEL_COUNT; i++) {
        *level = (Level)i;
        if (strcmp(name, level_name(*level)) == 0) return true;
    }
    return false;
}

// A count, or a number with one decimal in tenths.
static bool number_parse(double value, uint32_t scale, uint32_t *number) {
    if (!(value >= 0 && value * scale < UINT32_MAX)) return false;
    *number = (uint32_t)(value * scale + 0.5);
    return true;
}

// Null where the tree was in no repository.
static bool commit_parse(json_t *value, Arena *arena, Str *commit) {
    const char *text = json_string_value(value);
    size_t length = text == NULL ? 0 : strspn(text, "0123456789abcdef");
    *commit = arena_copy(arena, (Str){text, length});
    return json_is_null(value) || (length == COMMIT_LENGTH && text[length] == '\0');
}

// NULL, or what is wrong with LINE.
static const char *point_parse(json_t *line, Arena *arena, CoursePoint *point) {
    int version = 0;
    const char *date, *complexity, *risk;
    json_t *commit;
    double accesses, refused, bridged, isolated, files, changes, coverage, score;
    json_error_t error;
    if (json_unpack_ex(line, &error, 0, "{s:i}", "schema_version", &version) != 0)
        return "it has no schema_version";
    if (version != VERSION) return "another version of weft wrote it";
    if (json_unpack_ex(
            line, &error, 0, "{s:s, s:o, s:F, s:F, s:F, s:F, s:F, s:F, s:F, s:F, s:s, s:s}", "date",
            &date, "commit", &commit, "total_accesses", &accesses, "refused", &refused, "bridged",
            &bridged, "isolated", &isolated, "files_requiring_migration", &files,
            "total_changes_required", &changes, "coverage_percent", &coverage, "complexity_score",
            &score, "migration_complexity", &complexity, "risk_level", &risk) != 0)
        return "a key is missing, or its value is of another type";
    if (!course_parse_date(arena, str_from(date), &point->date)) return "its date is none";
    if (!commit_parse(commit, arena, &point->commit)) return "its commit is none";
    bool good =
        number_parse(accesses, 1, &point->accesses) && number_parse(refused, 1, &point->refused) &&
        number_parse(bridged, 1, &point->bridged) && number_parse(isolated, 1, &point->isolated) &&
        number_parse(files, 1, &point->files) && number_parse(changes, 1, &point->changes) &&
        number_parse(coverage, 10, &point->coverage) && number_parse(score, 10, &point->score) &&
        level_parse(complexity, &point->complexity) && level_parse(risk, &point->risk);
    return good ? NULL : "a value is out of its range";
}

static void read_line(Str line, Span span, Course *course, Diagnostics *diagnostics) {
    json_error_t error;
    CoursePoint point = {0};
    json_t *value = json_loadb(line.data, line.length, JSON_REJECT_DUPLICATES, &error);
    const char *fault =
        value == NULL ? "it is not JSON" : point_parse(value, &course->arena, &point);
    json_decref(value);
    if (fault == NULL) {
        vec_add(&course->points, point);
        return;
    }
    diagnostic_add(diagnostics, DIAGNOSTIC_W703, span, "this line is no point of a history: %s",
                   fault);
    diagnostic_help(diagnostics,
                    "it stays in the file and is not shown; delete it when nothing needs it");
}

static void read_lines(Str bytes, FileId file, Course *course, Diagnostics *diagnostics) {
    Str rest = bytes, line;
    while (str_split_next(&rest, '\n', &line)) {
        if (str_trim(line).length == 0) continue;
        uint32_t start = (uint32_t)(line.data - bytes.data);
        Span span = {file, start, start + (uint32_t)line.length};
        read_line(line, span, course, diagnostics);
    }
}

// Insertion sort: lines are nearly always in order. Stable.
static void sort_points(Course *course) {
    CoursePoint *points = course->points.items;
    for (uint32_t i = 1; i < course->points.count; i++) {
        CoursePoint point = points[i];
        uint32_t at = i;
        for (; at > 0 && str_compare(points[at - 1].date, point.date) > 0; at--)
            points[at] = points[at - 1];
        points[at] = point;
    }
}

bool course_read(Str path, Sources *sources, Course *course, Diagnostics *diagnostics) {
    Str bytes;
    FileResult result = file_read(&course->arena, path, MOST_BYTES, &bytes, NULL);
    if (result == FILE_MISSING) return true;
    if (result != FILE_OK) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E101, SPAN_NONE,
                       "cannot read the history '%.*s': %s", STR_ARG(path),
                       result == FILE_UNREADABLE  ? strerror(errno)
                       : result == FILE_TOO_LARGE ? "it is over 64M"
                                                  : "it is no regular file");
        return false;
    }
    // The text as the message shows it, whatever bytes it has.
    FileId file = sources_add_auxiliary(sources, path, bytes);
    read_lines(source_file(sources, file)->text, file, course, diagnostics);
    sort_points(course);
    course->torn = bytes.length > 0 && bytes.data[bytes.length - 1] != '\n';
    return true;
}

void course_release(Course *course) {
    vec_release(&course->points);
    arena_release(&course->arena);
}

// ---- writing -------------------------------------------------------------------------------------

void course_add(Course *course, const Report *report) {
    CoursePoint point = {
        .date = arena_copy(&course->arena, report->made.date),
        .commit = arena_copy(&course->arena, report->made.commit),
        .accesses = report->accesses.count,
        .refused = report->by_outcome[OUTCOME_REFUSED],
        .bridged = report->by_outcome[OUTCOME_BRIDGED],
        .isolated = report->isolated,
        .files = report->migrating_files,
        .changes = report->total_changes,
        .coverage = report->coverage,
        .score = report->score,
        .complexity = report->complexity,
        .risk = report->risk,
    };
    vec_add(&course->points, point);
}

bool course_append(Str path, const Course *course, const CoursePoint *point,
                   Diagnostics *diagnostics) {
    json_t *object = json_object();
    json_put(object, "schema_version", json_integer(VERSION));
    json_put_point(object, point);
    char *text = json_dumps(object, JSON_NUMBERS | JSON_COMPACT);
    StrBuf line = {0};
    if (course->torn) strbuf_add_char(&line, '\n'); // what is torn stays a line of its own
    utf8_add_json(&line, str_from(text));
    strbuf_add_char(&line, '\n');
    free(text);
    json_decref(object);
    bool good = file_append(path, strbuf_str(&line), FILE_MODE);
    strbuf_release(&line);
    if (!good)
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(path), strerror(errno));
    return good;
}
