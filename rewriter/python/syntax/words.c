// In: a name, or a text that is not parsed. Out: what its words say.
#include "python/syntax/words.h"

#include "facts/name_flag.h"

// ---- names that every program knows ------------------------------------------------------------------
typedef struct Known {
    const char *name;
    uint32_t flags;
} Known;

static const Known KNOWN[] = {
    {"getattr", NAME_READS | NAME_NAMES_OTHERS},
    {"setattr", NAME_SETS | NAME_NAMES_OTHERS},
    {"delattr", NAME_SETS | NAME_NAMES_OTHERS},
    {"hasattr", NAME_NAMES_OTHERS},
    {"import_module", NAME_NAMES_OTHERS},
    {"getLogger", NAME_NAMES_OTHERS},
    {"get_logger", NAME_NAMES_OTHERS},
    {"importlib.import_module", NAME_LOADS},
    {"asyncio.gather", NAME_GATHERS},
    {"super", NAME_NEEDS_PLACE},
    {"append", NAME_GROWS},
    {"extend", NAME_GROWS},
    {"keys", NAME_LISTS},
    {"items", NAME_LISTS},
    {"popitem", NAME_LISTS},
    {"most_common", NAME_LISTS},
    {"elements", NAME_LISTS},
    {"copy", NAME_LISTS},
    {"__iter__", NAME_LISTS},
    {"__call__", NAME_CALLED},
    {"os.environ", NAME_LASTS},
};

uint32_t words_name_flags(Str name) {
    uint32_t flags = 0;
    if (str_ends_with(name, STR("attr"))) flags |= NAME_ASKS;
    if (str_ends_with(name, STR("attrgetter"))) flags |= NAME_ASKS_LATER;
    if (str_starts_with(name, STR("__"))) flags |= NAME_OF_ANY;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (str_is(name, KNOWN[i].name)) return flags | KNOWN[i].flags;
    return flags;
}

// ---- an expression -------------------------------------------------------------------------------------
static bool is_keyword(Str word) {
    static const char *const words[] = {"and", "or",    "not",   "in",   "is",    "if",   "else",
                                        "for", "await", "async", "None", "True",  "False", "lambda"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i])) return true;
    return false;
}

static size_t word_end(Str text, size_t at, bool dots) {
    while (at < text.length && (str_is_word_byte(text.data[at]) || (dots && text.data[at] == '.'))) at++;
    return at;
}

static size_t literal_end(Str text, size_t at) {
    char quote = text.data[at++];
    while (at < text.length && text.data[at] != quote) at += text.data[at] == '\\' ? 2 : 1;
    return at < text.length ? at + 1 : text.length;
}

// f(name=1): no name of the place.
static bool is_argument_name(Str text, size_t end) {
    while (end < text.length && text.data[end] == ' ') end++;
    return end + 1 < text.length && text.data[end] == '=' && text.data[end + 1] != '=';
}

static bool is_quote(char c) { return c == '"' || c == '\''; }

// The word [AT, END) is a name that is read.
static bool is_read(Str text, size_t at, size_t end) {
    bool digit = text.data[at] >= '0' && text.data[at] <= '9';
    bool member = at > 0 && text.data[at - 1] == '.';
    bool prefix = end < text.length && is_quote(text.data[end]); // f"..."
    return !digit && !member && !prefix && !is_keyword(str_slice(text, at, end)) && !is_argument_name(text, end);
}

static bool binds_names_itself(Str text) {
    return str_find_word(text, STR("lambda")) >= 0 || str_find_word(text, STR("for")) >= 0 ||
           str_find_str(text, STR(":=")) >= 0;
}

Str words_next_name(Str text, size_t *at) {
    if (binds_names_itself(text)) return STR_NONE;
    while (*at < text.length) {
        size_t start = *at;
        char c = text.data[start];
        *at = start + 1;
        if (is_quote(c)) *at = literal_end(text, start);
        if (!str_is_word_byte(c)) continue;
        *at = word_end(text, start, false);
        if (is_read(text, start, *at)) return str_slice(text, start, word_end(text, start, true));
    }
    return STR_NONE;
}

// ---- a file that does not parse ------------------------------------------------------------------------
// The next word from AT on; empty at the end of TEXT.
static Str next_word(Str text, size_t at) {
    while (at < text.length && !str_is_word_byte(text.data[at])) at++;
    return str_slice(text, at, word_end(text, at, false));
}

static size_t end_of(Str text, Str word) { return (size_t)(word.data + word.length - text.data); }

// Behind `class`: `Name(a.Base, key=word):`, where all words between the parentheses may be bases.
static void guess_bases(Str text, size_t at, void (*found)(void *data, Str name, bool base), void *data) {
    Str name = next_word(text, at);
    size_t open = name.length > 0 ? end_of(text, name) : text.length;
    while (open < text.length && (text.data[open] == ' ' || text.data[open] == '\t')) open++;
    if (open >= text.length || text.data[open] != '(') return;
    ptrdiff_t length = str_find(str_slice(text, open, text.length), ')');
    Str list = str_slice(text, open, length < 0 ? text.length : open + (size_t)length);
    for (Str word = next_word(list, 0); word.length > 0; word = next_word(list, end_of(list, word)))
        found(data, word, true);
}

void words_guess_names(Str text, void (*found)(void *data, Str name, bool base), void *data) {
    for (Str word = next_word(text, 0); word.length > 0; word = next_word(text, end_of(text, word)))
        if (str_is(word, "def")) found(data, next_word(text, end_of(text, word)), false);
    for (Str word = next_word(text, 0); word.length > 0; word = next_word(text, end_of(text, word)))
        if (str_is(word, "class")) guess_bases(text, end_of(text, word), found, data);
}
