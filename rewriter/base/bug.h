// What to do when the program itself is wrong: stop at once and say where.
//
// BUG() is for states that our own code promised could not happen. A mistake of the user (a bad
// rule, a missing file) is never a BUG: it becomes a diagnostic (source/diagnostic.h).
#ifndef WEFT_BASE_BUG_H
#define WEFT_BASE_BUG_H

#include <stddef.h>

// Prints "weft: BUG file:line: message" to stderr and aborts. printf-style.
#define BUG(...) bug_abort(__FILE__, __LINE__, __VA_ARGS__)

// Aborts with a BUG report when CONDITION does not hold; stays on in release builds.
#define BUG_UNLESS(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) BUG("expected %s", #condition);                                          \
    } while (0)

// Says on stderr what is wrong with weft itself, and where, and ends.
_Noreturn void bug_abort(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// malloc/realloc/calloc that never return NULL: when memory is gone they print one line and exit
// with status 70. Sizes in bytes. The caller owns the block and frees it with free().
// The libraries that weft uses get their memory from these, too, or report that there is none to
// memory_gone.
void *memory_alloc(size_t size);
void *memory_alloc_zeroed(size_t count, size_t size);
void *memory_resize(void *block, size_t size);
// The one end when there is no memory: a line on stderr, status 70. SIZE is what was asked for, 0 when
// a library did not say.
_Noreturn void memory_gone(size_t size);

#endif
