struct server {
	int calls;
};
extern struct server *the_server;
int server_calls(void);
