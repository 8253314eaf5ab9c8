// Facts of single files in the cache. In: a file. Out: its facts, when the same text was read before.
#include "facts/kept.h"

#include "facts/image.h"
#include "source/cache.h"

static bool may_keep(const KeptFacts *kept) {
    return kept->sources->cache != NULL && kept->language->facts_by_text;
}

static void add_digest(StrBuf *out, Str text) {
    Digest digest = digest_of(text);
    strbuf_add(out, (Str){(const char *)digest.bytes, sizeof digest.bytes});
}

static void add_old(StrBuf *out, const OldText *old) {
    FileId file = facts_module_file(old->facts, old->module);
    add_digest(out, source_file(old->facts->sources, file)->text);
    image_add_number(out, old->change_count);
    image_add_rows(out, old->changes, old->change_count, sizeof *old->changes);
}

// Of the rules' texts where patterns are matched: a match names its rule by number.
static Digest key_of(const KeptFacts *kept) {
    const SourceFile *row = source_file(kept->sources, kept->file);
    StrBuf about = {0};
    image_add_text(&about, str_from(kept->language->name));
    image_add_text(&about, row->path);
    image_add_number(&about, row->kind);
    image_add_number(&about, row->inner);
    add_digest(&about, row->code);
    add_digest(&about, row->text);
    Str rules = {(const char *)kept->sources->rules.bytes, sizeof kept->sources->rules.bytes};
    image_add_text(&about, kept->patterns ? rules : STR_NONE);
    if (kept->old) add_old(&about, kept->old);
    Digest key = digest_of(strbuf_str(&about));
    strbuf_release(&about);
    return key;
}

bool facts_kept_find(const KeptFacts *kept, Facts *facts) {
    if (!may_keep(kept)) return false;
    Arena arena = {0};
    Digest key = key_of(kept);
    ImageReader image = {0};
    Languages self = {&kept->language, 1};
    bool found = cache_find(kept->sources->cache, CACHE_FACTS, &key, &arena, &image.rest) &&
                 facts_image_read(&image, kept->sources, &self, facts);
    for (uint32_t i = 1; found && i < facts->modules.count; i++) facts->modules.items[i].file = kept->file;
    arena_release(&arena);
    return found;
}

void facts_kept_add(const KeptFacts *kept, const Facts *facts) {
    if (!may_keep(kept)) return;
    StrBuf image = {0};
    if (facts_image_write(facts, &image)) {
        Digest key = key_of(kept);
        cache_keep(kept->sources->cache, CACHE_FACTS, &key, strbuf_str(&image));
    }
    strbuf_release(&image);
}
