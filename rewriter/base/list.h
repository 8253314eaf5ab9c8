// Typed growable arrays in an arena: List(Str) names = {0}; *list_push(arena, &names) = STR("a");
//
// For tables of what is made once and lives as long as its arena: nothing is released. A list doubles, and
// what it outgrows stays in the arena, at most as much again. list_push returns a pointer to a new zeroed
// item; it is valid until the next push.
#ifndef WEFT_BASE_LIST_H
#define WEFT_BASE_LIST_H

#include <stdint.h>

#include "base/arena.h"

#define List(T)                                                                                    \
    struct {                                                                                       \
        T *items;                                                                                  \
        uint32_t count;                                                                            \
        uint32_t capacity;                                                                         \
    }

// Makes room for one more item; aborts with BUG over 2^31 items.
void list_grow(Arena *arena, void **items, uint32_t *count, uint32_t *capacity, size_t size);

// As in vec.h, the items are read after the growth, in a sequenced expression.
#define list_push(arena, l)                                                                        \
    ((void)list_grow((arena), (void **)&(l)->items, &(l)->count, &(l)->capacity,                   \
                     sizeof *(l)->items),                                                          \
     &(l)->items[(l)->count - 1])
#define list_add(arena, l, item) (*list_push((arena), (l)) = (item))

typedef List(Str) StrItems;

#endif
