#include "server.h"
static int hits;
const char *const names[] = {"a"};
int other_port(void) { hits++; return the_server->port + (Second != 0) + LIMIT; }
int other_stop(struct session *session) { return the_server == session->owner; }
