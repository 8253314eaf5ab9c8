// Docstrings that list parameters list the new one, too.
//
// In: the text of a docstring. Out: one line behind the last parameter that it lists, in the style of the list:
//
//     Args:                    Parameters              :param path: where
//         path: where          ----------              :type path: str
//         ctx: ..              path : str              :param ctx: ..
//                                  where               :type ctx: Ctx
//                              ctx : Ctx
//                                  ..
//
// A docstring that lists none stays as it is.
#include "python/write/docstring.h"

typedef struct DocLine {
    uint32_t start, end; // without its line end
    size_t indent;
    Str text; // trimmed
} DocLine;

typedef struct Docstring {
    const Writing *writing;
    const ContextText *context;
    Vec(DocLine) lines;
    bool chinese;
} Docstring;

// What is listed, and where the next one goes.
typedef struct DocList {
    uint32_t entry; // index of a line that an entry begins on
    uint32_t last;  // of the last line of the last entry
} DocList;

// ---- reading -------------------------------------------------------------------------------------

static void read_lines(Docstring *doc, uint32_t from, uint32_t to) {
    const SourceFile *file = doc->writing->file;
    for (uint32_t at = from; at < to; at = layout_next_line(file, at)) {
        uint32_t end = source_line_end(file, at);
        if (end > to) end = to;
        Str text = str_trim(str_slice(file->text, at, end));
        size_t indent = text.length > 0 ? (size_t)(text.data - file->text.data) - at : 0;
        vec_add(&doc->lines, ((DocLine){at, end, indent, text}));
        if (layout_next_line(file, at) == at) break;
    }
    Str all = str_slice(file->text, from, to);
    for (size_t i = 0; i < all.length; i++)
        doc->chinese = doc->chinese || (unsigned char)all.data[i] >= 0xE4;
}

static bool is_dashes(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '-') return false;
    return text.length >= 3;
}

static bool is_blank(const DocLine *line) { return line->text.length == 0; }

// The last line of an entry that begins at AT: those below that are deeper.
static uint32_t entry_end(const Docstring *doc, uint32_t at) {
    uint32_t last = at;
    for (uint32_t i = at + 1; i < doc->lines.count; i++) {
        const DocLine *line = &doc->lines.items[i];
        if (is_blank(line)) continue;
        if (line->indent <= doc->lines.items[at].indent) break;
        last = i;
    }
    return last;
}

// "Args:" and entries deeper than it; the first of them has a colon.
static bool find_google(const Docstring *doc, DocList *list) {
    static const char *const heads[] = {"Args:", "Arguments:", "Parameters:", "Params:"};
    for (uint32_t i = 0; i + 1 < doc->lines.count; i++) {
        bool head = false;
        for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
            head = head || str_is(doc->lines.items[i].text, heads[k]);
        const DocLine *first = &doc->lines.items[i + 1];
        if (!head || is_blank(first) || first->indent <= doc->lines.items[i].indent ||
            str_find(first->text, ':') <= 0)
            continue;
        *list = (DocList){i + 1, entry_end(doc, i)};
        return true;
    }
    return false;
}

// "Parameters" over dashes, and entries as deep as these, down to the next head or blank line before text that
// is no entry.
static bool find_numpy(const Docstring *doc, DocList *list) {
    for (uint32_t i = 0; i + 2 < doc->lines.count; i++) {
        const DocLine *head = &doc->lines.items[i];
        if (!str_is(head->text, "Parameters") || !is_dashes(doc->lines.items[i + 1].text)) continue;
        if (is_blank(&doc->lines.items[i + 2])) return false;
        *list = (DocList){i + 2, i + 2};
        for (uint32_t k = i + 2; k < doc->lines.count; k++) {
            const DocLine *line = &doc->lines.items[k];
            bool next_head = k + 1 < doc->lines.count && is_dashes(doc->lines.items[k + 1].text);
            if (is_blank(line)) continue;
            if (next_head || line->indent < head->indent) break;
            bool stands_apart = is_blank(&doc->lines.items[k - 1]);
            if (stands_apart && line->indent == head->indent && str_find(line->text, ':') < 0)
                break;
            list->last = k;
        }
        return true;
    }
    return false;
}

static bool find_sphinx(const Docstring *doc, DocList *list) {
    bool found = false;
    for (uint32_t i = 0; i < doc->lines.count; i++) {
        Str text = doc->lines.items[i].text;
        bool type = str_starts_with(text, STR(":type "));
        if (!str_starts_with(text, STR(":param ")) && !(type && found)) continue;
        if (!type) list->entry = i;
        list->last = entry_end(doc, i);
        found = true;
    }
    return found;
}

// ---- writing -------------------------------------------------------------------------------------

