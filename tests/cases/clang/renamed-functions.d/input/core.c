#define USE_THE_SERVER
#include "server.h"
#include "core.h"

struct server *the_server;

static int local(void) { return the_server->port; }

int get_port(void) { return the_server ? the_server->port : local(); }

int add_port(int number)
{
    return number + get_port();
}

const char *get_name(void) { return the_server->name; }

int taken(void) { return the_server->port; }

int server_taken(void) { return 0; }
