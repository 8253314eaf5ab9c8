int get_port(void);
int unseen(void) { return get_port(); }
