#include "server.h"

struct job { int (*work)(int number); };

static int port(int number) { return number + the_server->port; }
static int third(int number)
{
	return number / 3;
}

static struct job jobs[] = { { port }, { third } };

int dispatch_lenient(int index) { return jobs[index].work(index); }
