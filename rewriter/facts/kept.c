// Facts of single files in the cache. In: a file. Out: its facts, when the same text was read before.
#include "facts/kept.h"

#include "facts/image.h"
#include "facts/store.h"
#include "source/cache.h"
#include "source/source_digest.h"

static bool may_keep(const KeptFacts *kept) {
    return (kept->sources->cache != NULL || kept->sources->facts != NULL) && kept->language->facts_by_text;
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

static bool find_in_cache(const KeptFacts *kept, const Digest *key, Facts *facts) {
    Arena arena = {0};
    ImageReader image = {0};
    Languages self = {&kept->language, 1};
    bool found = cache_find(kept->sources->cache, CACHE_FACTS, key, &arena, &image.rest) &&
                 facts_image_read(&image, kept->sources, &self, facts);
    for (uint32_t i = 1; found && i < facts->modules.count; i++) facts->modules.items[i].file = kept->file;
    arena_release(&arena);
    return found;
}

bool facts_kept_find(const KeptFacts *kept, Facts *facts) {
    if (!may_keep(kept)) return false;
    Digest key = key_of(kept);
    FactsStore *store = kept->sources->facts;
    if (store != NULL && facts_store_find(store, &key, kept->sources, kept->file, facts)) {
        cache_use(kept->sources->cache, CACHE_FACTS, &key);
        return true;
    }
    if (!find_in_cache(kept, &key, facts)) return false;
    if (store != NULL) facts_store_take(store, &key, facts);
    return true;
}

void facts_kept_add(const KeptFacts *kept, Facts *facts) {
    if (!may_keep(kept)) return;
    StrBuf image = {0};
    Digest key = key_of(kept);
    if (kept->sources->cache != NULL && facts_image_write(facts, &image))
        cache_keep(kept->sources->cache, CACHE_FACTS, &key, strbuf_str(&image));
    if (kept->sources->facts != NULL && facts->stops.count == 0) facts_store_take(kept->sources->facts, &key, facts);
    strbuf_release(&image);
}
