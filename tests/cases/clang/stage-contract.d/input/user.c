#include "core.h"

int server_use(struct server *server)
{
    server_set_port(server, server_get_port(server), "use");
    log_line("%d", server_next_port(server, 1));
    return 0;
}

int use(void)
{
    return server_use(the_server);
}

int again(void);
static int (*asked)(void) = get_port;
int last(void) { set_port(4, "last"); return asked(); }
