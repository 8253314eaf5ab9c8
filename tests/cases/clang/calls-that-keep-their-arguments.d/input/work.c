#include "server.h"

static int width(int number) { return number + get_port(); }
int use(int number) { return to_hex(width(number), to_hex(1, the_server->port)); }
const char *name(int number) { return to_text(width(number)); }
