#ifndef TABLE_H
#define TABLE_H
typedef struct type {
    int (*compare)(void *privdata, const char *a, const char *b);
} type;

typedef struct table {
    const type *type;
    void *privdata;
    const char *value;
} table;

#define table_is(t, a) ((t)->type->compare((t)->privdata, (t)->value, a))

table *table_new(const type *type, void *privdata);
table *table_named(void *privdata, const type *type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void table_clear(void *privdata);
int table_count(void);
#endif
