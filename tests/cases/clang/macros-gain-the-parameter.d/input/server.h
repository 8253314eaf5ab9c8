struct server { int port; int words[4]; struct server *next; };
struct job { int left; struct server *server; };
extern struct server own;
struct server *server_of(int count);
int log_line(const char *format, ...);

#define option(x) (own.words[(x)])
#define both(x, y) (option(x) && option(y))
#define next_of(job) ((job)->server->next == &own)
#define say(...) log_line("%d", own.port, __VA_ARGS__)
#define nothing() (own.port)
#define twice(x) \
    (option(x) + \
     option((x) + 1))
#define plain(x) ((x) + 1)

#ifdef HAVE_LOG
#define perhaps plain
#else
#define perhaps(x) option(x)
#endif

#ifdef HAVE_SANDBOX
int drop(int level);
#else
#define drop(level) (own.port + (level))
#endif

#define NAMES(entry) entry(first) entry(second)
#define as_word(name) own.words[name] +
