// Files of facts. In: entries, or the bytes of such a file. Out: the other one of the two. Must believe nothing of a file
// before its HMAC is right, and nothing of its rows that lies outside of it.
#include "source/shard.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/build_id.h"
#include "base/map.h"
#include "base/vec.h"

#define MAGIC "weft shard 1\n"
enum { MAGIC_SIZE = sizeof MAGIC - 1 };
#define MOST_ENTRIES 100000000u

typedef struct Entry {
    Digest key;
    Str bytes;
} Entry;

struct Shard {
    pthread_mutex_t adding;
    Arena arena; // owns the bytes
    Vec(Entry) entries;
    Map by_key; // the first bytes of a key -> index
};

typedef struct Head {
    Digest build;
    uint32_t part, parts;
    uint64_t count;
} Head;

typedef struct Row {
    Digest key;
    uint64_t offset, length; // of its bytes, from where those of all begin
} Row;

Shard *shard_new(void) {
    Shard *shard = memory_alloc_zeroed(1, sizeof *shard);
    pthread_mutex_init(&shard->adding, NULL);
    return shard;
}

void shard_free(Shard *shard) {
    if (shard == NULL) return;
    vec_release(&shard->entries);
    map_release(&shard->by_key);
    arena_release(&shard->arena);
    pthread_mutex_destroy(&shard->adding);
    free(shard);
}

// ---- the table -----------------------------------------------------------------------------------
static uint64_t key_start(const Digest *key) {
    uint64_t start;
    memcpy(&start, key->bytes, sizeof start);
    return start;
}

static const Entry *find(const Shard *shard, const Digest *key) {
    uint32_t index = 0;
    if (!map_get(&shard->by_key, key_start(key), &index)) return NULL;
    const Entry *entry = &shard->entries.items[index];
    return memcmp(entry->key.bytes, key->bytes, sizeof key->bytes) == 0 ? entry : NULL;
}

void shard_add(Shard *shard, const Digest *key, Str bytes) {
    if (pthread_mutex_lock(&shard->adding) != 0) BUG("cannot lock a table of facts");
    if (find(shard, key) == NULL) {
        map_put(&shard->by_key, key_start(key), shard->entries.count);
        vec_add(&shard->entries, ((Entry){*key, arena_copy(&shard->arena, bytes)}));
    }
    pthread_mutex_unlock(&shard->adding);
}

bool shard_find(const Shard *shard, const Digest *key, Str *bytes) {
    const Entry *entry = find(shard, key);
    if (entry != NULL) *bytes = entry->bytes;
    return entry != NULL;
}

uint32_t shard_count(const Shard *shard) { return shard->entries.count; }

// ---- files ---------------------------------------------------------------------------------------
static Digest build_digest(void) { return digest_of(build_id()); }

static int by_key(const void *left, const void *right) {
    const Entry *const *a = left, *const *b = right;
    return memcmp((*a)->key.bytes, (*b)->key.bytes, sizeof (*a)->key.bytes);
}

static void add_struct(StrBuf *out, const void *value, size_t size) { strbuf_add(out, (Str){value, size}); }

static void add_entries(const Shard *shard, StrBuf *out) {
    uint32_t count = shard->entries.count;
    const Entry **order = memory_alloc_zeroed(count + 1, sizeof *order);
    for (uint32_t i = 0; i < count; i++) order[i] = &shard->entries.items[i];
    qsort(order, count, sizeof *order, by_key);
    uint64_t offset = 0;
    for (uint32_t i = 0; i < count; i++) {
        Row row = {order[i]->key, offset, order[i]->bytes.length};
        add_struct(out, &row, sizeof row);
        offset += row.length;
    }
    for (uint32_t i = 0; i < count; i++) strbuf_add(out, order[i]->bytes);
    free(order);
}

void shard_write(const Shard *shard, ShardPart part, const DigestKey *key, StrBuf *out) {
    StrBuf body = {0};
    Head head = {build_digest(), part.number, part.count, shard->entries.count};
    add_struct(&body, &head, sizeof head);
    add_entries(shard, &body);
    Digest mark = digest_keyed(key, STR(MAGIC), strbuf_str(&body));
    strbuf_add(out, STR(MAGIC));
    add_struct(out, &mark, sizeof mark);
    strbuf_add(out, strbuf_str(&body));
    strbuf_release(&body);
}

static bool take_entries(Shard *shard, Str rows, Str bytes, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        Row row;
        memcpy(&row, rows.data + i * sizeof row, sizeof row);
        if (row.offset > bytes.length || row.length > bytes.length - row.offset) return false;
        shard_add(shard, &row.key, str_slice(bytes, row.offset, row.offset + row.length));
    }
    return true;
}

ShardAnswer shard_read(Shard *shard, Str text, const DigestKey *key, ShardPart *part) {
    Digest mark, build = build_digest();
    Head head;
    if (!str_starts_with(text, STR(MAGIC)) || text.length < MAGIC_SIZE + sizeof mark + sizeof head) return SHARD_NONE;
    memcpy(&mark, text.data + MAGIC_SIZE, sizeof mark);
    Str body = str_slice(text, MAGIC_SIZE + sizeof mark, text.length);
    Digest right = digest_keyed(key, STR(MAGIC), body);
    if (!digest_equal(&mark, &right)) return SHARD_FOREIGN;
    memcpy(&head, body.data, sizeof head);
    if (!digest_equal(&head.build, &build) || build_id().length == 0) return SHARD_OTHER_BUILD;
    Str rest = str_slice(body, sizeof head, body.length);
    if (head.count > MOST_ENTRIES || head.count * sizeof(Row) > rest.length) return SHARD_NONE;
    *part = (ShardPart){head.part, head.parts};
    Str rows = str_slice(rest, 0, head.count * sizeof(Row)), bytes = str_slice(rest, rows.length, rest.length);
    return take_entries(shard, rows, bytes, head.count) ? SHARD_GOOD : SHARD_NONE;
}
