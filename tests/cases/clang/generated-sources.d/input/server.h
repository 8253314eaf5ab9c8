struct server { int port; };
extern struct server *the_server;
int named_in_a_grammar(int a);
int called_by_what_is_made(int a);
int called_here(int a);
