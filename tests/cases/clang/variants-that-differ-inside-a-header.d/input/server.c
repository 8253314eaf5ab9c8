#include "server.h"

struct server *the_server;

int server_calls(int from)
{
	return the_server->calls - from;
}

int server_errors(int from)
{
	return the_server->errors - from;
}
