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

void server_log_line(struct server *server, const char *format, ...) { server->name = format; }

static int run(struct server *server, int count) { return server_get_port(server) + server_next_port(server,
                                                                 count); }

static int local(struct server *server) { return server->port; }

int server_use_local(struct server *server, int (*ask)(void))
{
    return local(server) + ask();
}

const struct command commands[] = {{run}};

int server_again(struct server *server, int number) { return server->port + number; }

int again(int number)
{
    return server_again(the_server, number + 1);
}
