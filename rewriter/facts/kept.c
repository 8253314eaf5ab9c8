// Facts of single files in the cache. In: a file. Out: its facts, when the same text was read before.
#include "facts/kept.h"

#include "facts/image.h"
#include "source/cache.h"

static bool may_keep(const Language *language, const Sources *sources) {
    return sources->cache != NULL && language->facts_by_text;
}

// Of the rules' texts where patterns are matched: a match names its rule by number.
static Digest key_of(const Language *language, const Sources *sources, FileId file,
                     const PatternProgram *patterns) {
    const SourceFile *row = source_file(sources, file);
    DigestKey rules = {{0}};
    if (patterns) memcpy(rules.bytes, sources->rules.bytes, sizeof rules.bytes);
    StrBuf about = {0};
    image_add_text(&about, str_from(language->name));
    image_add_text(&about, row->path);
    image_add_number(&about, patterns != NULL);
    image_add_number(&about, row->code.length);
    image_add_number(&about, row->kind);
    image_add_number(&about, row->inner);
    image_add_text(&about, row->code);
    Digest key = digest_keyed(&rules, strbuf_str(&about), row->text);
    strbuf_release(&about);
    return key;
}

bool facts_kept_find(const Language *language, const Sources *sources, FileId file,
                     const PatternProgram *patterns, Facts *facts) {
    if (!may_keep(language, sources)) return false;
    Arena arena = {0};
    Digest key = key_of(language, sources, file, patterns);
    ImageReader image = {0};
    Languages self = {&language, 1};
    bool found = cache_find(sources->cache, CACHE_FACTS, &key, &arena, &image.rest) &&
                 facts_image_read(&image, sources, &self, facts);
    for (uint32_t i = 1; found && i < facts->modules.count; i++) facts->modules.items[i].file = file;
    arena_release(&arena);
    return found;
}

void facts_kept_add(const Language *language, const Sources *sources, FileId file,
                    const PatternProgram *patterns, const Facts *facts) {
    if (!may_keep(language, sources)) return;
    StrBuf image = {0};
    if (facts_image_write(facts, &image)) {
        Digest key = key_of(language, sources, file, patterns);
        cache_keep(sources->cache, CACHE_FACTS, &key, strbuf_str(&image));
    }
    strbuf_release(&image);
}
