#include "server.h"

struct job {
    struct server *server;
};
int get_port(int add);
void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));
extern struct server servers[2];

static int first_callback(int number, void *data) { return number + get_port((int)sizeof data); }
static int second_callback(int number, void *other) { return number + get_port(other != 0); }
static int main_loop(int number) { return first_callback(number, 0) + second_callback(1, 0) + get_port(1); }
int start_all(void) { return main_loop(get_port(0)); }
int stop_all(void) { return get_port(0); }
