#include "state.h"

struct daemon *daemon;

int port(int more) { return daemon->number + more; }

int twice(void) { return port(LIMIT) + port(daemon->number); }
