// Sinks as lines, one each, in the form that editors and grep understand; the sums come last.
#include "base/message.h"
#include "report/scan.h"
#include "report/text.h"

static void add_row(StrBuf *out, const Families *families, const ScanRow *row, bool color) {
    const char *bold = color ? "\033[1m" : "", *cyan = color ? "\033[36m" : "";
    const char *off = color ? "\033[m" : "";
    strbuf_add_text(out, bold);
    text_add_shown(out, row->path);
    message_add(out, "%s:%u:%u: ", off, row->at.line, row->at.column);
    message_add(out, "%s%s%s[", cyan, family_name(families, row->family), off);
    if (row->rule.length > 0)
        text_add_shown(out, row->rule);
    else
        message_add(out, "found singleton");
    strbuf_add_text(out, "] ");
    text_add_shown(out, row->symbol);
    strbuf_add_text(out, ": ");
    text_add_shown(out, row->line);
    if (row->migrated) message_add(out, " (rewritten already)");
    if (row->ignored) {
        strbuf_add_text(out, row->reason.length ? " (ignored: " : " (ignored");
        text_add_shown(out, row->reason);
        strbuf_add_char(out, ')');
    }
    strbuf_add_char(out, '\n');
}

static void add_summary(StrBuf *out, const ScanRows *rows) {
    message_add(out, "\n%u sink%s in %u file%s\n", rows->list.count,
                rows->list.count == 1 ? "" : "s", rows->files, rows->files == 1 ? "" : "s");
    for (uint32_t i = 0; i < rows->families->count; i++)
        if (rows->by_family[i] > 0)
            message_add(out, "  %-20s %6u\n", family_name(rows->families, i), rows->by_family[i]);
}

void scan_write_text(const ScanRows *rows, bool color, FILE *out) {
    if (rows->list.count == 0) {
        message_print(out, "no sinks found\n");
        return;
    }
    StrBuf text = {0};
    for (uint32_t i = 0; i < rows->list.count; i++)
        add_row(&text, rows->families, &rows->list.items[i], color);
    add_summary(&text, rows);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
