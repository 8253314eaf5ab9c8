struct server {
	int quit;
	int size;
};
extern struct server *the_server;

typedef void (*on_signal)(int signal);

void server_loop(on_signal handle);
void server_reload(int signal);
struct server *server_get(void);
int server_size(void);
