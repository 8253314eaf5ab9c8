#include "session.h"
#include "server.h"

int session_port(void) { return the_server->port; }
int session_total(struct session *session) { return session->number + the_server->port; }
