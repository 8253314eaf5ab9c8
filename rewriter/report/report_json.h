// Private to the JSON and HTML formats: parts of the migration report as JSON objects.
#ifndef WEFT_REPORT_REPORT_JSON_H
#define WEFT_REPORT_REPORT_JSON_H

#include <jansson.h>
#include "report/model.h"

// Each adds its keys to OBJECT, always the same ones in the same order.
void report_put_summary(json_t *object, const Report *report); // everything but the files
void report_put_file(json_t *object, const Report *report, const ReportFile *file);
void report_put_access(json_t *object, const ReportAccess *access);
void json_put_point(json_t *object, const CoursePoint *point);
// "read", "unreadable", ...
const char *report_state_word(SourceState state);

#endif
