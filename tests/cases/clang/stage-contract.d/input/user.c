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
