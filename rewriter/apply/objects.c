// Packs of old bytes. In: bytes and their blob ids. Out: the bytes again, whole or not at all. A pack
// appears under its name complete, by renaming, and is never written to again. Must never delete a pack
// that it cannot read: what is in it, somebody may still want.
#include "apply/objects.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apply/numbered.h"
#include "base/path.h"

enum {
    PACK_MODE = 0600, // old bytes may be of files that others may not read
    HEADER_LENGTH = sizeof "weft-objects 1 000000000000\n" - 1,
    LINE_LENGTH = BLOB_ID_DIGITS + sizeof " 000000000000 000000000000\n" - 1,
};
#define HEADER_FORMAT "weft-objects 1 %012" PRIu64 "\n"
#define LINE_FORMAT "%s %012" PRIu64 " %012" PRIu64 "\n"

void objects_release(Objects *objects) {
    vec_release(&objects->list);
    objects->is_read = objects->is_damaged = objects->is_newer = false;
}

static Str pack_path(const Objects *objects, Arena *arena, uint32_t pack) {
    return arena_format(arena, "%.*s/" NUMBERED_NAME, STR_ARG(objects->folder), pack);
}

static int compare_ids(const BlobId *a, const BlobId *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

static int compare_objects(const void *left, const void *right) {
    const Object *a = left, *b = right;
    int order = compare_ids(&a->id, &b->id);
    return order != 0 ? order : (a->pack > b->pack) - (a->pack < b->pack);
}

static void sort_list(Objects *objects) {
    if (objects->list.count > 1)
        qsort(objects->list.items, objects->list.count, sizeof(Object), compare_objects);
}

// ---- tables --------------------------------------------------------------------------------------

static bool read_part(const Objects *objects, Arena *arena, uint32_t pack, uint64_t offset,
                      uint64_t length, Str *bytes) {
    int fd = beneath_open(objects->files->root, pack_path(objects, arena, pack), O_RDONLY, 0);
    bool good = fd >= 0 && file_read_part(arena, fd, offset, length, bytes);
    int error = errno;
    if (fd >= 0) close(fd);
    errno = error;
    return good;
}

static bool read_number(Str digits, uint64_t *number) {
    *number = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(digits.data[i] - '0');
    }
    return digits.length == 12;
}

static bool read_line(Objects *objects, Str line, uint32_t pack) {
    Object object = {.pack = pack};
    Str id, offset;
    if (!str_split_next(&line, ' ', &id) || !str_split_next(&line, ' ', &offset) ||
        !blob_id_parse(id, &object.id) || !read_number(offset, &object.offset) ||
        !read_number(line, &object.length))
        return false;
    vec_add(&objects->list, object);
    return true;
}

static bool read_table(Objects *objects, Arena *arena, uint32_t pack) {
    Str header, table, line, prefix = STR("weft-objects 1 ");
    uint64_t count;
    if (!read_part(objects, arena, pack, 0, HEADER_LENGTH, &header)) return false;
    if (!str_starts_with(header, prefix)) {
        objects->is_newer |= str_starts_with(header, STR("weft-objects "));
        return false;
    }
    if (!str_ends_with(header, STR("\n")) ||
        !read_number(str_slice(header, prefix.length, header.length - 1), &count) ||
        !read_part(objects, arena, pack, HEADER_LENGTH, count * LINE_LENGTH, &table))
        return false;
    for (uint64_t i = 0; i < count; i++)
        if (!str_split_next(&table, '\n', &line) || !read_line(objects, line, pack)) return false;
    return true;
}

static bool read_tables(Objects *objects) {
    Numbers packs = {0};
    Arena scratch = {0};
    if (objects->is_read) return true;
    bool good = numbered_list(objects->files, objects->folder, &packs);
    for (uint32_t i = 0; i < packs.count; i++) {
        uint32_t known = objects->list.count;
        if (!read_table(objects, &scratch, packs.items[i])) {
            objects->list.count = known;
            objects->is_damaged = true;
        }
        objects->last_pack = packs.items[i];
    }
    sort_list(objects);
    objects->is_read = good;
    vec_release(&packs);
    arena_release(&scratch);
    return good;
}

// ---- reading -------------------------------------------------------------------------------------

