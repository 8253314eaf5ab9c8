#include "server.h"

int work(struct server *server, struct counter *counter, struct other *other)
{
	server_use(counter, other);
	return counter->count ? counter->count(server->calls) : other->count(server->errors);
}
