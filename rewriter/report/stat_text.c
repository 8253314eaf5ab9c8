// The numbers as text. In: a Stat. Out: the table of `git diff --stat`, then the sums. The same
// input always gives the same bytes; the width of the terminal is the caller's business.
#include "report/stat.h"

#include "base/message.h"
#include "patch/quote.h"

enum {
    NARROWEST = 16, // columns for name and graph together
    NARROWEST_GRAPH = 6,
    AROUND = 6, // columns for blanks and the bar, as git counts them
    LABEL_WIDTH = 20,
};

typedef struct Layout {
    size_t name, number; // columns
    uint32_t graph;      // columns for + and -
    uint32_t most;       // changed lines of the busiest file
} Layout;

static uint32_t changed_lines(DiffRow row) { return row.insertions + row.deletions; }

static size_t decimal_width(uint32_t number) {
    size_t width = 1;
    for (; number >= 10; number /= 10) width++;
    return width;
}

// As git does: each part gets what it needs, and when that is too much the graph keeps 3/8.
static Layout lay_out(const Stat *stat, const Plan *plan, uint32_t width) {
    Layout layout = {0};
    StrBuf name = {0};
    for (uint32_t i = 0; i < plan->files.count; i++) {
        strbuf_clear(&name);
        quote_path(&name, "", plan->files.items[i].path);
        if (name.length > layout.name) layout.name = name.length;
        if (changed_lines(stat->rows[i]) > layout.most) layout.most = changed_lines(stat->rows[i]);
    }
    strbuf_release(&name);
    layout.number = decimal_width(layout.most);
    size_t fixed = layout.number + AROUND;
    if (width < NARROWEST + fixed) width = (uint32_t)(NARROWEST + fixed);
    size_t graph = layout.most;
    if (layout.name + fixed + graph > width) {
        size_t share = (size_t)width * 3 / 8;
        size_t least = share > fixed + NARROWEST_GRAPH ? share - fixed : NARROWEST_GRAPH;
        if (graph > least) graph = least;
        if (layout.name > width - fixed - graph)
            layout.name = width - fixed - graph;
        else
            graph = width - fixed - layout.name;
    }
    layout.graph = (uint32_t)graph;
    return layout;
}

// Long names lose their beginning, at a slash if there is one.
static Str shorten(Str name, size_t width) {
    if (name.length <= width) return name;
    Str rest = str_slice(name, name.length - (width - 3), name.length);
    ptrdiff_t slash = str_find(rest, '/');
    return slash < 0 ? rest : str_slice(rest, (size_t)slash, rest.length);
}

static uint32_t scale(uint32_t lines, const Layout *layout) {
    if (lines == 0 || layout->most <= layout->graph) return lines;
    return 1 + (uint32_t)((uint64_t)lines * (layout->graph - 1) / layout->most);
}

static void add_graph(StrBuf *out, char mark, uint32_t count, const char *color) {
    if (count == 0) return;
    if (color != NULL) strbuf_add_text(out, color);
    strbuf_add_repeat(out, mark, count);
    if (color != NULL) strbuf_add_text(out, "\033[m");
}

static void add_row(StrBuf *out, const PlannedFile *file, DiffRow row, const Layout *layout,
                    bool color) {
    StrBuf quoted = {0};
    quote_path(&quoted, "", file->path);
    Str name = shorten(strbuf_str(&quoted), layout->name);
    bool cut = name.length < quoted.length;
    size_t shown = name.length + (cut ? 3 : 0);
    strbuf_add_text(out, cut ? " ..." : " ");
    strbuf_add(out, name);
    strbuf_add_repeat(out, ' ', layout->name - shown);
    strbuf_release(&quoted);

    message_add(out, " | %*u", (int)layout->number, changed_lines(row));
    uint32_t total = scale(changed_lines(row), layout);
    if (total < 2 && row.insertions > 0 && row.deletions > 0) total = 2;
    // The smaller part is scaled and the larger one gets the rest, so that none of them vanishes.
    bool fewer = row.insertions < row.deletions;
    uint32_t part = scale(fewer ? row.insertions : row.deletions, layout);
    uint32_t plus = fewer ? part : total - part;
    if (total > 0) strbuf_add_char(out, ' ');
    add_graph(out, '+', plus, color ? "\033[32m" : NULL);
    add_graph(out, '-', total - plus, color ? "\033[31m" : NULL);
    strbuf_add_char(out, '\n');
}

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

static void add_totals(StrBuf *out, const DiffStat *diff) {
    message_add(out, " %u file%s changed", diff->files, plural(diff->files));
    if (diff->insertions > 0)
        message_add(out, ", %u insertion%s(+)", diff->insertions, plural(diff->insertions));
    if (diff->deletions > 0)
        message_add(out, ", %u deletion%s(-)", diff->deletions, plural(diff->deletions));
    strbuf_add_char(out, '\n');
}

static void add_count(StrBuf *out, const char *indent, const char *label, uint32_t count,
                      const char *meaning) {
    message_add(out, "%s%-*s %6u", indent, LABEL_WIDTH - (int)strlen(indent), message_text(label), count);
    if (meaning[0] != '\0') message_add(out, "   %s", message_text(meaning));
    strbuf_add_char(out, '\n');
}

static void add_sinks(StrBuf *out, const Stat *stat) {
    add_count(out, "", "sinks", stat->sinks, "");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        add_count(out, "  ", outcome_name((Outcome)i), stat->by_outcome[i],
                  outcome_row((Outcome)i)->column);
    add_count(out, "", "by family", stat->sinks, "");
    for (uint32_t i = 0; i < stat->families->count; i++)
        if (stat->by_family[i] > 0)
            add_count(out, "  ", family_name(stat->families, i), stat->by_family[i], "");
    add_count(out, "", "isolated", stat->isolated, "every origin bears a tenant");
}

static void add_changes(StrBuf *out, const Stat *stat) {
    add_count(out, "", "functions changed", stat->functions_changed, "");
    add_count(out, "", "call sites changed", stat->calls_changed, "");
    add_count(out, "", "classes holding", stat->classes_holding, "");
    add_count(out, "", "accessors", stat->accessors, "");
    add_count(out, "", "files read", stat->files_read, "");
    add_count(out, "  ", "changed", stat->diff.files - stat->diff.new_files, "");
    add_count(out, "  ", "unparsable", stat->files_unparsable, "left alone");
    add_count(out, "", "files new", stat->diff.new_files, "the runtime of the rule pack");
    if (stat->files_unreadable > 0)
        add_count(out, "", "files not read", stat->files_unreadable, "");
}

void stat_write_text(const Stat *stat, const Plan *plan, uint32_t width, bool color, FILE *out) {
    StrBuf text = {0};
    Layout layout = lay_out(stat, plan, width);
    for (uint32_t i = 0; i < plan->files.count; i++)
        add_row(&text, &plan->files.items[i], stat->rows[i], &layout, color);
    add_totals(&text, &stat->diff);
    strbuf_add_char(&text, '\n');
    add_sinks(&text, stat);
    strbuf_add_char(&text, '\n');
    add_changes(&text, stat);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
