#define USE_THE_SERVER
#include "server.h"
