#include "server.h"

#define CALL(name) name##_port()
typedef int port_function(void);
port_function declared;

static int pasted_port(void) { return the_server->port; }
static int pulled(void) { return the_server->port; }
int declared(void) { return the_server->port; }
static int plain(void) { return the_server->port; }

int use(void)
{
    int sum = CALL(pasted) + declared() + plain();
    return sum +
#include "calls.inc"
}
