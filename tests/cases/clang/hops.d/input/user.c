#include "server.h"
int core(void);
static int close_by(int number) { return core() + number; }
static int further(int number) { return core() + number; }
static int on_the_way(int number) { return further(number); }
static int lost(void) { return core(); }
int all(struct server *own) { return close_by(1) + on_the_way(2) + own->port; }
int other(void) { return lost(); }
