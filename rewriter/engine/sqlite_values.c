// weft_values(value): the values of a column, each once. In: the value of each row. Out: a text with a line for each, as
// value_to_word writes it, in the order in which they came. GROUP BY would sort all rows for it.
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/intern.h"
#include "engine/sqlite.h"

// Zeroed before the first row.
typedef struct Values {
    Interner *words;
    StrBuf last, word; // what came last, as SQLite has it, and room for a word
    bool has_last;     // it was a text
} Values;

static Value read_value(sqlite3_value *value) {
    Value read = value_null();
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return value_integer(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
        read.kind = VALUE_REAL;
        read.real = sqlite3_value_double(value);
        return read;
    case SQLITE_TEXT: read.kind = VALUE_TEXT; break;
    case SQLITE_BLOB: read.kind = VALUE_BLOB; break;
    default: return read;
    }
    read.text.data = sqlite3_value_blob(value);
    read.text.length = (size_t)sqlite3_value_bytes(value);
    return read;
}

// Neighbours mostly have the same, and then nothing is to be done.
static void add_value(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Values *values = sqlite3_aggregate_context(context, sizeof *values);
    (void)count;
    if (values == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    Value value = read_value(arguments[0]);
    bool is_text = value.kind == VALUE_TEXT;
    if (is_text && values->has_last && str_equal(value.text, strbuf_str(&values->last))) return;
    if (values->words == NULL) values->words = interner_new();
    strbuf_clear(&values->word);
    value_to_word(&values->word, &value);
    intern(values->words, strbuf_str(&values->word));
    values->has_last = is_text;
    strbuf_clear(&values->last);
    if (is_text) strbuf_add(&values->last, value.text);
}

static void give_values(sqlite3_context *context) {
    Values *values = sqlite3_aggregate_context(context, 0);
    StrBuf text = {0};
    if (values != NULL && values->words != NULL) {
        for (uint32_t i = 1; i < intern_count(values->words); i++) {
            strbuf_add(&text, intern_str(values->words, (Name){i}));
            strbuf_add_char(&text, '\n');
        }
        interner_free(values->words);
    }
    if (values != NULL) {
        strbuf_release(&values->last);
        strbuf_release(&values->word);
    }
    Str all = strbuf_str(&text);
    sqlite3_result_text64(context, all.length > 0 ? all.data : "", all.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    strbuf_release(&text);
}

void sqlite_values_register(sqlite3 *connection) {
    sqlite3_create_function_v2(connection, "weft_values", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, add_value, give_values,
                               NULL);
}
