// Digests of files. In: their bytes. Out: a digest of each, made when nobody has it already. Never trusts a time or a
// size: bytes are compared.
#include "source/source_digest.h"

static Digest make(const SourceFile *file) {
    Digest digest = digest_of(file->raw);
    if (file->kind != SOURCE_EMBEDDED) return digest;
    DigestKey raw; // which code stands in a file is asked of other files, too
    memcpy(raw.bytes, digest.bytes, sizeof raw.bytes);
    return digest_keyed(&raw, file->code, STR_NONE);
}

Digest source_digest(const SourceFile *file) { return file->digested ? file->digest : make(file); }

static bool is_same(const SourceFile *a, const SourceFile *b) {
    return a->kind == b->kind && a->inner == b->inner && str_equal(a->path, b->path) && str_equal(a->raw, b->raw) &&
           str_equal(a->code, b->code);
}

// FILE as it was in BEFORE, near the place AT of the last one that was found; NULL when it is another one now.
static const SourceFile *find_before(const Sources *before, const SourceFile *file, uint32_t *at) {
    for (uint32_t step = 0; step < 3; step++) { // one file more or less moves all behind it
        uint32_t index = *at + step;
        if (index == 0 || index >= before->files.count || !is_same(&before->files.items[index], file)) continue;
        *at = index + 1;
        return &before->files.items[index];
    }
    FileId found = sources_find(before, file->path);
    if (found.index == 0 || !is_same(source_file(before, found), file)) return NULL;
    *at = found.index + 1;
    return source_file(before, found);
}

void sources_digest(Sources *sources, const Sources *before) {
    uint32_t at = 1;
    for (uint32_t i = 1; i < sources->files.count; i++) {
        SourceFile *file = &sources->files.items[i];
        const SourceFile *old = before != NULL ? find_before(before, file, &at) : NULL;
        file->digest = old != NULL && old->digested ? old->digest : make(file);
        file->digested = true;
    }
}
