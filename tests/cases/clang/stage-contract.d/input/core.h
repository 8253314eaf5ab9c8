#ifndef CORE_H
#define CORE_H
#include "server.h"

/* The port. */
int server_get_port(struct server *server);
int get_port(void);
void server_set_port(struct server *server, int number,
                     const char *why);
void set_port(int number,
              const char *why);
void log_line(const char *format, ...);
struct command {
    int (*run)(int count);
};
static inline int server_next_port(struct server *server, int number)
{
    return server->port + number;
}

static inline int next_port(int number)
{
    return server_next_port(the_server, number);
}
#endif
