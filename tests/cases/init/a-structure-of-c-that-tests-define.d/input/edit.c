#include "edit.h"

typedef struct { int tabs, width; } options_t;
static options_t options = { 4, 80 };
struct editor E;
static struct editor all[4];
static int count;

int move(int by)
{
    E.cx += by;
    E.cy = options.tabs + all[0].cx;
    count++;
    return E.cx;
}
