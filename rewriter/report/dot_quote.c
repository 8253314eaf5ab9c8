// In: a text. Out: a string of the DOT language, https://graphviz.org/doc/info/lang.html
#include "report/dot_quote.h"

#include "report/text.h"

void dot_add_quoted(StrBuf *out, Str text) {
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < shown.length; i++) {
        if (shown.data[i] == '"' || shown.data[i] == '\\') strbuf_add_char(out, '\\');
        strbuf_add_char(out, shown.data[i]);
    }
    strbuf_add_char(out, '"');
    strbuf_release(&shown);
}
