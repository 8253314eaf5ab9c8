#include "server.h"

#define HANDLE(name) int name(struct server *server, int number)
#define SELF(name) \
	static int name(void); \
	static int name(void)

static HANDLE (handle_first);

int server_calls(void)
{
	return the_server->calls;
}

TEST(counts)
{
	if (server_calls() == number)
		server_calls();
}

static HANDLE (handle_first)
{
	return server_calls() + server->calls + number;
}

SELF(own)
{
	return the_server->calls;
}

int work(void)
{
	counts(own());
	return handle_first(the_server, 1);
}
