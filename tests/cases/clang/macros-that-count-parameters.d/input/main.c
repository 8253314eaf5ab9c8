#include <stdarg.h>
#include <attributes.h>

typedef struct global { int port; } global_t;
global_t global;

void log_line(const char *format, ...) G_PRINTF(1, 2);
static int join(const char *a, const char *b) NONNULL(1, 2);
static int far(int by) ALIGNED(16);

void log_line(const char *format, ...)
{
	global.port += format[0];
}

static int join(const char *a, const char *b)
{
	return a[0] + b[0] + global.port;
}

static int far(int by)
{
	return by + global.port;
}

int main(void)
{
	log_line("%d", join("a", "b"));
	return far(1);
}
