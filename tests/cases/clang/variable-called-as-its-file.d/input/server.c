#include "server.h"

struct server *server;
int port(void) { return server->port; }
