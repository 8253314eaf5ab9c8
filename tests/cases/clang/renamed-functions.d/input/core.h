#ifndef CORE_H
#define CORE_H
int get_port(void);
int add_port(int number); // get_port() and more
const char *get_name(void);
int taken(void);
int server_taken(void);
static inline int twice(int number) { return number * 2 + add_port(0); }
#endif
