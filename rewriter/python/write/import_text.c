// The text of import statements: new ones, and the items of one that stays.
//
// In: the decisions of write_import.c. Out: edits between the first item and the last; comments and
// line layout stay, except where a line would grow too long or a statement loses and gains items at
// once: that one is written anew.
#include "python/write/import.h"

enum { LINE_LIMIT = 100 }; // where the project names none

// ---- new statements ----------------------------------------------------------------------------------
static void render_lines(const ImportEdit *edit, StrBuf *text, Str indent, const Str *names,
                         uint32_t count) {
    const SourceFile *file = edit->writing.file;
    strbuf_add_char(text, '(');
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add(text, file->newline);
        strbuf_add(text, indent);
        strbuf_add(text, edit->writing.indent);
        strbuf_add(text, names[i]);
        strbuf_add_char(text, ',');
    }
    strbuf_add(text, file->newline);
    strbuf_add(text, indent);
    strbuf_add_char(text, ')');
}

uint32_t import_line_limit(const ImportEdit *edit) {
    uint32_t limit = edit->writing.facts->sources->line_limit;
    return limit > 0 ? limit : LINE_LIMIT;
}

void import_render(const ImportEdit *edit, StrBuf *text, Str indent, Str module, const Str *names,
                   uint32_t count) {
    size_t start = text->length;
    strbuf_addf(text, "from %.*s import ", STR_ARG(module));
    size_t names_start = text->length;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) strbuf_add_text(text, ", ");
        strbuf_add(text, names[i]);
    }
    if (indent.length + text->length - start <= import_line_limit(edit)) return;
    text->length = names_start;
    render_lines(edit, text, indent, names, count);
}

void import_render_fresh(const ImportEdit *edit, StrBuf *text, uint32_t first, uint32_t count) {
    Vec(Str) names = {0};
    for (uint32_t i = first; i < first + count; i++) {
        const ImportNeed *need = &edit->fresh.items[i];
        vec_add(&names, need->name);
        bool last = i + 1 == first + count;
        if (!last && str_equal(need->module, edit->fresh.items[i + 1].module)) continue;
        import_render(edit, text, STR_NONE, need->module, names.items, names.count);
        if (!last) strbuf_add(text, edit->writing.file->newline);
        vec_clear(&names);
    }
    vec_release(&names);
}

// ---- a statement that stays ----------------------------------------------------------------------------
static uint32_t item_comma(const SourceFile *file, uint32_t end, uint32_t limit) {
    while (end < limit) {
        char c = file->text.data[end];
        if (c == ',') return end;
        if (c == '#') {
            end = source_line_end(file, end);
        } else if (c == ')' || str_is_word_byte(c)) {
            break;
        } else {
            end++;
        }
    }
    return 0;
}

typedef Vec(Str) NameList;

// The items as they will read.
static void new_names(const ImportEdit *edit, const ImportStatement *statement, NameList *names) {
    const SourceFile *file = edit->writing.file;
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportItem *item = &statement->items.items[i];
        Str old = str_slice(file->text, item->fact->start, item->fact->end);
        if (!item->removed) vec_add(names, item->renamed ? item->text : old);
        if (item->extended.length > 0) vec_add(names, item->extended);
    }
    for (uint32_t i = 0; i < statement->joined.count; i++)
        vec_add(names, statement->joined.items[i]);
}

static bool names_sorted(const NameList *names) {
    for (uint32_t i = 1; i < names->count; i++)
        if (import_compare_names(names->items[i - 1], names->items[i]) > 0) return false;
    return true;
}

static bool was_sorted(const ImportEdit *edit, const ImportStatement *statement) {
    NameList names = {0};
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportFact *fact = statement->items.items[i].fact;
        vec_add(&names, str_slice(edit->writing.file->text, fact->start, fact->end));
    }
    bool sorted = names_sorted(&names);
    vec_release(&names);
    return sorted;
}

static int compare_items(const void *left, const void *right) {
    const Str *a = left, *b = right;
    return import_compare_names(*a, *b);
}

// Each name on a line of its own with a comma behind, which black and ruff leave so.
static bool has_lines(const ImportEdit *edit, const ImportStatement *statement) {
    const ImportFact *last = vec_last(&statement->items)->fact;
    return last->parenthesized && layout_first_on_line(edit->writing.file, last->start) &&
           item_comma(edit->writing.file, last->end, last->statement_end) != 0;
}

// For writing the statement anew; sorted where it was.
static void rewrite_whole(const ImportEdit *edit, const ImportStatement *statement) {
    const SourceFile *file = edit->writing.file;
    const ImportFact *head = import_head(statement);
    NameList names = {0};
    new_names(edit, statement, &names);
    if (was_sorted(edit, statement))
        qsort(names.items, names.count, sizeof *names.items, compare_items);
    StrBuf text = {0};
    Str indent = source_line_indent(file, head->statement_start);
    Str module = str_slice(file->text, head->path_start, head->path_end);
    if (has_lines(edit, statement) && !statement->taken_back) {
        strbuf_addf(&text, "from %.*s import ", STR_ARG(module));
        render_lines(edit, &text, indent, names.items, names.count);
    } else {
        import_render(edit, &text, indent, module, names.items, names.count);
    }
    write_replace(&edit->writing, head->statement_start, head->statement_end, strbuf_str(&text));
    strbuf_release(&text);
    vec_release(&names);
}

