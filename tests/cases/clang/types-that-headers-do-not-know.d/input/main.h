#ifndef MAIN_H
#define MAIN_H
#include "net.h"
#include "log.h"

typedef struct global {
	int port;
	int (*hook)(int);
} global_t;
extern global_t global;

int main_port(void);
#endif
