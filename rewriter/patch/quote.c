// Path quoting. In: bytes of a path. Out: the one spelling that git and GNU patch read back to the
// same bytes, and that can be printed to a terminal safely.
#include "patch/quote.h"

static bool needs_escape(char c) {
    unsigned char byte = (unsigned char)c;
    return byte < 0x20 || byte >= 0x7f || c == '"' || c == '\\';
}

static void add_escaped(StrBuf *out, char c) {
    static const char letters[] = "abtnvfr"; // of the bytes 7 to 13
    unsigned char byte = (unsigned char)c;
    if (byte >= 7 && byte <= 13)
        strbuf_addf(out, "\\%c", letters[byte - 7]);
    else if (c == '"' || c == '\\')
        strbuf_addf(out, "\\%c", c);
    else
        strbuf_addf(out, "\\%03o", (unsigned)byte);
}

void quote_path(StrBuf *out, const char *prefix, Str path) {
    bool quoted = false;
    for (size_t i = 0; i < path.length; i++) quoted = quoted || needs_escape(path.data[i]);
    if (quoted) strbuf_add_char(out, '"');
    strbuf_add_text(out, prefix);
    for (size_t i = 0; i < path.length; i++) {
        if (needs_escape(path.data[i]))
            add_escaped(out, path.data[i]);
        else
            strbuf_add_char(out, path.data[i]);
    }
    if (quoted) strbuf_add_char(out, '"');
}
