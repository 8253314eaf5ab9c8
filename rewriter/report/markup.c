// Escaping for XML and HTML. In: bytes from the user's tree. Out: characters that XML 1.0 allows and
// that no parser takes for markup.
#include "report/markup.h"

#include "report/text.h"

void markup_add(StrBuf *out, Str text) {
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    for (size_t i = 0; i < shown.length; i++) {
        switch (shown.data[i]) {
        case '&': strbuf_add_text(out, "&amp;"); break;
        case '<': strbuf_add_text(out, "&lt;"); break;
        case '>': strbuf_add_text(out, "&gt;"); break;
        case '"': strbuf_add_text(out, "&quot;"); break;
        case '\'': strbuf_add_text(out, "&#39;"); break;
        default: strbuf_add_char(out, shown.data[i]);
        }
    }
    strbuf_release(&shown);
}
