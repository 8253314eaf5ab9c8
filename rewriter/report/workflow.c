// In: any text. Out: the same in a workflow command, which ends at a line end and has ':' and ',' as marks.
#include "report/workflow.h"

static void add(StrBuf *out, Str text, bool property) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool escape = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        if (escape)
            strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            strbuf_add_char(out, c);
    }
}

void workflow_add_property(StrBuf *out, Str text) { add(out, text, true); }

void workflow_add_data(StrBuf *out, Str text) { add(out, text, false); }
