// Text for a person. In: bytes that come from the user's tree. Out: printable UTF-8. Never passes a
// control character on.
#include "report/text.h"

#include "source/utf8.h"

void text_add_shown(StrBuf *out, Str text) {
    while (text.length > 0) {
        Str character = utf8_take(&text);
        if (character.data[0] == '\t')
            strbuf_add_char(out, ' ');
        else
            utf8_add_shown(out, character);
    }
}
