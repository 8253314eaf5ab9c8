// Sinks as lines, one each, in the form that editors and grep understand; the sums come last. On a terminal the source
// line goes below where it does not fit beside, and is cut there.
#include "base/message.h"
#include "report/scan.h"
#include "report/text.h"

enum { INDENT = 4 };

// The source line behind what the row has so far.
static void add_source(StrBuf *out, Str line, uint32_t columns) {
    StrBuf shown = {0};
    text_add_shown(&shown, line);
    Str code = strbuf_str(&shown);
    if (columns == 0 || text_width(strbuf_str(out)) + 1 + text_width(code) <= columns) {
        strbuf_add_char(out, ' ');
        strbuf_add(out, code);
    } else {
        strbuf_add_char(out, '\n');
        strbuf_add_repeat(out, ' ', INDENT);
        text_add_cut(out, code, columns > INDENT ? columns - INDENT : 1);
    }
    strbuf_release(&shown);
}

static void add_row(StrBuf *out, const Families *families, const ScanRow *row, uint32_t columns,
                    bool color) {
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
    strbuf_add_char(out, ':');
    add_source(out, row->line, columns);
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

void scan_write_text(const ScanRows *rows, uint32_t columns, bool color, FILE *out) {
    if (rows->list.count == 0) {
        message_print(out, "no sinks found\n");
        return;
    }
    StrBuf text = {0};
    for (uint32_t i = 0; i < rows->list.count; i++) {
        StrBuf row = {0};
        add_row(&row, rows->families, &rows->list.items[i], columns, color);
        text_add_fitted(&text, strbuf_str(&row), columns);
        strbuf_release(&row);
    }
    add_summary(&text, rows);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
