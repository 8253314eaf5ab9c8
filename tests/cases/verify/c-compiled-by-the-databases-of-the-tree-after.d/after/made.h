#define MADE 1
