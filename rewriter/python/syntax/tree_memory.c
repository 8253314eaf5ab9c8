// In: requests of the parser, half a million for a large bot. Out: blocks. A tree dies in the thread that made it, and
// with all others there: so there are no locks, and nothing is freed one by one.
//
//     chunk    | next | 3 | 48 bytes ... | 5 | 80 bytes ... |            each block has the class of its size before it
//     free[3]  -> a block of 48 bytes -> another one
#include "python/syntax/tree_memory.h"

#include <stdint.h>
#include <string.h>
#include <tree_sitter/api.h>
#include "base/bug.h"

enum {
    STEP = 16,    // classes of small blocks differ by that
    SMALL = 1024, // larger ones are powers of two
    SMALL_CLASSES = SMALL / STEP + 1,
    CLASS_COUNT = SMALL_CLASSES + 54,
    CHUNK_SIZE = 256 * 1024,
    KEPT_CHUNKS = 16, // for the next tree
};

typedef struct Chunk {
    struct Chunk *next;
    size_t size; // of what follows
} Chunk;

typedef struct Block {
    uint64_t class;
    struct Block *next_free; // the first bytes of what the parser was given
} Block;

enum { HEAD = offsetof(Block, next_free) };

typedef struct Memory {
    Chunk *used, *spare;
    char *at, *end; // of the newest chunk
    Block *free[CLASS_COUNT];
} Memory;

static _Thread_local Memory memory;

static unsigned class_of(size_t size) {
    if (size <= SMALL) return size == 0 ? 1 : (unsigned)((size + STEP - 1) / STEP);
    return SMALL_CLASSES + (unsigned)(64 - __builtin_clzll((unsigned long long)size - 1)) - 11;
}

static size_t class_size(unsigned class) {
    return class < SMALL_CLASSES ? (size_t)class * STEP : (size_t)SMALL << (class - SMALL_CLASSES + 1);
}

static void add_chunk(size_t least) {
    size_t size = least > CHUNK_SIZE ? least : CHUNK_SIZE;
    Chunk *chunk = size == CHUNK_SIZE ? memory.spare : NULL;
    if (chunk)
        memory.spare = chunk->next;
    else
        chunk = memory_alloc(sizeof *chunk + size);
    *chunk = (Chunk){memory.used, size};
    memory.used = chunk;
    memory.at = (char *)(chunk + 1);
    memory.end = memory.at + size;
}

static void *take(size_t size) {
    if (size > SIZE_MAX / 4) memory_gone(size);
    unsigned class = class_of(size);
    Block *block = memory.free[class];
    if (block) {
        memory.free[class] = block->next_free;
        return &block->next_free;
    }
    size_t whole = HEAD + class_size(class);
    if ((size_t)(memory.end - memory.at) < whole) add_chunk(whole);
    block = (Block *)(void *)memory.at;
    memory.at += whole;
    block->class = class;
    return &block->next_free;
}

static Block *block_of(void *bytes) { return (Block *)(void *)((char *)bytes - HEAD); }

static void give_back(void *bytes) {
    if (bytes == NULL) return;
    Block *block = block_of(bytes);
    block->next_free = memory.free[block->class];
    memory.free[block->class] = block;
}

static void *take_zeroed(size_t count, size_t size) {
    if (size > 0 && count > SIZE_MAX / 4 / size) memory_gone(SIZE_MAX);
    return memset(take(count * size), 0, count * size);
}

static void *resize(void *bytes, size_t size) {
    if (bytes == NULL) return take(size);
    size_t room = class_size((unsigned)block_of(bytes)->class);
    if (size <= room) return bytes;
    void *moved = take(size);
    memcpy(moved, bytes, room);
    give_back(bytes);
    return moved;
}

void tree_memory_install(void) { ts_set_allocator(take, take_zeroed, resize, give_back); }

void tree_memory_reset(void) {
    unsigned kept = 0;
    for (const Chunk *chunk = memory.spare; chunk; chunk = chunk->next) kept++;
    for (Chunk *chunk = memory.used, *next; chunk; chunk = next) {
        next = chunk->next;
        if (chunk->size != CHUNK_SIZE || kept == KEPT_CHUNKS) {
            free(chunk);
            continue;
        }
        kept++;
        chunk->next = memory.spare;
        memory.spare = chunk;
    }
    memory = (Memory){.spare = memory.spare};
}

void tree_memory_release(void) {
    tree_memory_reset();
    for (Chunk *chunk = memory.spare, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    memory = (Memory){.spare = NULL};
}
