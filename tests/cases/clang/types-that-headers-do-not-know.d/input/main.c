#include "main.h"

global_t global;

int main_port(void)
{
	return global.port;
}

void log_line(const char *text)
{
	global.port += text[0];
}

int main(void)
{
	return net_port(2);
}
