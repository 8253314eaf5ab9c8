// The table from the grammar's symbol and field ids to ours. In: the linked grammar. Out: one byte
// a symbol, filled before the first use. Must never be written after that: all threads read it.
#include "python/syntax/kinds.h"

#include <core.h>
#include <pthread.h>
#include <string.h>
#include "base/bug.h"

enum { MOST_SYMBOLS = 1024, MOST_FIELDS = 256 };

const TSLanguage *tree_sitter_python(void);

static uint8_t kind_of_symbol[MOST_SYMBOLS];
static uint8_t field_of_id[MOST_FIELDS];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

typedef struct KindRow {
    const char *text;
    uint8_t kind;
    bool named;
} KindRow;

static const KindRow KINDS[] = {
#define NODE(name, text) {text, NODE_##name, true},
#define EXTRA(name, text) {text, EXTRA_##name, true},
#define TOKEN(name, text) {text, TOKEN_##name, false},
#include "python/syntax/kinds.def"
};

static const char *const FIELDS[NODE_FIELD_COUNT] = {
#define FIELD(name, text) [FIELD_##name] = text,
#include "python/syntax/kinds.def"
};

_Static_assert(NODE_KIND_COUNT <= UINT8_MAX, "a kind fits a byte");

static uint8_t find_kind(const char *text, bool named) {
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (KINDS[i].named == named && strcmp(KINDS[i].text, text) == 0) return KINDS[i].kind;
    }
    return named ? NODE_OTHER : TOKEN_OTHER;
}

static uint8_t find_field(const char *text) {
    for (uint8_t i = 1; i < NODE_FIELD_COUNT; i++) {
        if (strcmp(FIELDS[i], text) == 0) return i;
    }
    return FIELD_NONE;
}

static void fill(void) {
    const TSLanguage *language = tree_sitter_python();
    uint32_t symbols = ts_language_symbol_count(language);
    uint32_t fields = ts_language_field_count(language);
    BUG_UNLESS(symbols < MOST_SYMBOLS && fields + 1 < MOST_FIELDS);
    bool seen[NODE_KIND_COUNT] = {false};
    for (uint32_t i = 0; i < symbols; i++) {
        TSSymbol symbol = (TSSymbol)i;
        bool named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
        kind_of_symbol[i] = find_kind(ts_language_symbol_name(language, symbol), named);
        seen[kind_of_symbol[i]] = true;
    }
    for (uint32_t i = 1; i <= fields; i++) {
        field_of_id[i] = find_field(ts_language_field_name_for_id(language, (TSFieldId)i));
    }
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!seen[KINDS[i].kind]) BUG("the grammar has no '%s'", KINDS[i].text);
    }
    if (!core_prepare(language)) memory_gone(0);
}

const TSLanguage *kinds_language(void) {
    pthread_once(&filled, fill);
    return tree_sitter_python();
}

uint8_t kinds_of_node(TSNode node) { return kinds_of_symbol(ts_node_symbol(node)); }

uint8_t kinds_of_symbol(TSSymbol symbol) {
    return symbol < MOST_SYMBOLS ? kind_of_symbol[symbol] : (uint8_t)NODE_OTHER; // 0xFFFF: an error
}

uint8_t kinds_of_field(TSFieldId field_id) { return field_of_id[field_id]; }
