#include "server.h"

int shared(void);
static int own(void) { return the_server->port; }
int shared(void) { return own(); }
