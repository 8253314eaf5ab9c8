// Text for a person. In: bytes that come from the user's tree. Out: printable UTF-8. Never passes a
// control character on.
#include "report/text.h"

#include "source/utf8.h"

void text_add_shown(StrBuf *out, Str text) {
    while (text.length > 0) {
        Str character = utf8_take(&text);
        uint32_t code = utf8_code_point(character);
        if (code == '\t')
            strbuf_add_char(out, ' ');
        else if (code == UTF8_INVALID)
            strbuf_addf(out, "\\x%02x", (unsigned)(unsigned char)character.data[0]);
        else if (utf8_is_printable(code))
            strbuf_add(out, character);
        else if (code < 0x100)
            strbuf_addf(out, "\\x%02x", (unsigned)code);
        else
            strbuf_addf(out, "\\u%04x", (unsigned)code);
    }
}
