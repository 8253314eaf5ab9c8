#include "table.h"

static table tables[4];
static int used;

static table *setup(table *t, const type *type,
                    void *privdata) /* last, in a line of its own */
{
    t->type = type;
    t->privdata = privdata; /* for the callbacks */
    t->value = "";
    return t;
}

table *table_new(const type *type, void *privdata)
{
    return setup(&tables[used++ % 4], type, privdata);
}

table *table_named(void *privdata,
                   const type *type,
                   const char *format, ...)
{
    table *t = setup(&tables[0], type, privdata);
    t->value = format;
    return t;
}

void table_clear(void *privdata)
{
    tables[0].privdata = privdata;
    for (int i = 1; i < 4; i++) { tables[i].privdata = 0; }
}

static int same(void *privdata, const char *a, const char *b)
{
    (void)privdata;
    return a[0] == b[0];
}

static const type texts = {same};

int table_count(void)
{
    char name[2] = "a";
    table *first = table_new(&texts, (void *)name);
    table *second = table_named(
        name,
        &texts, "%d", 1);
    table_clear(0);
    return table_is(first, "a") + table_is(second, "b");
}
