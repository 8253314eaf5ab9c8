#include "server.h"
int core(void);
int core(void) { return the_server->port; }
