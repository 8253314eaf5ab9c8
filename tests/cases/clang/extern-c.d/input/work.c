#include "work.h"
#include "server.h"
int port(void) { return the_server->port; }
