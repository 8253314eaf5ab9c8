#include "core.h"

struct server *the_server;

number_t get_port(number_t from, number_t to)
{
    return from < to ? the_server->port : to;
}

void visit(int (*each)(int number)) { the_server->port = each(1); }
void log_line(const char *format, ...) { the_server->name = format; }
static int twice(int number) { return number + the_server->port; }

int inner(void)
{
    visit(twice);
    return get_port(1, 2);
}
