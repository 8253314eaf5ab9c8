#ifndef SERVER_H
#define SERVER_H
struct server {
    int port;
    const char *name;
};
extern struct server *the_server;
#endif
