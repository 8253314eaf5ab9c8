#include "greet.h"

#include "server.h"

int printf(const char *format, ...);

static const char *name_of(void) /* who we are */
{
    return the_server->name;
}

static void greet_politely_and_at_some_length(const char *whom, const char *how)
{
    printf("%s, %s, says %s at %d\n", how, whom, name_of(), the_server->port);
}

void greet(const char *whom)
{
    greet_politely_and_at_some_length(
        whom,
        "hello");
}

int port_of_the_day(void)
{
    return the_server->port;
}

int twice(int number)
{
    return 2 * number;
}
