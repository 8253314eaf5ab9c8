#include "config.h"

struct config *config;
static struct config all[2];

void load(struct config **into)
{
	*into = &all[*into == &all[0]];
}

void allocate(void **into, unsigned long size)
{
	*into = &all[size > 0];
}

void read_number(int *into)
{
	*into = 7;
}
