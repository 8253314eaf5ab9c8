// An explanation as text. In: the model. Out: a headline a subject, labelled rows, then chains and lists of
// places (steps.c). Never depends on the terminal's width, and never passes a control character
// of the tree on.
#include "explain/page.h"

#include "base/message.h"
#include "report/text.h"
#include "report/wrap.h"

enum { WIDTH = 96, LABEL = 9 };

static const Style PLAIN = {"", "", "", "", ""};
static const Style COLORED = {"\033[1m", "\033[2m", "\033[36m", "\033[33m", "\033[m"};

// The same in a language that writes no spaces.
static void add_wrapped_wide(StrBuf *out, Str text, uint32_t indent) {
    StrBuf shown = {0};
    Str line;
    while (str_split_next(&text, '\n', &line)) {
        if (shown.length > 0) strbuf_add_char(&shown, '\n');
        text_add_shown(&shown, line);
    }
    wrap_add(out, strbuf_str(&shown), indent, indent, WIDTH);
    strbuf_add_char(out, '\n');
    strbuf_release(&shown);
}

// Words of TEXT between the columns INDENT and WIDTH; the first line is begun already. A line end in
// TEXT is one.
static void add_wrapped(StrBuf *out, Str text, uint32_t indent) {
    Str line, word;
    if (message_has_catalogue()) {
        add_wrapped_wide(out, text, indent);
        return;
    }
    for (bool first = true; str_split_next(&text, '\n', &line); first = false) {
        uint32_t column = indent;
        if (!first) {
            strbuf_add_char(out, '\n');
            strbuf_add_repeat(out, ' ', indent);
        }
        for (bool begun = false; str_split_next(&line, ' ', &word); begun = true) {
            uint32_t width = page_width(word);
            if (begun && column + 1 + width > WIDTH) {
                strbuf_add_char(out, '\n');
                strbuf_add_repeat(out, ' ', indent);
                column = indent;
            } else if (begun) {
                strbuf_add_char(out, ' ');
                column++;
            }
            text_add_shown(out, word);
            column += width;
        }
    }
    strbuf_add_char(out, '\n');
}

static void add_row(Page *page, const char *label, Str text) {
    message_add(&page->text, "%*s%s%-*s%s", PAGE_INDENT, "", page->style->label, LABEL, message_text(label),
                page->style->off);
    add_wrapped(&page->text, text, PAGE_INDENT + LABEL);
}

// ---- a subject -----------------------------------------------------------------------------------
static void add_texts(Page *page, const char *label, const Str *texts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) add_row(page, i ? "" : label, texts[i]);
}

static void add_origins(Page *page, uint32_t origins) {
    StrBuf all = {0}, without = {0};
    for (int i = 0; i < ORIGIN_COUNT; i++) {
        uint32_t bit = 1u << i;
        bool bears = bit & (ORIGINS_WITH_TENANT | ORIGIN_TEST);
        if (!(origins & bit)) continue;
        message_add(&all, "%s%s", all.length ? ", " : "", message_text(origin_name((Origin)bit)));
        if (!bears)
            message_add(&without, "%s%s", without.length ? ", " : "", message_text(origin_name((Origin)bit)));
    }
    if (without.length) message_add(&all, " (no tenant is known in: %s)", without.data);
    add_row(page, "origins", strbuf_str(&all));
    strbuf_release(&all);
    strbuf_release(&without);
}

static void add_headline(Page *page, const Subject *subject) {
    StrBuf *out = &page->text;
    strbuf_add_text(out, page->style->name);
    text_add_shown(out, subject->name);
    if (subject->kind == SUBJECT_CODE) {
        message_add(out, ": %s%s\n\n", diagnostic_code_title(subject->code), page->style->off);
        return;
    }
    message_add(out, "%s\n%*s%s, %s", page->style->off, PAGE_INDENT, "", message_text(subject->noun),
                page->style->place);
    strbuf_add(out, page_place(page, &subject->place));
    message_add(out, "%s\n\n", page->style->off);
}

static void add_code(Page *page, const Subject *subject) {
    const char *name = diagnostic_code_name(subject->code);
    const char *title = diagnostic_code_title(subject->code);
    add_row(page, "code", arena_format(&page->arena, "%s: %s", name, title));
}

static void add_example(Page *page, Str example) {
    Str line;
    strbuf_add_char(&page->text, '\n');
    while (str_split_next(&example, '\n', &line)) {
        if (line.length) strbuf_add_repeat(&page->text, ' ', PAGE_INDENT_DEEP);
        text_add_shown(&page->text, line);
        strbuf_add_char(&page->text, '\n');
    }
    strbuf_add_char(&page->text, '\n');
}

static void add_subject(Page *page, const Subject *subject) {
    add_headline(page, subject);
    add_texts(page, "change", subject->changes.items, subject->changes.count);
    add_texts(page, "why", subject->reasons.items, subject->reasons.count);
    if (subject->origins) add_origins(page, subject->origins);
    if (subject->has_code && subject->kind != SUBJECT_CODE) add_code(page, subject);
    if (subject->meaning.length) add_row(page, "meaning", subject->meaning);
    if (subject->example.length) add_example(page, subject->example);
    if (subject->remedy.length) add_row(page, "remedy", subject->remedy);
    page_add_chains(page, subject);
    if (subject->site_title) page_add_sites(page, subject);
}

// ---- answers -------------------------------------------------------------------------------------
static void add_candidates(Page *page, const Explanation *explanation) {
    uint32_t width = 0;
    for (uint32_t i = 0; i < explanation->subjects.count; i++) {
        page_widen(page, &explanation->subjects.items[i].place, &width);
    }
    strbuf_add_char(&page->text, '\'');
    text_add_shown(&page->text, explanation->query);
    message_add(&page->text, "' is the name of %u things; give more of it\n\n",
                explanation->subjects.count);
    for (uint32_t i = 0; i < explanation->subjects.count; i++) {
        const Subject *subject = &explanation->subjects.items[i];
        strbuf_add_repeat(&page->text, ' ', PAGE_INDENT);
        page_add_place(page, &subject->place, width);
        message_add(&page->text, "%-11s  ", message_text(subject->decision));
        text_add_shown(&page->text, subject->name);
        strbuf_add_char(&page->text, '\n');
    }
}

static void add_nothing(Page *page, const Explanation *explanation) {
    message_add(&page->text, "nothing is decided on ");
    text_add_shown(&page->text, explanation->query);
    if (explanation->inside.length) {
        message_add(&page->text, ", in ");
        text_add_shown(&page->text, explanation->inside);
    }
    strbuf_add_char(&page->text, '\n');
    if (!explanation->nearest.at.line) return;
    message_add(&page->text, "the nearest line with a decision is ");
    text_add_shown(&page->text, explanation->nearest.path);
    message_add(&page->text, ":%u\n", explanation->nearest.at.line);
}

void explain_write_text(const Explanation *explanation, bool color, FILE *out) {
    Page page = {.style = color ? &COLORED : &PLAIN};
    if (explanation->answer == ANSWER_CANDIDATES) add_candidates(&page, explanation);
    if (explanation->answer == ANSWER_NOTHING) add_nothing(&page, explanation);
    for (uint32_t i = 0; explanation->answer == ANSWER_SUBJECTS && i < explanation->subjects.count;
         i++) {
        if (i) strbuf_add_char(&page.text, '\n');
        add_subject(&page, &explanation->subjects.items[i]);
    }
    fwrite(page.text.data, 1, page.text.length, out);
    strbuf_release(&page.text);
    arena_release(&page.arena);
}
