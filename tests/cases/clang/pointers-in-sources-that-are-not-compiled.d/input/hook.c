#include "hook.h"
#include "server.h"
static int port(int number) { return number + the_server->port; }
int run_hook(hook run, int number) { return run(number); }
int use(void) { return run_hook(port, 3); }
