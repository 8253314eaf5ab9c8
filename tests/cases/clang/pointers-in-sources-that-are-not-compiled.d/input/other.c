#include "hook.h"
static int mine(int number) { return number; }
int other(void) { return run_hook(mine, 4); }
