#include "server.h"

struct server *the_server;

static int port(int number) { return number + the_server->port; }
static int zero(int number) { return number - number; }
static int twice(int number)
{
	// Nothing of the server.
	return number * 2;
}

static int only_traced(int number)
{
#ifdef TRACE
	number += the_server->port;
#endif
	return number;
}

static const command_fn commands[] = { port, zero, twice, same };

int dispatch(int index) { return commands[index](index) + only_traced(index); }
