// Typed growable arrays on the heap: Vec(int) numbers = {0}; *vec_push(&numbers) = 7;
//
// vec_push returns a pointer to a new zeroed item; it is valid until the next push. Counts are
// 32 bit because every table index in weft is.
#ifndef WEFT_BASE_VEC_H
#define WEFT_BASE_VEC_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define Vec(T)                                                                                     \
    struct {                                                                                       \
        T *items;                                                                                  \
        uint32_t count;                                                                            \
        uint32_t capacity;                                                                         \
    }

// Makes room for one more item and returns its index; aborts with BUG over 2^31 items.
uint32_t vec_grow(void **items, uint32_t *count, uint32_t *capacity, uint32_t extra, size_t size);

// The items are read after the growth, in a sequenced expression: "items[vec_grow(...)]" would let the
// compiler load the old pointer first. Mostly there is room, and then nothing is called.
#define vec_push(v)                                                                                \
    ((v)->count < (v)->capacity                                                                    \
         ? (void)memset(&(v)->items[(v)->count++], 0, sizeof *(v)->items)                          \
         : (void)vec_grow((void **)&(v)->items, &(v)->count, &(v)->capacity, 1, sizeof *(v)->items), \
     &(v)->items[(v)->count - 1])
// Where there is room, which is nearly always, the item is written without a call, and nothing is zeroed first.
#define vec_add(v, item)                                                                           \
    ((void)((v)->count < (v)->capacity                                                             \
                ? (v)->count++                                                                     \
                : vec_grow((void **)&(v)->items, &(v)->count, &(v)->capacity, 1, sizeof *(v)->items)), \
     (v)->items[(v)->count - 1] = (item))
// Appends N zeroed items and returns the index of the first.
#define vec_extend(v, n)                                                                           \
    vec_grow((void **)&(v)->items, &(v)->count, &(v)->capacity, (n), sizeof *(v)->items)
// Gives back the room for items that do not come.
void vec_shrink(void **items, uint32_t count, uint32_t *capacity, size_t size);
#define vec_fit(v) vec_shrink((void **)&(v)->items, (v)->count, &(v)->capacity, sizeof *(v)->items)
#define vec_clear(v) ((v)->count = 0)
#define vec_release(v) (free((v)->items), (v)->items = NULL, (v)->count = (v)->capacity = 0)
#define vec_last(v) (&(v)->items[(v)->count - 1])

#endif
