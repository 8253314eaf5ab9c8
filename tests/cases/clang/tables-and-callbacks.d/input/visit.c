#include "command.h"
#include "server.h"

static void count(int number, void *data) { *(int *)data += number; }
static void check(int number, void *data) { *(int *)data += number > the_server->port; }
static int even(int number) { return number % 2 == 0; }

void each(visit_function *visit, void *data, filter keeps)
{
    for (int i = 0; i < 10; i++)
        if (!keeps || keeps(i))
            (*visit)(i, data);
}

int use(void)
{
    int sum = 0;
    each(count, &sum, even);
    each(check, &sum, 0);
    return sum;
}
