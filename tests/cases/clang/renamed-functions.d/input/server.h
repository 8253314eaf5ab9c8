#ifndef SERVER_H
#define SERVER_H
struct server {
    int port;
    const char *name;
};
#ifdef USE_THE_SERVER
extern struct server *the_server;
#endif
#endif
