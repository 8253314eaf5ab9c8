#include "server.h"

void move(struct server *to) { the_server = to; }
void tune(int port) { the_server->port = port; }
