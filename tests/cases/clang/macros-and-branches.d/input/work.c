#include "server.h"

#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define PORT_OR(other) (port() ? port() : (other))

static int port(void) { return the_server->port; }

int use(void)
{
    int most = LARGER(port(), PORT_OR(3));
#ifdef NEVER
    most += port();
#endif
    return most;
}
