#include "core.h"

struct server *the_server;

int get_port(void)
{
    return the_server->port;
}

void set_port(int number, const char *why) {
    the_server->port = number;
    the_server->name = why;
}

void log_line(const char *format, ...) { the_server->name = format; }

static int run(int count) { return get_port() + next_port(count); }

static int local(void) { return the_server->port; }

int use_local(int (*ask)(void))
{
    return local() + ask();
}

const struct command commands[] = {{run}};
