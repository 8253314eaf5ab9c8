// One file from memory through python_extract, and questions about its dump.
#ifndef WEFT_TESTS_UNIT_PYTHON_SUPPORT_EXTRACT_H
#define WEFT_TESTS_UNIT_PYTHON_SUPPORT_EXTRACT_H

#include "testing.h"

#include "facts/dump.h"
#include "python/python.h"

typedef struct Extract {
    Sources sources;
    Diagnostics diagnostics;
    Facts facts;
} Extract;

// Extracts TEXT as PATH. False when the file was refused.
bool extract_open(Extract *extract, const char *path, Str text);
void extract_close(Extract *extract);

// The dump of TEXT as src/a.py has FRAGMENT, which may be several lines; without the path, so that
// lines start as in "statement 1:1 ...".
#define assert_dumps(text, fragment) assert_dumps_at((text), (fragment), true, __FILE__, __LINE__)
#define assert_not_dumps(text, fragment)                                                           \
    assert_dumps_at((text), (fragment), false, __FILE__, __LINE__)
void assert_dumps_at(const char *text, const char *fragment, bool expected, const char *file,
                     int line);

// TEXT is refused with one E104 whose message contains MESSAGE, at LINE:COLUMN.
#define assert_refused(text, message, line, column)                                                \
    assert_refused_at((text), (message), (line), (column), __FILE__, __LINE__)
void assert_refused_at(Str text, const char *message, uint32_t line, uint32_t column,
                       const char *file, int at);

#endif
