#include "config.h"

static int port(void)
{
	return config->port;
}

static int start(void)
{
	load(&config);
	return port();
}

static int by_pointer(void)
{
	struct config **into = &config;

	load(into);
	return port();
}

static int again(void)
{
	RENEW(config, sizeof(*config));
	return port();
}

static int stop(void)
{
	CLEAR(config);
	return config ? port() : 0;
}

static int tune(int mask)
{
	read_number(&config->port);
	if (mask & config->flags)
		read_number(&(config)->flags);
	return PORT(config) + port();
}

static int whole(void)
{
	return start() + tune(1);
}

int main(void)
{
	return whole() + by_pointer() + again() + stop() + tune(2);
}
