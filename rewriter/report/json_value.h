// Building JSON values with jansson: the few things that every JSON writer of the reports needs.
#ifndef WEFT_REPORT_JSON_VALUE_H
#define WEFT_REPORT_JSON_VALUE_H

#include <jansson.h>
#include <stdio.h>
#include "base/str.h"

// For every dump: numbers that are no integers are tenths, 6.9 and not 6.9000000000000004.
#define JSON_NUMBERS ((size_t)JSON_REAL_PRECISION(9))

// TEXT as a string. JSON is UTF-8: bytes that are not are written as \xNN (report/text.h).
json_t *json_text(Str text);
json_t *json_text_or_null(Str text);         // null when TEXT is empty
json_t *json_word_or_null(const char *word); // null when WORD is NULL or empty
// The names of the Origin bits in ORIGINS, as a list.
json_t *json_origins(uint32_t origins);

// Both take over VALUE. Keys keep the order in which they are set.
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *list, json_t *value);

// Writes ROOT and a line end, and releases it. Characters that are not to be shown raw are escaped. A full
// disk shows in ferror(out). INDENT 0 gives one line.
void json_write(json_t *root, int indent, FILE *out);
// Gives the next value of a list, or NULL after the last one.
typedef json_t *JsonNext(void *context);
// The same for a ROOT whose last value is an empty list, DEPTH lists and objects deep: it gets what NEXT gives.
// Each is released before the next one is made, so that a long list never is in memory as a whole.
void json_write_list(json_t *root, int indent, int depth, JsonNext *next, void *context, FILE *out);
// Writes ROOT on one line, as it may stand inside <script>: with no '<'. Releases it.
void json_write_embedded(json_t *root, FILE *out);

#endif
