// The cache. In: keys, and bytes to keep. Out: the same bytes, or none. Facts of files are in a bundle for each tree;
// any other entry is a file of its own:
//     "weft cache 1\n", the checksum of all that follows in 8 bytes, the digest of key and build, the bytes
#include "source/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/build_id.h"
#include "source/bundle.h"
#include "source/checksum.h"
#include "source/state_folder.h"

#define MAGIC "weft cache 1\n"
enum { MAGIC_SIZE = sizeof MAGIC - 1, SUM_SIZE = 8, HEAD_SIZE = MAGIC_SIZE + SUM_SIZE + DIGEST_SIZE };
enum { ABANDONED_AFTER = 3600 }; // seconds that a writer may take
#define ENTRY_SIZE_MAX ((size_t)1 << 30)
#define USUAL_LIMIT ((uint64_t)1 << 30)

static const char *const FOLDERS[CACHE_KIND_COUNT] = {"facts", "solved", "text"};

struct Cache {
    StateFolder folder;
    DigestKey build;            // what the names of entries are made with
    int opened[CACHE_KIND_COUNT]; // descriptors; -1: not there
    atomic_bool grown; // something was kept
    uint64_t limit;
    pthread_mutex_t opening; // guards the next
    Bundle *facts;           // of the tree; NULL before it is asked for
    Digest tree;             // its key
};

// ---- opening -------------------------------------------------------------------------------------
// "512M"; anything else is the usual.
static uint64_t limit_of_user(void) {
    const char *value = getenv("WEFT_CACHE_LIMIT");
    if (value == NULL || *value < '0' || *value > '9') return USUAL_LIMIT;
    char *end;
    uint64_t limit = strtoull(value, &end, 10);
    unsigned shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    if (shift > 0) end++;
    return *end != '\0' || limit > UINT64_MAX >> shift ? USUAL_LIMIT : limit << shift;
}

Cache *cache_open(Str root) {
    Str build = build_id();
    StateFolder folder;
    if (build.length == 0 || !state_folder_open_cache(&folder, root)) return NULL;
    Cache *cache = memory_alloc_zeroed(1, sizeof *cache);
    cache->folder = folder;
    Digest digest = digest_of(build);
    memcpy(cache->build.bytes, digest.bytes, sizeof cache->build.bytes);
    cache->limit = limit_of_user();
    cache->tree = digest_of(root);
    pthread_mutex_init(&cache->opening, NULL);
    for (int i = 0; i < CACHE_KIND_COUNT; i++)
        cache->opened[i] = state_folder_enter(&folder, str_from(FOLDERS[i]), true);
    return cache;
}

// ---- entries -------------------------------------------------------------------------------------
static Digest name_of(const Cache *cache, CacheKind kind, const Digest *key) {
    return digest_keyed(&cache->build, str_from(FOLDERS[kind]),
                        (Str){(const char *)key->bytes, sizeof key->bytes});
}

// The bundle of the tree, opened when it is asked for first.
static Bundle *facts_of_tree(Cache *cache) {
    if (pthread_mutex_lock(&cache->opening) != 0) BUG("cannot lock the cache");
    if (cache->facts == NULL) {
        Digest name = name_of(cache, CACHE_FACTS, &cache->tree);
        cache->facts = bundle_open(cache->opened[CACHE_FACTS], str_from(digest_text(&name).digits));
    }
    pthread_mutex_unlock(&cache->opening);
    return cache->facts;
}

bool cache_find(Cache *cache, CacheKind kind, const Digest *key, Arena *arena, Str *bytes) {
    if (cache == NULL || cache->opened[kind] < 0) return false;
    Digest name = name_of(cache, kind, key);
    if (kind == CACHE_FACTS) return bundle_find(facts_of_tree(cache), &name, arena, bytes);
    DigestText text = digest_text(&name);
    ArenaMark mark = arena_mark(arena);
    Str file;
    if (!state_folder_read_in(cache->opened[kind], arena, str_from(text.digits), ENTRY_SIZE_MAX, &file))
        return false;
    Str summed = str_slice(file, MAGIC_SIZE + SUM_SIZE, file.length);
    uint64_t sum = 0;
    if (file.length >= HEAD_SIZE) memcpy(&sum, file.data + MAGIC_SIZE, sizeof sum);
    bool good = str_starts_with(file, STR(MAGIC)) && file.length >= HEAD_SIZE && sum == checksum(summed) &&
                memcmp(summed.data, name.bytes, sizeof name.bytes) == 0;
    if (good)
        *bytes = str_slice(file, HEAD_SIZE, file.length);
    else
        arena_rewind(arena, mark);
    return good;
}

bool cache_use(Cache *cache, CacheKind kind, const Digest *key) {
    if (cache == NULL || cache->opened[kind] < 0 || kind != CACHE_FACTS) return false;
    Digest name = name_of(cache, kind, key);
    return bundle_use(facts_of_tree(cache), &name);
}

