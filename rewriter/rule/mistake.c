// In: what is wrong in a rule file. Out: diagnostics, at most MISTAKES_SHOWN of them a file, with
// the name that was probably meant. Never prints, and never puts a text of any length into a message:
// rule files are untrusted.

#include "rule/mistake.h"

#include "base/message.h"

#define CLIPPED_LENGTH 60

Str clipped(Str s) {
    if (s.length <= CLIPPED_LENGTH) return s;
    size_t length = CLIPPED_LENGTH;
    while (length > 0 && ((unsigned char)s.data[length] & 0xC0) == 0x80) length--;
    return str_slice(s, 0, length);
}

bool mistake_add(Mistakes *mistakes, DiagnosticCode code, Span span, const char *format, ...) {
    mistakes->count++;
    if (mistakes->count > MISTAKES_SHOWN) return false;

    StrBuf message = {0};
    va_list arguments;
    va_start(arguments, format);
    message_addv(&message, format, arguments);
    va_end(arguments);
    diagnostic_add(mistakes->diagnostics, code, span, "%.*s", STR_ARG(strbuf_str(&message)));
    strbuf_release(&message);
    if (mistakes->count == MISTAKES_SHOWN) {
        diagnostic_note(mistakes->diagnostics, "only the first %d mistakes of a file are shown",
                        MISTAKES_SHOWN);
    }
    return true;
}

Str near_name(Str given, const Str *known, size_t count) {
    Str best = STR_NONE;
    size_t least = given.length / 3 > 2 ? given.length / 3 : 2;
    if (given.length <= 2) least = 1;

    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(given, known[i]);
        if (distance > least || (distance == least && best.length > 0)) continue;
        least = distance;
        best = known[i];
    }
    return best;
}

void mistake_help_near(Mistakes *mistakes, Str given, const Str *known, size_t count) {
    Str near = near_name(given, known, count);
    if (near.length > 0) {
        diagnostic_help(mistakes->diagnostics, "did you mean '%.*s'?", STR_ARG(near));
        return;
    }
    if (count == 0) return;

    StrBuf list = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) strbuf_add_text(&list, ", ");
        strbuf_add(&list, clipped(known[i]));
    }
    diagnostic_help(mistakes->diagnostics, "known are: %.*s", STR_ARG(strbuf_str(&list)));
    strbuf_release(&list);
}
