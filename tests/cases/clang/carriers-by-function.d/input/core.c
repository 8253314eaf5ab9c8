#include "server.h"

struct server *the_server;

int get_port(int add) { return the_server->port + add; }
