#include "server.h"

extern struct server *the_server;

void log_line(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
__attribute__((__nonnull__(1, 2), noinline)) static int join(const char *a, const char *b);
void log_list(const char *format, __builtin_va_list list)
    __attribute__((format(printf, 1, 0), nonnull));

void log_line(int level, const char *format, ...) { the_server->port = level + (format != 0); }
static int join(const char *a, const char *b) { return a[0] + b[0] + the_server->port; }
void log_list(const char *format, __builtin_va_list list)
{
    (void)list;
    log_line(join(format, "b"), "%s", "text");
}
