/* Uses the core. */
#include <stddef.h>
#include "core.h"

#define PORT (get_port() + 1)

static int (*ask)(int number) = add_port;

int use(void)
{
    int (*other)(int) = add_port;
    return PORT + ask(1) + other(2) + add_port(get_port()) + taken();
}
