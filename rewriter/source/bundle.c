// Bundles. In: keys, and bytes to keep. Out: the same bytes, or none. A file is
//     "weft facts 1\n"; the entries, one after the other; a Row for each; a Trailer
// and is read from its end.
#include "source/bundle.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "source/checksum.h"
#include "source/state_folder.h"

#define MAGIC "weft facts 1\n"
enum { MAGIC_SIZE = sizeof MAGIC - 1 };
#define ROWS_MAX 10000000u

typedef struct Row {
    Digest key;
    uint64_t offset, length, sum;
} Row;
typedef Vec(Row) Rows;

typedef struct Trailer {
    uint64_t rows, count, sum; // where the rows begin, how many, and their checksum
    char magic[16];
} Trailer;

struct Bundle {
    int folder;
    Str name;
    Arena arena;
    int file; // -1: there is none
    uint64_t size;
    Rows rows;
    atomic_bool *used; // by row
    Map by_key;        // the first bytes of a key -> index of its row

    pthread_mutex_t writing; // guards the rest
    int new_file;            // -1: nothing is new; -2: it cannot be written
    Str temporary;
    uint64_t new_length;
    Rows new_rows;
    Map new_by_key;
};

static uint64_t key_start(const Digest *key) {
    uint64_t start;
    memcpy(&start, key->bytes, sizeof start);
    return start;
}

// ---- what is there -------------------------------------------------------------------------------
// False when the file is none of this kind, or damaged where it says what is in it.
static bool read_rows(Bundle *bundle, uint64_t size) {
    Trailer trailer;
    Str bytes;
    if (size < MAGIC_SIZE + sizeof trailer ||
        !file_read_part(&bundle->arena, bundle->file, size - sizeof trailer, sizeof trailer, &bytes))
        return false;
    memcpy(&trailer, bytes.data, sizeof trailer);
    uint64_t room = size - sizeof trailer;
    if (memcmp(trailer.magic, MAGIC, sizeof MAGIC) != 0 || trailer.count > ROWS_MAX || trailer.rows > room ||
        trailer.count * sizeof(Row) != room - trailer.rows ||
        !file_read_part(&bundle->arena, bundle->file, trailer.rows, room - trailer.rows, &bytes) ||
        checksum(bytes) != trailer.sum)
        return false;
    vec_extend(&bundle->rows, (uint32_t)trailer.count);
    if (bytes.length > 0) memcpy(bundle->rows.items, bytes.data, bytes.length);
    return true;
}

Bundle *bundle_open(int folder, Str name) {
    Bundle *bundle = memory_alloc_zeroed(1, sizeof *bundle);
    *bundle = (Bundle){.folder = folder, .new_file = -1, .writing = PTHREAD_MUTEX_INITIALIZER};
    bundle->name = arena_copy(&bundle->arena, name);
    bundle->file = state_folder_open_in(folder, name, &bundle->size);
    if (bundle->file >= 0 && !read_rows(bundle, bundle->size)) {
        close(bundle->file);
        bundle->file = -1;
    }
    bundle->used = memory_alloc_zeroed(bundle->rows.count + 1, sizeof *bundle->used);
    for (uint32_t i = 0; i < bundle->rows.count; i++)
        map_put(&bundle->by_key, key_start(&bundle->rows.items[i].key), i);
    return bundle;
}

static bool read_entry(int file, const Row *row, Arena *arena, Str *bytes) {
    return file_read_part(arena, file, row->offset, row->length, bytes) && checksum(*bytes) == row->sum;
}

// The index of the row of KEY; UINT32_MAX without one.
static uint32_t find_row(const Rows *rows, const Map *by_key, const Digest *key) {
    uint32_t index = UINT32_MAX;
    bool found = map_get(by_key, key_start(key), &index) &&
                 memcmp(rows->items[index].key.bytes, key->bytes, sizeof key->bytes) == 0;
    return found ? index : UINT32_MAX;
}

// What this run kept itself: a plan that did not pass is made again with much the same texts.
static bool find_new(Bundle *bundle, const Digest *key, Arena *arena, Str *bytes) {
    if (pthread_mutex_lock(&bundle->writing) != 0) BUG("cannot lock a bundle");
    uint32_t index = find_row(&bundle->new_rows, &bundle->new_by_key, key);
    Row row = index != UINT32_MAX ? bundle->new_rows.items[index] : (Row){0};
    int file = bundle->new_file;
    pthread_mutex_unlock(&bundle->writing);
    return index != UINT32_MAX && file >= 0 && read_entry(file, &row, arena, bytes);
}

bool bundle_find(Bundle *bundle, const Digest *key, Arena *arena, Str *bytes) {
    uint32_t index = find_row(&bundle->rows, &bundle->by_key, key);
    if (index == UINT32_MAX) return find_new(bundle, key, arena, bytes);
    bool good = read_entry(bundle->file, &bundle->rows.items[index], arena, bytes);
    if (good) atomic_store(&bundle->used[index], true);
    return good;
}

bool bundle_use(Bundle *bundle, const Digest *key) {
    uint32_t index = find_row(&bundle->rows, &bundle->by_key, key);
    if (index != UINT32_MAX) {
        atomic_store(&bundle->used[index], true);
        return true;
    }
    if (pthread_mutex_lock(&bundle->writing) != 0) BUG("cannot lock a bundle");
    bool is_new = bundle->new_file >= 0 && find_row(&bundle->new_rows, &bundle->new_by_key, key) != UINT32_MAX;
    pthread_mutex_unlock(&bundle->writing);
    return is_new;
}

