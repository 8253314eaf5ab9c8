// In: a text. Out: HTML around it.
#include "cli/serve/plain_page.h"

#include "report/markup.h"

void plain_page_write(Str text, FILE *out) {
    StrBuf shown = {0};
    markup_add(&shown, text);
    fprintf(out,
            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
            "content=\"default-src 'none'\"><title>weft</title><pre>%.*s</pre>\n",
            STR_ARG(strbuf_str(&shown)));
    strbuf_release(&shown);
}
