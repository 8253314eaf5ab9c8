// The store. In: facts of a file, by all that they depend on. Out: the same rows, shared. A row is never changed once it is
// here; modules alone are copied, since each run says of them what it knows (FileId, left_out).
#include "facts/store.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/bug.h"

typedef struct Entry {
    Digest key;
    Facts facts;
    uint32_t used; // the turn in which somebody asked for it
} Entry;

struct FactsStore {
    pthread_mutex_t lock;
    Vec(Entry *) entries;
    Map by_key; // the first bytes of a key -> index into entries
    uint32_t turn;
};

FactsStore *facts_store_new(void) {
    FactsStore *store = memory_alloc_zeroed(1, sizeof *store);
    pthread_mutex_init(&store->lock, NULL);
    return store;
}

static void entry_free(Entry *entry) {
    facts_release(&entry->facts);
    free(entry);
}

void facts_store_free(FactsStore *store) {
    if (store == NULL) return;
    for (uint32_t i = 0; i < store->entries.count; i++) entry_free(store->entries.items[i]);
    vec_release(&store->entries);
    map_release(&store->by_key);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

static uint64_t key_start(const Digest *key) {
    uint64_t start;
    memcpy(&start, key->bytes, sizeof start);
    return start;
}

void facts_store_turn(FactsStore *store) {
    uint32_t kept = 0;
    store->turn++;
    map_release(&store->by_key);
    for (uint32_t i = 0; i < store->entries.count; i++) {
        Entry *entry = store->entries.items[i];
        if (entry->used + 2 < store->turn) {
            entry_free(entry);
            continue;
        }
        map_put(&store->by_key, key_start(&entry->key), kept);
        store->entries.items[kept++] = entry;
    }
    store->entries.count = kept;
}

static void lock(FactsStore *store) {
    if (pthread_mutex_lock(&store->lock) != 0) BUG("cannot lock the store of facts");
}

// NULL when there is none.
static Entry *find(const FactsStore *store, const Digest *key) {
    uint32_t index = 0;
    if (!map_get(&store->by_key, key_start(key), &index)) return NULL;
    Entry *entry = store->entries.items[index];
    return memcmp(entry->key.bytes, key->bytes, sizeof key->bytes) == 0 ? entry : NULL;
}

// Nobody writes to an entry, so that no lock is needed to read it.
static void share(const Facts *owner, const Sources *sources, FileId file, Facts *facts) {
    *facts = *owner;
    facts->sources = sources;
    facts->shared = true;
    facts->arena = (Arena){0};
    facts->modules.items = NULL;
    facts->modules.count = facts->modules.capacity = 0;
    vec_extend(&facts->modules, owner->modules.count);
    memcpy(facts->modules.items, owner->modules.items, owner->modules.count * sizeof *facts->modules.items);
    for (uint32_t i = 0; i < facts->modules.count; i++) {
        ModuleFact *module = &facts->modules.items[i];
        const ModuleFact *old = &owner->modules.items[i];
        memset(&module->exports, 0, sizeof module->exports);
        vec_extend(&module->exports, old->exports.count);
        if (old->exports.count > 0)
            memcpy(module->exports.items, old->exports.items, old->exports.count * sizeof *old->exports.items);
        if (i > 0) module->file = file;
    }
}

bool facts_store_find(FactsStore *store, const Digest *key, const Sources *sources, FileId file, Facts *facts) {
    lock(store);
    Entry *entry = find(store, key);
    if (entry != NULL) entry->used = store->turn;
    pthread_mutex_unlock(&store->lock);
    if (entry != NULL) share(&entry->facts, sources, file, facts);
    return entry != NULL;
}

void facts_store_take(FactsStore *store, const Digest *key, Facts *facts) {
    if (facts->modules.count < 2) return;
    const Sources *sources = facts->sources;
    FileId file = facts->modules.items[1].file;
    lock(store);
    Entry *entry = find(store, key);
    if (entry == NULL) {
        entry = memory_alloc_zeroed(1, sizeof *entry);
        *entry = (Entry){*key, *facts, store->turn};
        map_put(&store->by_key, key_start(key), store->entries.count);
        vec_add(&store->entries, entry);
    } else {
        facts_release(facts); // two files of one path and text
    }
    pthread_mutex_unlock(&store->lock);
    share(&entry->facts, sources, file, facts);
}
