#include "server.h"
static int port(void) { return the_server->port; }
int use(void) { return port(); }
