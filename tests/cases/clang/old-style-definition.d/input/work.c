#include "server.h"

static int sum(a, b)
    int a;
    int b;
{
    return a + b + the_server->port;
}

int use(void) { return sum(1, 2); }
