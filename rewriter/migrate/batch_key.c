// Keys between batches. In: texts of the ledger, rows of the table. Out: values that are bound in statements. Must give
// back the very key that was written: a bound that is off by one row leaves one without an owner.
#include "migrate/batch_key.h"

#include "base/message.h"

void batch_key_start(BatchKey *key, Arena *arena, uint32_t count) {
    *key =
        (BatchKey){.count = count, .bounds = arena_array(arena, Value, 2 * count), .first = true};
}

void batch_key_read(BatchKey *key, Arena *arena, Str position) {
    Str rest = position, word;
    uint32_t found = 0;
    while (rest.length > 0 && found < key->count && str_split_next(&rest, ' ', &word) &&
           value_from_word(arena, word, &key->bounds[found]))
        found++;
    key->first = found < key->count || rest.length > 0;
}

Str batch_key_write(Arena *arena, const BatchKey *key) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < key->count; i++) {
        if (i > 0) strbuf_add_char(&text, ' ');
        value_to_word(&text, &key->bounds[key->count + i]);
    }
    Str written = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return written;
}

bool batch_key_find_end(BatchKey *key, const MigrationRun *run, const Batch *batch, Str table,
                        uint32_t size, Arena *arena, bool *over) {
    StrBuf sql = {0};
    bool found;
    dialect_batch_end(run->dialect, batch, table, key->first, size, &sql);
    bool good =
        database_first(run->database, arena, strbuf_str(&sql), key->bounds,
                       key->first ? 0 : key->count, key->bounds + key->count, key->count, &found);
    *over = good && !found;
    strbuf_release(&sql);
    return good;
}

const Value *batch_key_bounds(const BatchKey *key, uint32_t *count) {
    *count = key->first ? key->count : 2 * key->count;
    return key->first ? key->bounds + key->count : key->bounds;
}

static void show(StrBuf *text, const Value *values, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add_text(text, i > 0 ? ", " : "");
        value_show(text, &values[i]);
    }
}

Str batch_key_show(Arena *arena, const BatchKey *key) {
    StrBuf text = {0};
    if (key->first)
        message_add(&text, "the start");
    else
        show(&text, key->bounds, key->count);
    strbuf_add_text(&text, " and ");
    show(&text, key->bounds + key->count, key->count);
    Str shown = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return shown;
}
