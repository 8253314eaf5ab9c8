#include "server.h"

int made(void) { return called_by_what_is_made(1); }