static void add_line(StrBuf *text, const Docstring *doc, const DocLine *like, Str more) {
    const SourceFile *file = doc->writing->file;
    strbuf_add(text, file->newline);
    strbuf_add(text, str_slice(file->text, like->start, like->start + like->indent));
    strbuf_add(text, more);
}

// What the parameter is, with a full stop where the line above has one.
static Str description(const Docstring *doc, const DocList *list) {
    Str above = doc->lines.items[list->last].text;
    bool stop = str_ends_with(above, STR(".")) || str_ends_with(above, STR("。"));
    if (doc->context->about.length > 0) return doc->context->about;
    if (doc->chinese)
        return stop ? STR("此次调用所属的隔离上下文。") : STR("此次调用所属的隔离上下文");
    return stop ? STR("The context that this call belongs to.")
                : STR("the context that this call belongs to");
}

static void write_entry(const Docstring *doc, const DocList *list, StrBuf *text) {
    write_insert(doc->writing, doc->lines.items[list->last].end, strbuf_str(text));
}

static void add_google(const Docstring *doc, const DocList *list) {
    const ContextText *context = doc->context;
    const DocLine *entry = &doc->lines.items[list->entry];
    Str name = str_slice(entry->text, 0, (size_t)str_find(entry->text, ':'));
    bool typed = str_ends_with(name, STR(")"));
    StrBuf text = {0}, more = {0};
    strbuf_add(&more, context->parameter);
    if (typed) strbuf_addf(&more, " (%.*s)", STR_ARG(context->type));
    strbuf_addf(&more, ": %.*s", STR_ARG(description(doc, list)));
    add_line(&text, doc, entry, strbuf_str(&more));
    write_entry(doc, list, &text);
    strbuf_release(&more);
    strbuf_release(&text);
}

static void add_numpy(const Docstring *doc, const DocList *list) {
    const DocLine *entry = &doc->lines.items[list->entry];
    StrBuf text = {0}, more = {0};
    strbuf_addf(&more, "%.*s : %.*s", STR_ARG(doc->context->parameter),
                STR_ARG(doc->context->type));
    add_line(&text, doc, entry, strbuf_str(&more));
    strbuf_clear(&more);
    strbuf_add(&more, doc->writing->indent);
    strbuf_add(&more, description(doc, list));
    add_line(&text, doc, entry, strbuf_str(&more));
    write_entry(doc, list, &text);
    strbuf_release(&more);
    strbuf_release(&text);
}

static void add_sphinx(const Docstring *doc, const DocList *list) {
    const DocLine *entry = &doc->lines.items[list->entry];
    bool typed = str_starts_with(doc->lines.items[list->last].text, STR(":type "));
    DocList describes = typed ? (DocList){list->entry, list->entry} : *list;
    StrBuf text = {0}, more = {0};
    strbuf_addf(&more, ":param %.*s: %.*s", STR_ARG(doc->context->parameter),
                STR_ARG(description(doc, &describes)));
    add_line(&text, doc, entry, strbuf_str(&more));
    strbuf_clear(&more);
    strbuf_addf(&more, ":type %.*s: %.*s", STR_ARG(doc->context->parameter),
                STR_ARG(doc->context->type));
    if (typed) add_line(&text, doc, entry, strbuf_str(&more));
    write_entry(doc, list, &text);
    strbuf_release(&more);
    strbuf_release(&text);
}

// ---- the docstring -------------------------------------------------------------------------------

// The text between the quotes of the string that ends at END; false for one that has only one line.
static bool find_text(const SourceFile *file, uint32_t from, uint32_t end, uint32_t *start,
                      uint32_t *stop) {
    Str whole = str_slice(file->text, from, end);
    if (whole.length < 6) return false;
    Str quotes = str_slice(whole, whole.length - 3, whole.length);
    if (!str_is(quotes, "\"\"\"") && !str_is(quotes, "'''")) return false;
    // The same quotes cannot stand inside.
    size_t at = whole.length - 6;
    while (at > 0 && !str_equal(str_slice(whole, at, at + 3), quotes)) at--;
    *start = from + (uint32_t)at + 3;
    *stop = end - 3;
    return str_find(str_slice(file->text, *start, *stop), '\n') >= 0;
}

void docstring_add_parameter(const Writing *writing, uint32_t from, uint32_t end,
                             const ContextText *context) {
    uint32_t start, stop;
    Docstring doc = {.writing = writing, .context = context};
    DocList list = {0};
    if (!find_text(writing->file, from, end, &start, &stop)) return;
    if (str_find_word(str_slice(writing->file->text, start, stop), context->parameter) >= 0) return;
    read_lines(&doc, start, stop);
    if (find_google(&doc, &list))
        add_google(&doc, &list);
    else if (find_numpy(&doc, &list))
        add_numpy(&doc, &list);
    else if (find_sphinx(&doc, &list))
        add_sphinx(&doc, &list);
    vec_release(&doc.lines);
}
