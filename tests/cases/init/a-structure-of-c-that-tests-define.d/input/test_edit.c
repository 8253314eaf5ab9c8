#include "edit.h"

static struct editor under_test;
struct editor E;

int main(void) { return under_test.cx + under_test.cx + under_test.cy + under_test.cx + move(1); }