void cache_keep(Cache *cache, CacheKind kind, const Digest *key, Str bytes) {
    if (cache == NULL || cache->opened[kind] < 0 || bytes.length > ENTRY_SIZE_MAX - HEAD_SIZE) return;
    Digest name = name_of(cache, kind, key);
    if (kind == CACHE_FACTS) {
        bundle_keep(facts_of_tree(cache), &name, bytes);
        return;
    }
    DigestText text = digest_text(&name);
    StrBuf file = {0};
    char sum[SUM_SIZE] = {0};
    strbuf_add(&file, STR(MAGIC));
    strbuf_add(&file, (Str){sum, sizeof sum});
    strbuf_add(&file, (Str){(const char *)name.bytes, sizeof name.bytes});
    strbuf_add(&file, bytes);
    uint64_t total = checksum(str_slice(strbuf_str(&file), MAGIC_SIZE + SUM_SIZE, file.length));
    memcpy(file.data + MAGIC_SIZE, &total, sizeof total);
    if (state_folder_keep_in(cache->opened[kind], str_from(text.digits), strbuf_str(&file)))
        atomic_store(&cache->grown, true);
    strbuf_release(&file);
}

// ---- its size ------------------------------------------------------------------------------------
typedef struct Entry {
    CacheKind kind;
    StateEntry file;
} Entry;
typedef Vec(Entry) Entries;

static void list_entries(const Cache *cache, Arena *arena, Entries *all) {
    for (int kind = 0; kind < CACHE_KIND_COUNT; kind++) {
        StateEntries entries = {0};
        if (cache->opened[kind] >= 0) state_folder_measure(cache->opened[kind], arena, &entries);
        for (uint32_t i = 0; i < entries.count; i++)
            vec_add(all, ((Entry){(CacheKind)kind, entries.items[i]}));
        vec_release(&entries);
    }
}

static bool is_abandoned(const StateEntry *file, time_t now) {
    return str_starts_with(file->name, STR(".")) && now - file->used.tv_sec > ABANDONED_AFTER;
}

static int compare_use(const void *left, const void *right) {
    const StateEntry *a = &((const Entry *)left)->file, *b = &((const Entry *)right)->file;
    if (a->used.tv_sec != b->used.tv_sec) return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
    if (a->used.tv_nsec != b->used.tv_nsec) return a->used.tv_nsec < b->used.tv_nsec ? -1 : 1;
    return str_compare(a->name, b->name);
}

// Down to LEFT bytes, the longest unused first.
static void remove_oldest(const Cache *cache, Entries *all, uint64_t total, uint64_t left) {
    time_t now = time(NULL);
    if (all->count > 1) qsort(all->items, all->count, sizeof *all->items, compare_use);
    for (uint32_t i = 0; i < all->count; i++) {
        const Entry *entry = &all->items[i];
        bool temporary = str_starts_with(entry->file.name, STR("."));
        if (temporary ? !is_abandoned(&entry->file, now) : total <= left) continue;
        if (state_folder_remove_in(cache->opened[entry->kind], entry->file.name))
            total -= entry->file.size;
    }
}

static uint64_t sum_of(const Entries *all) {
    uint64_t total = 0;
    for (uint32_t i = 0; i < all->count; i++) total += all->items[i].file.size;
    return total;
}

static void keep_within(const Cache *cache) {
    Arena arena = {0};
    Entries all = {0};
    list_entries(cache, &arena, &all);
    uint64_t total = sum_of(&all);
    // Somewhat less, so that the next runs have room.
    remove_oldest(cache, &all, total, total > cache->limit ? cache->limit / 4 * 3 : cache->limit);
    vec_release(&all);
    arena_release(&arena);
}

CacheSize cache_size(const Cache *cache) {
    Arena arena = {0};
    Entries all = {0};
    list_entries(cache, &arena, &all);
    CacheSize size = {all.count, sum_of(&all), cache->limit, cache->folder.path};
    vec_release(&all);
    arena_release(&arena);
    return size;
}

void cache_clear(Cache *cache) {
    Arena arena = {0};
    Entries all = {0};
    list_entries(cache, &arena, &all);
    for (uint32_t i = 0; i < all.count; i++)
        state_folder_remove_in(cache->opened[all.items[i].kind], all.items[i].file.name);
    vec_release(&all);
    arena_release(&arena);
}

void cache_close(Cache *cache) {
    if (cache == NULL) return;
    bool grown = bundle_close(cache->facts);
    if (grown || atomic_load(&cache->grown)) keep_within(cache);
    for (int i = 0; i < CACHE_KIND_COUNT; i++)
        if (cache->opened[i] >= 0) close(cache->opened[i]);
    state_folder_close(&cache->folder);
    pthread_mutex_destroy(&cache->opening);
    free(cache);
}
