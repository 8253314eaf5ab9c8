#include "server.h"
#include "not_there.h"

int shared(void);
int use(void) { return shared() + the_server->port; }
