struct server { int port; };
struct server *the_server;