static uint32_t first_of(const Objects *objects, const BlobId *id) {
    uint32_t low = 0, high = objects->list.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_ids(&objects->list.items[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool objects_get(Objects *objects, Arena *arena, const BlobId *id, Str *bytes) {
    if (!read_tables(objects)) return false;
    int error = objects->is_newer ? ENOTSUP : objects->is_damaged ? EIO : ENOENT;
    for (uint32_t i = first_of(objects, id); i < objects->list.count; i++) {
        const Object *object = &objects->list.items[i];
        if (!blob_id_equal(&object->id, id)) break;
        error = EIO;
        if (!read_part(objects, arena, object->pack, object->offset, object->length, bytes))
            continue;
        BlobId real = blob_id_of(*bytes);
        if (blob_id_equal(&real, id)) return true;
    }
    errno = error;
    return false;
}

// ---- writing -------------------------------------------------------------------------------------

// A pack of the COUNT objects, which are sorted, and its rows in the list.
static bool write_pack(Objects *objects, const ObjectBytes *kept, uint32_t count) {
    Arena scratch = {0};
    StrBuf text = {0};
    uint32_t pack = objects->last_pack + 1, known = objects->list.count;
    uint64_t offset = HEADER_LENGTH + (uint64_t)count * LINE_LENGTH;
    strbuf_addf(&text, HEADER_FORMAT, (uint64_t)count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t length = kept[i].bytes.length;
        strbuf_addf(&text, LINE_FORMAT, blob_id_text(&kept[i].id).digits, offset, length);
        vec_add(&objects->list, ((Object){kept[i].id, pack, offset, length}));
        offset += length;
    }
    for (uint32_t i = 0; i < count; i++) strbuf_add(&text, kept[i].bytes);
    Str draft = path_join(&scratch, objects->folder, STR("new"));
    bool good = files_write(objects->files, draft, strbuf_str(&text), PACK_MODE) &&
                files_rename(objects->files, draft, pack_path(objects, &scratch, pack)) &&
                files_sync_folder(objects->files, objects->folder);
    int error = errno;
    if (good) {
        objects->last_pack = pack;
    } else {
        objects->list.count = known;
    }
    sort_list(objects);
    strbuf_release(&text);
    arena_release(&scratch);
    errno = error;
    return good;
}

static int compare_wanted(const void *left, const void *right) {
    return compare_ids(&((const ObjectBytes *)left)->id, &((const ObjectBytes *)right)->id);
}

bool objects_keep(Objects *objects, ObjectBytes *wanted, uint32_t count) {
    Arena scratch = {0};
    Str bytes;
    if (!read_tables(objects)) return false;
    if (count > 1) qsort(wanted, count, sizeof *wanted, compare_wanted);
    uint32_t missing = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (missing > 0 && blob_id_equal(&wanted[missing - 1].id, &wanted[i].id)) continue;
        // What is there, but damaged, is written again.
        if (!objects_get(objects, &scratch, &wanted[i].id, &bytes)) wanted[missing++] = wanted[i];
    }
    arena_release(&scratch);
    return missing == 0 || write_pack(objects, wanted, missing);
}

// ---- deleting ------------------------------------------------------------------------------------

static int compare_blob_ids(const void *left, const void *right) {
    return compare_ids(left, right);
}

typedef Vec(ObjectBytes) Kept;

// Takes the rows of PACK out of the list: those of the COUNT ids, with their bytes as they are, damaged
// or not, into *KEPT. Returns how many others there were; -1 with errno.
static int take_pack(Objects *objects, Arena *arena, uint32_t pack, const BlobId *ids,
                     uint32_t count, Kept *kept) {
    int others = 0;
    for (uint32_t i = 0; i < objects->list.count; i++) {
        const Object *object = &objects->list.items[i];
        ObjectBytes row = {.id = object->id};
        if (object->pack != pack) continue;
        if (bsearch(&object->id, ids, count, sizeof *ids, compare_blob_ids) == NULL) {
            others++;
        } else if (read_part(objects, arena, pack, object->offset, object->length, &row.bytes)) {
            vec_add(kept, row);
        } else {
            return -1;
        }
    }
    return others;
}

static void forget_pack(Objects *objects, uint32_t pack) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < objects->list.count; i++)
        if (objects->list.items[i].pack != pack)
            objects->list.items[left++] = objects->list.items[i];
    objects->list.count = left;
}

// The new pack is there before the old one goes: a crash leaves some bytes twice, and none lost.
static int prune_pack(Objects *objects, uint32_t pack, const BlobId *ids, uint32_t count) {
    Arena scratch = {0};
    Kept kept = {0};
    int removed = take_pack(objects, &scratch, pack, ids, count, &kept);
    if (removed > 0 && ((kept.count > 0 && !write_pack(objects, kept.items, kept.count)) ||
                        !files_remove(objects->files, pack_path(objects, &scratch, pack))))
        removed = -1;
    if (removed > 0) forget_pack(objects, pack);
    int error = errno;
    vec_release(&kept);
    arena_release(&scratch);
    errno = error;
    return removed;
}

// A pack without a readable table has no rows, and stays.
static bool has_rows(const Objects *objects, uint32_t pack) {
    for (uint32_t i = 0; i < objects->list.count; i++)
        if (objects->list.items[i].pack == pack) return true;
    return false;
}

int objects_remove_others(Objects *objects, const BlobId *kept, uint32_t count) {
    Arena scratch = {0};
    Numbers packs = {0};
    int removed = 0;
    BlobId *ids = arena_array(&scratch, BlobId, count + 1);
    if (count > 0) memcpy(ids, kept, count * sizeof *ids);
    if (count > 1) qsort(ids, count, sizeof *ids, compare_blob_ids);
    bool good = read_tables(objects) && numbered_list(objects->files, objects->folder, &packs) &&
                files_remove(objects->files, path_join(&scratch, objects->folder, STR("new")));
    for (uint32_t i = 0; good && i < packs.count; i++) {
        int found =
            has_rows(objects, packs.items[i]) ? prune_pack(objects, packs.items[i], ids, count) : 0;
        good = found >= 0;
        removed += good ? found : 0;
    }
    int error = errno;
    vec_release(&packs);
    arena_release(&scratch);
    errno = error;
    return good ? removed : -1;
}
