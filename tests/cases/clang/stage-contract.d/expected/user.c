#include "core.h"

int server_use(struct server *server)
{
    server_set_port(server, server_get_port(server), "use");
    server_log_line(server, "%d", server_next_port(server, 1));
    return 0;
}

int again(void);
static int (*asked)(void) = get_port;
int server_last(struct server *server) { server_set_port(server, 4, "last"); return asked(); }
