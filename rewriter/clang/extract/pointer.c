// Pointers to functions: (*name)(int), in a structure, a list of parameters, a typedef, a variable. In: tokens. Out: a
// row for the list of parameters, which changes with the functions that the pointer points to.
#include "clang/extract/reader.h"

// The token of the name in `(* const name[3])`; 0 when it is something else.
static uint32_t find_name(const Reader *reader, uint32_t at) {
    if (!reader_is(reader, at, "(") || !reader_is(reader, at + 1, "*")) return 0;
    uint32_t close = reader_close(reader, at), name = 0;
    if (!reader_is(reader, close + 1, "(")) return 0;
    for (uint32_t i = at + 2; i < close; i++) {
        if (reader_is_name(reader, i) && name == 0 && !reader_is(reader, i + 1, "("))
            name = i;
        else if (reader_is(reader, i, "["))
            i = reader_close(reader, i);
        else if (!reader_names(reader, i, "const") && !reader_names(reader, i, "volatile"))
            return 0;
    }
    return name;
}

bool reader_is_pointer(const Reader *reader, uint32_t at) { return find_name(reader, at) != 0; }

uint32_t reader_pointer(Reader *reader, uint32_t at) {
    uint32_t name = find_name(reader, at);
    if (name == 0) return at;
    uint32_t open = reader_close(reader, at) + 1, close = reader_close(reader, open);
    reader_function(reader, at, name, open, close, FUNCTION_STUB | FUNCTION_POINTER);
    return close;
}

// void (name)(int): the same as a parameter, behind a type.
static uint32_t read_function(Reader *reader, uint32_t at) {
    bool function = at > 0 && reader_token(reader, at - 1)->kind == TOKEN_NAME && reader_is_name(reader, at + 1) &&
                    reader_is(reader, at + 2, ")") && reader_is(reader, at + 3, "(");
    if (!function) return at;
    uint32_t close = reader_close(reader, at + 3);
    reader_function(reader, at, at + 1, at + 3, close, FUNCTION_STUB | FUNCTION_POINTER);
    return close;
}

void reader_pointers(Reader *reader, uint32_t from, uint32_t end) {
    for (uint32_t i = from; i < end; i++) {
        if (!reader_is(reader, i, "(")) continue;
        uint32_t last = reader_pointer(reader, i);
        i = last == i ? read_function(reader, i) : last;
    }
}
