// Comes in: an offset in a text. Goes out: another one; the text may end anywhere.
#include "python/syntax/joined.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// Behind the line end at AT, of one byte or two; AT where there is none.
static uint32_t skip_line_end(Str text, uint32_t at) {
    if (at < text.length && text.data[at] == '\r') at++;
    if (at < text.length && text.data[at] == '\n') at++;
    return at;
}

uint32_t joined_skip_blanks(Str text, uint32_t offset) {
    for (;;) {
        while (offset < text.length && is_blank(text.data[offset])) offset++;
        bool backslash = offset < text.length && text.data[offset] == '\\';
        uint32_t next = backslash ? skip_line_end(text, offset + 1) : offset;
        if (!backslash || next == offset + 1) return offset;
        offset = next;
    }
}

uint32_t joined_line_end(const SourceFile *file, uint32_t offset) {
    return source_line_end(file, joined_skip_blanks(file->text, offset));
}
