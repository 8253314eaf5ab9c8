// Bump allocator: many small blocks, one release.
//
// Three lifetimes exist in weft: a run arena (until the process ends), a file arena (one parsed
// file) and a scratch arena (marked and rewound inside one function). Single blocks are never freed.
#ifndef WEFT_BASE_ARENA_H
#define WEFT_BASE_ARENA_H

#include <stddef.h>
#include "base/str.h"

typedef struct ArenaChunk ArenaChunk;
typedef struct Arena {
    ArenaChunk *chunk; // newest chunk; NULL before the first allocation
    size_t total;      // bytes handed out so far
} Arena;
typedef struct ArenaMark {
    ArenaChunk *chunk;
    size_t used;
    size_t total;
} ArenaMark;

// A zeroed Arena is ready for use; arena_release gives everything back and leaves it ready again.
void arena_release(Arena *arena);

// Returns SIZE zeroed bytes aligned for any type. Never NULL.
void *arena_alloc(Arena *arena, size_t size);

// The same without the zeros, for bytes that are written over at once.
char *arena_bytes(Arena *arena, size_t size);

// Copies S into the arena; the copy is also NUL-terminated (the NUL is not counted in its length).
Str arena_copy(Arena *arena, Str s);

// printf into the arena.
Str arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
// A name as functions and variables have it: "ChatManager" -> "chat_manager", "LOG_SIZE" -> "log_size".
Str arena_snake_case(Arena *arena, Str name);

// Remembers the fill level / drops everything allocated since the mark.
ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

// Moves all blocks of FROM into INTO, where they live on; FROM is empty and ready afterwards. For
// workers that fill an arena each.
void arena_adopt(Arena *into, Arena *from);

#define arena_new(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define arena_array(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(n)))

#endif
