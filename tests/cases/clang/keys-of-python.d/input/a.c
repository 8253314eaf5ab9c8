extern struct s *g;
int f(void) { return g != 0; }
