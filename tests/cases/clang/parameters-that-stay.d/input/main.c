struct read { void *data; };
static int read_use(void *data) { return data != 0; }
static void read_fill(struct read *t, void *data) { t->data = data; }
int read_all(struct read *t, void *data)
{
    read_fill(t, data);
    return read_use(t->data) + (t->data == data);
}

struct kept { void *data; };
static int kept_use(void *data) { return data != 0; }
static void kept_fill(struct kept *t, int *data)
{
    t->data = data;
    *data = 1;
}
int kept_all(struct kept *t, int *data)
{
    kept_fill(t, data);
    return kept_use(t->data);
}

struct made { void *data; };
static int made_use(void *data) { return data != 0; }
static void *make(void) { static int made; return ++made ? &made : 0; }
static void made_fill(struct made *t, void *data) { t->data = data; }
int made_all(struct made *t)
{
    made_fill(t, make());
    return made_use(t->data);
}

struct named { void *data; };
static int named_use(void *data) { return data != 0; }
static void named_fill(struct named *t, void *data) { if (data) t->data = data; }
int named_all(struct named *t, void *data)
{
    named_fill(t, data);
    return named_use(t->data);
}
