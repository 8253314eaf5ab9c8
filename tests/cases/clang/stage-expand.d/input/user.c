#include "core.h"

int use(void)
{
    set_port(get_port(), "use");
    log_line("%d", next_port(1));
    return 0;
}
