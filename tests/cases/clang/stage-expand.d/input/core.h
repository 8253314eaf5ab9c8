#ifndef CORE_H
#define CORE_H
#include "server.h"

/* The port. */
int get_port(void);
void set_port(int number,
              const char *why);
void log_line(const char *format, ...);
struct command {
    int (*run)(int count);
};
static inline int next_port(int number)
{
    return the_server->port + number;
}
#endif
