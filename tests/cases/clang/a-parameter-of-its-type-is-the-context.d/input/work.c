#include "server.h"

#define UNUSED __attribute__((unused))

static int port(void) { return the_server->port; }
int own(struct server *mine) { return port() + mine->port; }
int fixed(const struct server *mine) { return port() + mine->port; }
int other(struct server *mine UNUSED) { return port(); }
int taken(int server) { return port() + server; }
