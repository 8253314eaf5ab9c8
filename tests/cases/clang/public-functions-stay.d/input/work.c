#include "server.h"

static int port(void) { return the_server->port; }
int api_port(void) { return port() + the_server->port; }
