#include "server.h"

typedef unsigned long size;
void qsort(void *base, size count, size width, int (*compare)(const void *, const void *));

static int port(void) { return the_server->port; }
static int compare(const void *a, const void *b) { return port() + (a < b); }
static int hidden(int number) { return port() + number; }
static int direct(int number) { return port() - number; }
static void *kept = (void *)hidden;

int run(int *numbers)
{
    qsort(numbers, 3, sizeof *numbers, compare);
    return direct(1) + (kept != 0);
}
