#include "net.h"

int net_port(int base)
{
	log_line("port");
	return base + main_port();
}
