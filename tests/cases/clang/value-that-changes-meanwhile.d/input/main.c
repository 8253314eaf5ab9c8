#include "server.h"

static int twice(void)
{
	return server_size() + server_size();
}

static int got(void)
{
	return server_get()->size + the_server->size;
}

int main(void)
{
	server_get();
	server_loop(server_reload);
	return twice() + got();
}
