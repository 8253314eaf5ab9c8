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
void server_log_line(struct server *server, const char *format, ...);
struct command {
    int (*run)(struct server *server, int count);
};
static inline int server_next_port(struct server *server, int number)
{
    return server->port + number;
}
#endif
