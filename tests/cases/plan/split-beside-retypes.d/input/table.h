#ifndef TABLE_H
#define TABLE_H
typedef struct type {
    int (*compare)(void *privdata, const char *a, const char *b);
    void (*drop)(void*, char *value);
} type;

typedef struct table {
    const type *type;
    void *privdata;
    char *value;
} table;

#define table_is(t, a) ((t)->type->compare((t)->privdata, (t)->value, a))

int by_text(void *privdata, const char *a, const char *b);
void table_empty(table *t, void(callback)(void*));
#endif
