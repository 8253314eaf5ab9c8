#define G_PRINTF(a, b) __attribute__((__format__(__printf__, a, b)))
#define NONNULL(...) __attribute__((__nonnull__(__VA_ARGS__)))
#define ALIGNED(n) __attribute__((__aligned__(n)))
