#ifndef NET_H
#define NET_H
#include "main.h"

int net_port(int base);
#endif
