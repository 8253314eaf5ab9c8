#include "store.h"

#define CHECK(call) do { if (call) return 1; } while (0)

extern int store_hash(char *, const char *, int);

int main(void)
{
    char out[2];
    CHECK(store_hash(out, "a", 1));
    CHECK(store_file(out, "a", 1, 0));
    return store_link(out, "a");
}
