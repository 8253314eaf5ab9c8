struct given { void *data; };
struct held { void *data; };
struct typed { void *data; };

static int use(void *data) { return data != 0; }
int give(struct given *given) { return use(given->data) + use((char *)given + 1); }

static int keep(void *data) { return data != 0; }
static void *kept = (void *)keep;
int hold(struct held *held) { return keep(held->data) + (kept != 0); }

static int read(const char *data) { return data[0]; }
int type(struct typed *typed) { return read(typed->data); }
