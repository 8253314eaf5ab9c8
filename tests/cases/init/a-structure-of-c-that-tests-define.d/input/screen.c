#include "edit.h"

struct screen *screen;
int rows(void) { return screen->rows; }
