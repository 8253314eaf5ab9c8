#include "core.h"

int server_use(struct server *server)
{
    server_set_port(server, server_get_port(server), "use");
    server_log_line(server, "%d", server_next_port(server, 1));
    return 0;
}
