#ifndef TYPE_H
#define TYPE_H
typedef int (*count_t)(int);
struct type {
    const char *name;
    int (*hash)(const void *key);
    count_t count;
};
#endif
