struct server { int port; };
struct srv { int kind; };
typedef int srv;

extern struct server *the_server;

static int by_value(srv kind);
static int by_pointer(const srv **kinds);

static int port(void)
{
	return the_server->port;
}

static int by_value(srv kind)
{
	return port() + kind;
}

static int by_pointer(const srv **kinds)
{
	return port() + **kinds;
}

static int in_body(void)
{
	return port() + (int)sizeof(srv);
}

static int by_tag(struct srv *kind)
{
	return port() + kind->kind;
}

int main(void)
{
	const srv two = 2, *kinds = &two;
	struct srv three = {3};

	return by_value(two) + by_pointer(&kinds) + in_body() + by_tag(&three);
}
