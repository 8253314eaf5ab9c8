#include "server.h"
struct server *the_server;
static int hits;
const char *const names[] = {"a"};
int port(void) { hits++; return the_server->port + (Second != 0) + LIMIT; }
int stop(struct session *session) { return the_server == session->owner; }
