// Bump allocator. In: sizes. Out: zeroed blocks inside chunks that double in size. A block never
// moves and is never freed alone. Under the address sanitizer the unused rest of every chunk is
// poisoned and blocks are kept apart, so that an overrun is seen as it would be with malloc.
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/bug.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum {
    ALIGNMENT = alignof(max_align_t),
    SMALLEST_CHUNK = 4 * 1024, // many arenas hold a handful of short texts
    LARGEST_CHUNK = 1024 * 1024,
};

struct ArenaChunk {
    ArenaChunk *previous;
    size_t capacity; // bytes in data
    size_t used;
    alignas(max_align_t) char data[];
};

static void chunk_free(ArenaChunk *chunk) {
    ASAN_UNPOISON_MEMORY_REGION(chunk->data, chunk->capacity);
    free(chunk);
}

static void chunk_add(Arena *arena, size_t least) {
    size_t capacity = SMALLEST_CHUNK;
    if (arena->chunk) {
        capacity = arena->chunk->capacity * 2;
        if (capacity > LARGEST_CHUNK) capacity = LARGEST_CHUNK;
    }
    if (capacity < least) capacity = least;
    ArenaChunk *chunk = memory_alloc(sizeof(ArenaChunk) + capacity);
    *chunk = (ArenaChunk){.previous = arena->chunk, .capacity = capacity};
    ASAN_POISON_MEMORY_REGION(chunk->data, capacity);
    arena->chunk = chunk;
}

char *arena_bytes(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) BUG("arena block of %zu bytes", size);
    size_t rounded = (size + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded == 0) rounded = ALIGNMENT;
    if (!arena->chunk || arena->chunk->capacity - arena->chunk->used < rounded) {
        chunk_add(arena, rounded);
    }
    char *block = arena->chunk->data + arena->chunk->used;
    arena->chunk->used += rounded;
    arena->total += size;
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    return block;
}

void *arena_alloc(Arena *arena, size_t size) { return memset(arena_bytes(arena, size), 0, size); }

void arena_release(Arena *arena) { arena_rewind(arena, (ArenaMark){0}); }

Str arena_copy(Arena *arena, Str s) {
    char *copy = arena_bytes(arena, s.length + 1);
    if (s.length) memcpy(copy, s.data, s.length);
    copy[s.length] = '\0';
    return (Str){copy, s.length};
}

Str arena_format(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char usual[256]; // long enough for most, which are printed once then
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    if (length < 0) BUG("bad format '%s'", format);
    char *text = arena_bytes(arena, (size_t)length + 1);
    if ((size_t)length < sizeof usual) {
        memcpy(text, usual, (size_t)length + 1);
    } else {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    return (Str){text, (size_t)length};
}

ArenaMark arena_mark(const Arena *arena) {
    return (ArenaMark){arena->chunk, arena->chunk ? arena->chunk->used : 0, arena->total};
}

void arena_rewind(Arena *arena, ArenaMark mark) {
    while (arena->chunk != mark.chunk) {
        if (!arena->chunk) BUG("rewound to a mark of another arena");
        ArenaChunk *previous = arena->chunk->previous;
        chunk_free(arena->chunk);
        arena->chunk = previous;
    }
    if (arena->chunk) {
        arena->chunk->used = mark.used;
        ASAN_POISON_MEMORY_REGION(arena->chunk->data + mark.used,
                                  arena->chunk->capacity - mark.used);
    }
    arena->total = mark.total;
}

// The adopted chunks go behind the newest chunk of INTO: what is left in that one stays usable, and
// a rewind to an older mark drops them too.
void arena_adopt(Arena *into, Arena *from) {
    if (!from->chunk) return;
    ArenaChunk *oldest = from->chunk;
    while (oldest->previous) oldest = oldest->previous;
    if (into->chunk) {
        oldest->previous = into->chunk->previous;
        into->chunk->previous = from->chunk;
    } else {
        into->chunk = from->chunk;
    }
    into->total += from->total;
    *from = (Arena){0};
}

Str arena_snake_case(Arena *arena, Str name) {
    char *bytes = arena_alloc(arena, 2 * name.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i], before = i > 0 ? name.data[i - 1] : '_';
        bool capital = c >= 'A' && c <= 'Z';
        bool word = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
        if (capital && word) bytes[length++] = '_';
        bytes[length++] = capital ? (char)(c - 'A' + 'a') : c;
    }
    bytes[length] = '\0';
    return (Str){bytes, length};
}
