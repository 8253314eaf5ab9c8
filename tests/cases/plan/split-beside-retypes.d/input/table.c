#include "table.h"

#define UNUSED(x) (void)(x)

struct other {
    void *privdata;
};
int use(void *any);
int take(struct other *o) { return use(o->privdata); }

int by_text(void *privdata, const char *a, const char *b)
{
    UNUSED(privdata);
    return a[0] == b[0];
}

static int by_length(void *privdata, const char *a, const char *b)
{
    int table = by_text(privdata, a, b);
    return table && a[1] == b[1];
}

static void drop(void *data, char *value) { UNUSED(data); value[0] = 0; }
static void report(void *t) { UNUSED(t); }

static const type texts = {by_text, drop};
static const type lengths = {.drop = 0, .compare = by_length};

void table_empty(table *t, void(callback)(void*))
{
    if (callback) callback(t->privdata);
    t[0].type->drop(t->privdata, t->value);
}

int table_all(table *list, int count)
{
    table_empty(list, report);
    table_empty(list + 1, 0);
    return table_is(&list[count], "a") + by_text(list->privdata, "", "") + by_text(0, "", "") + (texts.drop == lengths.drop);
}
