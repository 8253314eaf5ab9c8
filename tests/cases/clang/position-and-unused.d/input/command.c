#include "server.h"

#define UNUSED __attribute__((unused))

int printf(const char *format, ...);

static int log_line(const char *format, int number, ...) { return printf(format, the_server->name, number); }
static int add(int number, int more UNUSED) { return number + the_server->port; }
static int drop(int number, int more) { return log_line("%s %d", number) - more; }
static int a_rather_long_name_for_a_function_that_does_nothing(int number, int more)
{
    return number - more;
}
static int many(int number,
                int more)
{
    return number * more;
}
static int (*commands[])(int, int) = {add, drop, a_rather_long_name_for_a_function_that_does_nothing, many};

int dispatch(int index) { return commands[index](index, 3); }
