struct server;
struct session {
    struct server *server;
    int number;
};
int session_port(void);
int session_total(struct session *session);
