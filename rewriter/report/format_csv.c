// The accesses as comma separated values (RFC 4180), one row each. In: the model. Out: a header and
// rows with CRLF, as the RFC says. A field that a spreadsheet would take for a formula gets a leading
// apostrophe: what comes from the tree must not run there.
#include "report/format.h"

#include "report/text.h"

static void add_field(StrBuf *out, Str text, bool last) {
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    Str field = strbuf_str(&shown);
    bool formula = field.length > 0 && strchr("=+-@", field.data[0]) != NULL;
    strbuf_add_char(out, '"');
    if (formula) strbuf_add_char(out, '\'');
    for (size_t i = 0; i < field.length; i++) {
        if (field.data[i] == '"') strbuf_add_char(out, '"');
        strbuf_add_char(out, field.data[i]);
    }
    strbuf_add_text(out, last ? "\"\r\n" : "\",");
    strbuf_release(&shown);
}

static void add_word(StrBuf *out, const char *word, bool last) {
    strbuf_addf(out, "%s%s", word, last ? "\r\n" : ",");
}

static void add_origins(StrBuf *out, uint32_t origins) {
    const char *separator = "";
    for (int i = 0; i < ORIGIN_COUNT; i++) {
        if (!(origins & (1u << i))) continue;
        strbuf_addf(out, "%s%s", separator, origin_name((Origin)(1 << i)));
        separator = " ";
    }
    strbuf_add_char(out, ',');
}

void report_write_csv(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    StrBuf text = {0};
    strbuf_add_text(&text, "path,line,column,family,rule,symbol,function,outcome,code,origins,"
                           "isolated,depth,file_complexity_score,file_risk_level\r\n");
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        const ReportAccess *access = &report->accesses.items[i];
        const ReportFile *file = &report->files.items[access->file];
        add_field(&text, file->path, false);
        strbuf_addf(&text, "%u,%u,", access->start.line, access->start.column);
        add_word(&text, access->family_word, false);
        add_field(&text, access->rule, false);
        add_field(&text, access->symbol, false);
        add_field(&text, access->where, false);
        add_word(&text, outcome_name(access->outcome), false);
        add_word(&text, access->has_code ? diagnostic_code_name(access->code) : "", false);
        add_origins(&text, access->origins);
        strbuf_addf(&text, "%s,%u,%u.%u,", access->isolated ? "true" : "false", access->depth,
                    file->score / 10, file->score % 10);
        add_word(&text, level_name(file->risk), true);
    }
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
