#include "server.h"
#include "session.h"

static int first(void) { return session_port() + the_server->port; }
static int second(struct server *own) { return session_port() + own->port; }
static int third(struct session *session) { return session_port() + session->number; }
int all(struct server *own, struct session *session)
{
    return first() + second(own) + third(session);
}
