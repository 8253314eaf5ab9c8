#include "server.h"

struct server *the_server;
int named_in_a_grammar(int a) { return a + the_server->port; }
int called_by_what_is_made(int a) { return a + the_server->port; }
int called_here(int a) { return a + the_server->port; }
int main(void) { return called_here(1) + named_in_a_grammar(2); }