// Takes items [first, last] out with one comma.
static void remove_items(const ImportEdit *edit, const ImportStatement *statement, uint32_t first,
                         uint32_t last) {
    const SourceFile *file = edit->writing.file;
    const ImportItem *items = statement->items.items;
    uint32_t end = items[last].fact->end;
    if (last + 1 < statement->items.count) {
        write_replace(&edit->writing, items[first].fact->start, items[last + 1].fact->start,
                      STR_NONE);
        return;
    }
    uint32_t comma = item_comma(file, end, items[last].fact->statement_end);
    if (comma) end = comma + 1;
    if (items[first].fact->parenthesized && layout_first_on_line(file, items[first].fact->start) &&
        layout_rest_is_blank(file, end)) {
        write_replace(&edit->writing, source_line_start(file, items[first].fact->start),
                      layout_next_line(file, end), STR_NONE);
    } else {
        uint32_t before = items[first - 1].fact->end;
        write_replace(&edit->writing, before, items[last].fact->end, STR_NONE);
    }
}

static void remove_marked_items(const ImportEdit *edit, const ImportStatement *statement) {
    uint32_t count = statement->items.count;
    for (uint32_t i = 0; i < count; i++) {
        if (!statement->items.items[i].removed) continue;
        uint32_t last = i;
        while (last + 1 < count && statement->items.items[last + 1].removed) last++;
        remove_items(edit, statement, i, last);
        i = last;
    }
}

static void extend_item(const ImportEdit *edit, const ImportItem *item) {
    const SourceFile *file = edit->writing.file;
    StrBuf text = {0};
    if (item->fact->parenthesized && layout_first_on_line(file, item->fact->start)) {
        strbuf_add_char(&text, ',');
        strbuf_add(&text, file->newline);
        strbuf_add(&text, source_line_indent(file, item->fact->start));
    } else {
        strbuf_add_text(&text, ", ");
    }
    strbuf_add(&text, item->extended);
    write_insert(&edit->writing, item->fact->end, strbuf_str(&text));
    strbuf_release(&text);
}

static void join_names(const ImportEdit *edit, const ImportStatement *statement) {
    Vec(ListItem) items = {0};
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportFact *fact = statement->items.items[i].fact;
        ListItem item = {fact->start, fact->end,
                         item_comma(edit->writing.file, fact->end, fact->statement_end)};
        vec_add(&items, item);
    }
    list_append(&edit->writing, items.items, items.count, statement->joined.items,
                statement->joined.count, !import_head(statement)->parenthesized);
    vec_release(&items);
}

// Bytes that the edits of the items add to an unparenthesised line.
static size_t growth(const ImportStatement *statement) {
    size_t sum = 0;
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportItem *item = &statement->items.items[i];
        size_t old = item->fact->end - item->fact->start;
        if (item->extended.length > 0) sum += item->extended.length + 2;
        if (item->renamed && item->text.length > old) sum += item->text.length - old;
    }
    for (uint32_t i = 0; i < statement->joined.count; i++) {
        sum += statement->joined.items[i].length + 2;
    }
    return sum;
}

// The statement reads as import_render writes it: weft may lay it out again.
static bool is_rendered(const ImportEdit *edit, const ImportStatement *statement) {
    const SourceFile *file = edit->writing.file;
    const ImportFact *head = import_head(statement);
    Vec(Str) names = {0};
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportFact *fact = statement->items.items[i].fact;
        vec_add(&names, str_slice(file->text, fact->start, fact->end));
    }
    StrBuf text = {0};
    import_render(edit, &text, source_line_indent(file, head->statement_start),
                  str_slice(file->text, head->path_start, head->path_end), names.items,
                  names.count);
    bool equal = str_equal(strbuf_str(&text),
                           str_slice(file->text, head->statement_start, head->statement_end));
    strbuf_release(&text);
    vec_release(&names);
    return equal;
}

// A comment among the names would be lost.
static bool has_comment(const ImportEdit *edit, const ImportFact *head) {
    Str text = edit->writing.file->text;
    return str_find(str_slice(text, head->statement_start, head->statement_end), '#') >= 0;
}

// The names were sorted, and would no longer be.
static bool loses_order(const ImportEdit *edit, const ImportStatement *statement) {
    if (!was_sorted(edit, statement) || has_comment(edit, import_head(statement))) return false;
    NameList names = {0};
    new_names(edit, statement, &names);
    bool loses = !names_sorted(&names);
    vec_release(&names);
    return loses;
}

static bool needs_new_text(const ImportEdit *edit, const ImportStatement *statement) {
    const ImportFact *head = import_head(statement);
    if (head->kind != IMPORT_NAME) return false;
    if (loses_order(edit, statement)) return true;
    bool loses = false;
    for (uint32_t i = 0; i < statement->items.count; i++) {
        loses = loses || statement->items.items[i].removed;
    }
    if (loses && statement->joined.count > 0) return true;
    if (statement->taken_back && is_rendered(edit, statement)) return true;
    uint32_t column =
        head->statement_start - source_line_start(edit->writing.file, head->statement_start);
    size_t width = column + head->statement_end - head->statement_start;
    size_t grown = growth(statement);
    return !head->parenthesized && grown > 0 && width + grown > import_line_limit(edit);
}

void import_rewrite_items(const ImportEdit *edit, const ImportStatement *statement) {
    if (needs_new_text(edit, statement)) {
        rewrite_whole(edit, statement);
        return;
    }
    remove_marked_items(edit, statement);
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportItem *item = &statement->items.items[i];
        if (item->renamed) {
            write_replace(&edit->writing, item->fact->start, item->fact->end, item->text);
        }
        if (item->extended.length > 0) extend_item(edit, item);
    }
    if (statement->joined.count > 0) join_names(edit, statement);
}
