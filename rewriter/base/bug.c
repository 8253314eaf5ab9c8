// Fatal ends of the program: our own mistake (BUG, abort with a place) and no memory left (exit 70).
// The only code below cli/ that writes to stderr; it never returns to its caller when it does.
#include "base/bug.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_OUT_OF_MEMORY = 70 }; // EX_SOFTWARE of sysexits.h

_Noreturn void bug_abort(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "weft: BUG %s:%d: ", file, line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

// Other threads may run, and may come here too: nothing is cleaned up, and what stdout holds back is
// dropped. What apply was about to do, its journal knows.
_Noreturn void memory_gone(size_t size) {
    char line[128];
    int length = snprintf(line, sizeof line, "weft: out of memory: cannot get %zu bytes\n", size);
    if (write(STDERR_FILENO, line, (size_t)length) < 0) _exit(EXIT_OUT_OF_MEMORY);
    _exit(EXIT_OUT_OF_MEMORY);
}

// Zero bytes are asked for as one, so that NULL always means failure.
void *memory_alloc(size_t size) {
    void *block = malloc(size ? size : 1);
    if (!block) memory_gone(size);
    return block;
}

void *memory_alloc_zeroed(size_t count, size_t size) {
    void *block = count && size ? calloc(count, size) : calloc(1, 1);
    if (!block) memory_gone(count > SIZE_MAX / (size ? size : 1) ? SIZE_MAX : count * size);
    return block;
}

void *memory_resize(void *block, size_t size) {
    void *resized = realloc(block, size ? size : 1);
    if (!resized) memory_gone(size);
    return resized;
}
