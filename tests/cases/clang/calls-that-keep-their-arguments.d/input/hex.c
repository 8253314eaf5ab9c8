#include "server.h"

int to_hex(int a, int b) { return to_hex_of(the_server, a, b, 8); }
const char *to_text(int a) { return to_text_for(a, "default"); }
