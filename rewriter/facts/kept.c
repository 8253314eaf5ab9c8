// Facts of single files in the cache. In: a file. Out: its facts, when the same text was read before.
#include "facts/kept.h"

#include "facts/image.h"
#include "facts/counts.h"
#include "facts/store.h"
#include "source/cache.h"
#include "source/shard.h"
#include "source/source_digest.h"

static bool may_keep(const KeptFacts *kept) {
    const Sources *sources = kept->sources;
    bool anywhere = sources->cache != NULL || sources->facts != NULL || sources->given != NULL || sources->made != NULL;
    return anywhere && kept->language->facts_by_text;
}

static void add_digest(StrBuf *out, const SourceFile *file) {
    Digest digest = source_digest(file);
    strbuf_add(out, (Str){(const char *)digest.bytes, sizeof digest.bytes});
}

// An old text and what came into it where are the new one.
static void add_changes(StrBuf *out, const OldText *old, Str text) {
    add_digest(out, source_file(old->facts->sources, facts_module_file(old->facts, old->module)));
    image_add_number(out, old->change_count);
    uint32_t moved = 0; // by how much the new text is behind the old one, modulo 2^32
    for (uint32_t i = 0; i < old->change_count; i++) {
        const TextChange *change = &old->changes[i];
        uint32_t start = change->start + moved;
        image_add_number(out, change->start);
        image_add_number(out, change->end);
        image_add_text(out, str_slice(text, start, start + change->length));
        moved += change->length - (change->end - change->start);
    }
}

// Of the rules' texts where patterns are matched: a match names its rule by number.
static Digest key_of(const KeptFacts *kept) {
    const SourceFile *row = source_file(kept->sources, kept->file);
    StrBuf about = {0};
    image_add_text(&about, str_from(kept->language->name));
    image_add_text(&about, row->path);
    image_add_number(&about, row->kind);
    image_add_number(&about, row->inner);
    image_add_number(&about, kept->old != NULL);
    if (kept->old)
        add_changes(&about, kept->old, row->text);
    else
        add_digest(&about, row);
    Str rules = {(const char *)kept->sources->rules.bytes, sizeof kept->sources->rules.bytes};
    image_add_text(&about, kept->patterns ? rules : STR_NONE);
    Digest key = digest_of(strbuf_str(&about));
    strbuf_release(&about);
    return key;
}

static bool read_image(const KeptFacts *kept, Str bytes, Facts *facts) {
    ImageReader image = {.rest = bytes};
    Languages self = {&kept->language, 1};
    if (!facts_image_read(&image, kept->sources, &self, facts)) return false;
    for (uint32_t i = 1; i < facts->modules.count; i++) facts->modules.items[i].file = kept->file;
    return true;
}

static bool find_in_cache(const KeptFacts *kept, const Digest *key, Facts *facts) {
    Arena arena = {0};
    Str bytes;
    bool found = cache_find(kept->sources->cache, CACHE_FACTS, key, &arena, &bytes) && read_image(kept, bytes, facts);
    arena_release(&arena);
    return found;
}

static bool find_in_shards(const KeptFacts *kept, const Digest *key, Facts *facts) {
    Str bytes;
    return kept->sources->given != NULL && shard_find(kept->sources->given, key, &bytes) && read_image(kept, bytes, facts);
}

bool facts_kept_find(const KeptFacts *kept, Facts *facts) {
    if (!may_keep(kept)) return false;
    Digest key = key_of(kept);
    FactsStore *store = kept->sources->facts;
    if (store != NULL && facts_store_find(store, &key, kept->sources, kept->file, facts)) {
        cache_use(kept->sources->cache, CACHE_FACTS, &key);
        if (kept->sources->counts) atomic_fetch_add(&kept->sources->counts->from_memory, 1);
        return true;
    }
    bool given = find_in_shards(kept, &key, facts);
    if (!given && !find_in_cache(kept, &key, facts)) return false;
    FactsCounts *counts = kept->sources->counts;
    if (counts) atomic_fetch_add(given ? &counts->from_shards : &counts->from_cache, 1);
    if (store != NULL) facts_store_take(store, &key, facts);
    return true;
}

void facts_kept_add(const KeptFacts *kept, Facts *facts) {
    if (!may_keep(kept)) return;
    StrBuf image = {0};
    Digest key = key_of(kept);
    Shard *made = kept->sources->made;
    if ((kept->sources->cache != NULL || made != NULL) && facts_image_write(facts, &image)) {
        if (made != NULL) shard_add(made, &key, strbuf_str(&image));
        cache_keep(kept->sources->cache, CACHE_FACTS, &key, strbuf_str(&image));
    }
    if (kept->sources->facts != NULL && facts->stops.count == 0) facts_store_take(kept->sources->facts, &key, facts);
    strbuf_release(&image);
}
