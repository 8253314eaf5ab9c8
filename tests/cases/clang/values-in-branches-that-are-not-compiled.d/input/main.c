#include "type.h"

struct state { int a; };
extern struct state *the_state;

static int hash_one(const void *key) { return key != 0 && the_state->a; }
static int count_one(int n) { return n + the_state->a; }
static const struct type one = {"one", hash_one, count_one};

#ifdef BENCHMARK
static int hash_two(const void *key) { return key == 0; }
static int count_two(int n) { return n; }
static int hash_three(const void *key) { (void)key; return 3; }
static int count_three(int n) { return n * 3; }
static const struct type two = {"two", hash_two, &count_two};
static const struct type many[] = {
    {.count = count_three, .name = "three", .hash = hash_three},
    {"two", hash_two, 0},
};
#endif

#ifdef PORTABLE
union odd { int a; int (*hash)(const void *key); };
static int hash_odd(const void *key) { return key == 0; }
static const union odd odd = {.hash = hash_odd};
#endif

int all(const void *key) { return one.hash(key) + one.count(1); }
