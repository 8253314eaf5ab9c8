#ifndef SERVER_H
#define SERVER_H
struct server {
    int port;
    const char *name;
};
extern struct server *the_server;
int get_port(void);
int get_port_of(struct server *server);
int to_hex(int a, int b);
int to_hex_of(struct server *server, int a, int b, int width);
const char *to_text(int a);
const char *to_text_for(int a, const char *name);
#endif
