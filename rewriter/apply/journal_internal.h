// What the writer and the reader of journals share. Internal to journal*.c.
#ifndef WEFT_APPLY_JOURNAL_INTERNAL_H
#define WEFT_APPLY_JOURNAL_INTERNAL_H

#include "apply/journal.h"

enum { JOURNAL_FORMAT = 4 };

// The digest of a record: of the one before and its own text.
static inline Digest journal_chain(const DigestKey *key, const Digest *before, Str text) {
    return digest_keyed(key, (Str){(const char *)before->bytes, sizeof before->bytes}, text);
}

// The place of the store's tree.
JournalPlace journal_place(const Store *store);

#endif
