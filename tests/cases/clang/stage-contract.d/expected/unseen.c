void set_port(int number, const char *why);
int unseen(void) { set_port(3, "unseen"); return 0; }
