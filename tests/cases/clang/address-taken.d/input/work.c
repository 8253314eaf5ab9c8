#include "server.h"

typedef int (*handler)(int);

static int port(void) { return the_server->port; }
static int handle(int number) { return port() + number; }
static int direct(int number) { return port() - number; }
static const handler handlers[] = {handle};

int run(int number) { return handlers[0](number) + direct(number); }
