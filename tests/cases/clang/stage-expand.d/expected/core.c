#include "core.h"

struct server *the_server;

int server_get_port(struct server *server)
{
    return server->port;
}

int get_port(void)
{
    return server_get_port(the_server);
}

void server_set_port(struct server *server, int number, const char *why) {
    server->port = number;
    server->name = why;
}

void set_port(int number, const char *why) {
    server_set_port(the_server, number, why);
}

void log_line(const char *format, ...) { the_server->name = format; }

static int run(int count) { return server_get_port(the_server) + server_next_port(the_server,
                                                                           count); }

static int local(struct server *server) { return server->port; }

int server_use_local(struct server *server, int (*ask)(void))
{
    return local(server) + ask();
}

int use_local(int (*ask)(void))
{
    return server_use_local(the_server, ask);
}

const struct command commands[] = {{run}};
