struct server {
    int port;
};
extern struct server *the_server;
extern struct Other *Second;
extern const struct server *const fixed;
struct session {
    int number;
    struct server *owner;
};
enum { LIMIT = 3 };
