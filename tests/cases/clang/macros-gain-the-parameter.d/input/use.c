#include "server.h"

struct server own;

#define local(x) (plain(x) + nothing())
#define a_macro_with_a_name_that_is_long(first, second) (option(first) + option(second) + local(3))

static int use(int a)
{
    say(1, 2);
    return both(a, 1) + twice(a) + local(plain(a)) + a_macro_with_a_name_that_is_long(a, 2);
}

static int walk(struct job *job) { return next_of(job) + nothing(); }
static int may_be(int a) { return perhaps(a); }
static int sandbox(int a) { return drop(a) + use(a); }

enum { first, second };
static int all_words(void) { return NAMES(as_word) 0; }

int at_start(void) { return plain(2); }

int main(int count, char **words)
{
    struct job job = {0};
    return all_words() + sandbox(count) + walk(&job) + may_be(2) + use(words[0][0]) + own.port;
}