// ---- what is new ---------------------------------------------------------------------------------
static bool begin(Bundle *bundle) {
    bundle->new_file = state_folder_begin_in(bundle->folder, &bundle->arena, &bundle->temporary);
    if (bundle->new_file < 0 || !file_write_all(bundle->new_file, STR(MAGIC))) return false;
    bundle->new_length = MAGIC_SIZE;
    return true;
}

// Whoever cannot go on writes nothing more, and the old file stays.
static void give_up(Bundle *bundle) {
    if (bundle->new_file >= 0) {
        close(bundle->new_file);
        (void)state_folder_remove_in(bundle->folder, bundle->temporary);
    }
    bundle->new_file = -2;
}

static void add(Bundle *bundle, const Digest *key, Str bytes) {
    bool known = find_row(&bundle->new_rows, &bundle->new_by_key, key) != UINT32_MAX;
    if (known || bundle->new_file == -2) return;
    if ((bundle->new_file == -1 && !begin(bundle)) || !file_write_all(bundle->new_file, bytes)) {
        give_up(bundle);
        return;
    }
    map_put(&bundle->new_by_key, key_start(key), bundle->new_rows.count);
    vec_add(&bundle->new_rows, ((Row){*key, bundle->new_length, bytes.length, checksum(bytes)}));
    bundle->new_length += bytes.length;
}

void bundle_keep(Bundle *bundle, const Digest *key, Str bytes) {
    if (pthread_mutex_lock(&bundle->writing) != 0) BUG("cannot lock a bundle");
    add(bundle, key, bytes);
    pthread_mutex_unlock(&bundle->writing);
}

// Bytes that this run had use for.
static uint64_t useful_length(const Bundle *bundle) {
    uint64_t length = bundle->new_length;
    for (uint32_t i = 0; i < bundle->rows.count; i++)
        if (atomic_load(&bundle->used[i])) length += bundle->rows.items[i].length;
    return length;
}

// What was there goes along: what was used, then others up to the size of what is there by then.
static void take_over(Bundle *bundle) {
    uint64_t others = 0, most = useful_length(bundle);
    for (uint32_t i = 0; i < bundle->rows.count; i++) {
        const Row *row = &bundle->rows.items[i];
        bool used = atomic_load(&bundle->used[i]);
        Arena arena = {0};
        Str bytes;
        if (!used) others += row->length;
        if (bundle->file >= 0 && (used || others <= most) && read_entry(bundle->file, row, &arena, &bytes))
            add(bundle, &row->key, bytes);
        arena_release(&arena);
    }
}

// ROWS behind the first LENGTH bytes of FILE, and the end.
static bool write_rows(int file, uint64_t length, const Rows *rows) {
    Str bytes = {(const char *)rows->items, rows->count * sizeof(Row)};
    Trailer trailer = {.rows = length, .count = rows->count, .sum = checksum(bytes)};
    memcpy(trailer.magic, MAGIC, sizeof MAGIC);
    return file_write_all(file, bytes) && file_write_all(file, (Str){(const char *)&trailer, sizeof trailer});
}

// Behind the end of what is there, as long as nobody else has been faster.
static bool append_to(int file, Bundle *bundle) {
    Arena arena = {0};
    Rows rows = {0};
    Str bytes;
    bool good = lseek(file, 0, SEEK_END) == (off_t)bundle->size &&
                file_read_part(&arena, bundle->new_file, 0, bundle->new_length, &bytes) && file_write_all(file, bytes);
    for (uint32_t i = 0; i < bundle->rows.count; i++) vec_add(&rows, bundle->rows.items[i]);
    for (uint32_t i = 0; i < bundle->new_rows.count; i++) {
        vec_add(&rows, bundle->new_rows.items[i]);
        vec_last(&rows)->offset += bundle->size;
    }
    good = good && write_rows(file, bundle->size + bundle->new_length, &rows);
    vec_release(&rows);
    arena_release(&arena);
    return good;
}

// A little that is new goes behind a lot that is there: writing all of it again would take longer than making it. Who
// is killed meanwhile leaves a file whose end is none, which is as no file.
static bool append(Bundle *bundle) {
    enum { LITTLE = 8, MOST_UNUSED = 3 };
    if (bundle->file < 0 || bundle->new_length > bundle->size / LITTLE ||
        bundle->size > useful_length(bundle) * MOST_UNUSED)
        return false;
    int file = state_folder_append_in(bundle->folder, bundle->name, bundle->file);
    bool good = file >= 0 && append_to(file, bundle);
    if (file >= 0) close(file);
    if (good) give_up(bundle);
    return good;
}

static bool finish(Bundle *bundle) {
    bool good = write_rows(bundle->new_file, bundle->new_length, &bundle->new_rows);
    if (close(bundle->new_file) != 0) good = false;
    bundle->new_file = -1;
    if (good && state_folder_finish_in(bundle->folder, bundle->temporary, bundle->name)) return true;
    (void)state_folder_remove_in(bundle->folder, bundle->temporary);
    return false;
}

bool bundle_close(Bundle *bundle) {
    if (bundle == NULL) return false;
    bool changed = bundle->new_file >= 0;
    if (changed && !append(bundle)) {
        take_over(bundle);
        changed = bundle->new_file >= 0 && finish(bundle);
    }
    if (bundle->file >= 0) close(bundle->file);
    free(bundle->used);
    vec_release(&bundle->rows);
    vec_release(&bundle->new_rows);
    map_release(&bundle->by_key);
    map_release(&bundle->new_by_key);
    arena_release(&bundle->arena);
    pthread_mutex_destroy(&bundle->writing);
    free(bundle);
    return changed;
}
