#include "server.h"
typedef int number_t;
extern number_t get_port(number_t from, number_t to);
void visit(int (*each)(int number));
void log_line(const char *format, ...);
int inner(void);
