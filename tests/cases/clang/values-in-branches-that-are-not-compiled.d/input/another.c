struct type {
    int (*print)(int n);
    int (*hash)(const void *key);
};

static int print(int n) { return n; }
static int hash(const void *key) { return key != 0; }
static const struct type plain = {print, hash};
int another(int n) { return plain.print(n) + plain.hash("x"); }
