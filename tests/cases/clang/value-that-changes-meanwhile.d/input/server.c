#include "server.h"

struct server *the_server;
static struct server both[2];

static struct server *next(void)
{
	return the_server == &both[0] ? &both[1] : &both[0];
}

void server_reload(int signal)
{
	struct server *other = next();

	other->size = signal;
	the_server = other;
}

static void wait_for(on_signal handle)
{
	handle(the_server->size);
}

void server_loop(on_signal handle)
{
	while (!the_server->quit)
		wait_for(handle);
}

struct server *server_get(void)
{
	if (!the_server)
		the_server = next();
	return the_server;
}

int server_size(void)
{
	return the_server->size;
}
