struct server { int calls; };
extern struct server *the_server;

/* grüße */
int work(void)
{
	return the_server->calls;
}
