#include "platform.h"

struct platform platform;

int sum(void) { return platform.a + platform.b + platform.a + platform.b; }
