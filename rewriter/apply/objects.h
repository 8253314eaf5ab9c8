// The bytes that runs replaced, kept under their blob ids: .weft/objects/NUMBER, one file ("pack") for
// each run that had some which no other pack had. One file and one sync, not hundreds.
//
// A pack is text, so that a person gets bytes back with tail and head where weft cannot:
//
//     weft-objects 1 COUNT
//     BLOBID OFFSET LENGTH      COUNT lines, sorted by id; numbers have twelve digits, OFFSET is
//     ...                       counted in bytes from the start of the pack
//     the bytes, one after the other
#ifndef WEFT_APPLY_OBJECTS_H
#define WEFT_APPLY_OBJECTS_H

#include "apply/files.h"
#include "base/vec.h"
#include "source/blob_id.h"

// Where an object lies.
typedef struct Object {
    BlobId id;
    uint32_t pack;
    uint64_t offset, length; // bytes
} Object;

typedef struct Objects {
    const Files *files;
    Str folder;       // below the root of the files; borrowed
    Vec(Object) list; // by id, then by pack
    uint32_t last_pack;
    bool is_read;    // the tables of all packs, into the list
    bool is_damaged; // a pack has no readable table
    bool is_newer;   // a pack is of a format that this weft does not know
} Objects;

void objects_release(Objects *objects);

// One object to keep.
typedef struct ObjectBytes {
    BlobId id;
    Str bytes;
} ObjectBytes;

// Keeps COUNT objects, unless they are there already, whole; durable when it returns. Sorts them.
// False with errno.
bool objects_keep(Objects *objects, ObjectBytes *wanted, uint32_t count);
// The bytes of ID, in ARENA; false with errno ENOENT when they are not there, EIO when they are
// damaged, ENOTSUP when they may be in a pack of a later format.
bool objects_get(Objects *objects, Arena *arena, const BlobId *id, Str *bytes);
// Deletes every object that is not among the COUNT ids. Returns how many went; -1 with errno.
int objects_remove_others(Objects *objects, const BlobId *kept, uint32_t count);

#endif
