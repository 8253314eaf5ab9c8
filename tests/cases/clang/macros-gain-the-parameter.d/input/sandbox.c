#include "server.h"

#ifdef HAVE_SANDBOX
int drop(int level) { return level; }
#endif
