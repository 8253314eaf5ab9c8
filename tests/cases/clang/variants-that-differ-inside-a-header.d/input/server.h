struct server {
	int calls;
	int errors;
};
extern struct server *the_server;

struct other {
	int (*count)(int);
};
struct counter {
	int (*count)(int);
};

int server_calls(int from);
int server_errors(int from);

static inline void server_use(struct counter *counter, struct other *other)
{
#ifdef COUNTED
	counter->count = server_errors;
	other->count = 0;
#else
	other->count = server_calls;
	counter->count = 0;
#endif
}
