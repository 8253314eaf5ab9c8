#include "server.h"

struct server *the_server;
int port(void) { return the_server->port; }
#define local(x) (port() + the_server->port + (x))
int use(int a) { return port_or(a) + local(a); }
