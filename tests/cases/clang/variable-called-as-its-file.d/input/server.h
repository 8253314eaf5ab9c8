struct server { int port; };
extern struct server *server;
int port(void);
