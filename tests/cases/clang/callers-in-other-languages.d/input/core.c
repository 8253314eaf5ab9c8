#include "server.h"

struct server *the_server;

int get_port(void) { return the_server->port; }
int get_more(void) { return the_server->port + 1; }
int get_last(void) { return the_server->port - 1; }
static int local(void) { return the_server->port; }
int use(void) { return local() + get_port() + get_more() + get_last(); }
