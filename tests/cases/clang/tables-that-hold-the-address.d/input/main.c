#include "config.h"

#define LEVEL \
	config_now.level
#define FIELD(name) &config_now.name

struct option { const char *name; int *value; };
static struct option options[] = {
	{ "level", &config_now.level },
	{ .name = "width", .value = &config_now.width },
};
struct config config_now;
static struct config *table[] = { &config_now };
static char shadow[sizeof(config_now.width)];
_Static_assert(sizeof(config_now.level) == 4, "four");

static int by_static(int n)
{
	static int *kept = &config_now.level;
	static struct option own[] = { { "level", &config_now.level } };
	struct option automatic[] = { { "level", &config_now.level } };
	static char name[sizeof(config_now.width)];
	const static struct option made = { "width", FIELD(width) };

	name[0] = 0;
	return *kept + own[0].value[0] + *automatic[0].value + n + name[0] + *made.value;
}

static int by_case(int n)
{
	switch (n) {
	case sizeof(config_now.level): return config_now.width;
	default: return 0;
	}
}

static int read_level(void)
{
	return config_now.level + options[0].value[0] + table[0]->level + shadow[0] +
	       by_static(1) + by_case(2) + LEVEL + *FIELD(width);
}

int main(void)
{
	return read_level();
}
