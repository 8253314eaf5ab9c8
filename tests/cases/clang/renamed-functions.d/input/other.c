#include "both.h"
#include "core.h"

int other(struct server *own) { return get_port() + own->port; }
int another(void) { return get_port(); }
