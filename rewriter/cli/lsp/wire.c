// Messages on standard input and output. In: bytes. Out: one text after the other. Knows nothing of what they say.
#include "cli/lsp/wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

enum { LONGEST_HEADER = 4096, LONGEST_MESSAGE = 256 << 20 };

// ---- reading ----------------------------------------------------------------------------------------
// The length that the header says; false when it says none, or none that we take.
static bool read_length(Str header, size_t *length) {
    static const char name[] = "content-length:";
    bool found = false;
    for (Str line; str_split_next(&header, '\n', &line);) {
        line = str_trim(line);
        if (line.length < sizeof name || strncasecmp(line.data, name, sizeof name - 1) != 0) continue;
        Str digits = str_trim(str_slice(line, sizeof name - 1, line.length));
        *length = 0;
        for (size_t i = 0; i < digits.length; i++) {
            if (digits.data[i] < '0' || digits.data[i] > '9' || *length > LONGEST_MESSAGE) return false;
            *length = *length * 10 + (size_t)(digits.data[i] - '0');
        }
        found = digits.length > 0 && *length <= LONGEST_MESSAGE;
    }
    return found;
}

static void drop(StrBuf *input, size_t count) {
    Str rest = str_slice(strbuf_str(input), count, input->length);
    StrBuf left = {0};
    strbuf_add(&left, rest);
    strbuf_release(input);
    *input = left;
}

// Takes one from what has come.
static WireState take(Wire *wire, StrBuf *message) {
    Str input = strbuf_str(&wire->input);
    ptrdiff_t end = str_find_str(input, STR("\r\n\r\n"));
    size_t length;
    if (end < 0) return input.length > LONGEST_HEADER ? WIRE_BROKEN : WIRE_NOTHING;
    if (!read_length(str_slice(input, 0, (size_t)end), &length)) return WIRE_BROKEN;
    size_t start = (size_t)end + 4;
    if (input.length < start + length) return WIRE_NOTHING;
    strbuf_clear(message);
    strbuf_add(message, str_slice(input, start, start + length));
    drop(&wire->input, start + length);
    return WIRE_MESSAGE;
}

WireState wire_read(Wire *wire, int timeout, StrBuf *message) {
    for (;;) {
        WireState state = take(wire, message);
        if (state != WIRE_NOTHING) return state;
        if (wire->ended) return WIRE_END;
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        int ready = poll(&input, 1, timeout);
        if (ready == 0) return WIRE_NOTHING;
        if (ready < 0 && errno != EINTR) return WIRE_END;
        if (ready < 0) continue;
        char bytes[65536];
        ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
        if (count > 0) strbuf_add(&wire->input, (Str){bytes, (size_t)count});
        if (count == 0 || (count < 0 && errno != EINTR)) wire->ended = true;
    }
}

void wire_release(Wire *wire) { strbuf_release(&wire->input); }

// ---- writing ----------------------------------------------------------------------------------------
bool wire_write(json_t *message) {
    char *text = json_dumps(message, JSON_COMPACT);
    json_decref(message);
    if (text == NULL) return false;
    StrBuf whole = {0};
    strbuf_addf(&whole, "Content-Length: %zu\r\n\r\n", strlen(text));
    strbuf_add(&whole, str_from(text));
    bool good = fwrite(whole.data, 1, whole.length, stdout) == whole.length && fflush(stdout) == 0;
    strbuf_release(&whole);
    free(text);
    return good;
}
