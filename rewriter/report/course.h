// The course of a migration: a file with one line of JSON for each run of `weft report --history`. Lines are
// only ever added, so that a file which git merged by `union` is a good one.
#ifndef WEFT_REPORT_COURSE_H
#define WEFT_REPORT_COURSE_H

#include "base/vec.h"
#include "rule/level.h"
#include "source/source.h"

typedef struct Report Report;

// What one run found. The keys of the line are those of the JSON report.
typedef struct CoursePoint {
    Str date; // "2026-11-23T03:45:24Z"
    Str commit; // at HEAD, 40 hexadecimal digits; empty: the tree is in no repository, or has no commit
    uint32_t accesses, refused, bridged, isolated;
    uint32_t files; // that migrate
    uint32_t changes;
    uint32_t coverage; // isolated accesses, in tenths of a percent
    uint32_t score;    // complexity of the tree, in tenths
    Level complexity, risk;
} CoursePoint;

typedef struct Course {
    Arena arena;
    Vec(CoursePoint)
        points; // by date, those of one date in the order of their lines; then this run
    bool torn;  // the last line has no end
} Course;

// Reads the lines of PATH. W703 for each that is no point of a history: it stays in the file and is not
// shown; SOURCES gets the file for the message. A file that is not there is an empty history. False
// after E101.
bool course_read(Str path, Sources *sources, Course *course, Diagnostics *diagnostics);
void course_release(Course *course);

// The point that REPORT makes; its texts are copied.
void course_add(Course *course, const Report *report);
// Appends the line of POINT, one of HISTORY's, to the file, in one write. Makes its folders. False
// after E901.
bool course_append(Str path, const Course *course, const CoursePoint *point,
                   Diagnostics *diagnostics);

// "2026-11-23" (midnight) or "2026-11-23T03:45:24Z", in full in DATE. False when TEXT is no such date.
bool course_parse_date(Arena *arena, Str text, Str *date);
// SECONDS since the epoch.
Str course_date(Arena *arena, int64_t seconds);

#endif
