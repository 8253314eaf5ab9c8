struct server { int port; };
extern struct server *the_server;
int port(void);
#define port_or(x) (port() ? port() : (x))
