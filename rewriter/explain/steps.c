// Chains and lists of places as text: one line each, which begins with the place in the form that editors
// and grep understand. In: a subject. Out: lines on the page. What two chains have in common at their
// ends is printed once.
#include "explain/page.h"

#include "base/message.h"
#include "report/text.h"
#include "source/utf8.h"

enum { WIDEST_PLACE = 60, SHORTEST_SHARED = 3 };

const char *step_verb(const ExplainStep *step) {
    switch (step->kind) {
    case STEP_START: return "";
    case STEP_CALL: return "calls ";
    case STEP_MAKE: return "makes ";
    case STEP_HAND_OVER: return "hands over ";
    case STEP_KEEP: return "keeps it in ";
    case STEP_METHOD: return "its method ";
    case STEP_CARRY: return "is passed to ";
    case STEP_INNER: return "inside it ";
    case STEP_OVERRIDE: return "or its override ";
    case STEP_GET: return "asks for ";
    case STEP_ACCESS: break;
    }
    if (step->access == SINK_CONSTRUCT) return "makes ";
    if (step->access == SINK_FUNCTION) return "needs it in ";
    return step->access == SINK_CALL ? "calls " : "reads ";
}

const char *step_word(StepKind kind) {
    static const char *const words[] = {"start",    "call",   "make",  "hand_over",
                                        "keep",     "method", "carry", "inner",
                                        "override", "get",    "access"};
    return words[kind];
}

// ---- places --------------------------------------------------------------------------------------
uint32_t page_width(Str text) {
    uint32_t width = 0;
    while (text.length) width += utf8_width(utf8_code_point(utf8_take(&text)));
    return width;
}

Str page_place(Page *page, const Place *place) {
    StrBuf text = {0};
    text_add_shown(&text, place->path);
    if (place->at.line) message_add(&text, ":%u", place->at.line);
    Str copy = arena_copy(&page->arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

void page_widen(Page *page, const Place *place, uint32_t *width) {
    uint32_t used = page_width(page_place(page, place));
    if (used > *width && used <= WIDEST_PLACE) *width = used;
}

void page_add_place(Page *page, const Place *place, uint32_t width) {
    Str text = page_place(page, place);
    uint32_t used = page_width(text);
    message_add(&page->text, "%s%.*s%s", page->style->place, STR_ARG(text), page->style->off);
    strbuf_add_repeat(&page->text, ' ', (used < width ? width - used : 0) + 2);
}

// ---- chains --------------------------------------------------------------------------------------
static bool same_step(const ExplainStep *a, const ExplainStep *b) {
    return a->kind == b->kind && str_equal(a->name, b->name) &&
           str_equal(a->place.path, b->place.path) && a->place.at.line == b->place.at.line &&
           a->place.at.column == b->place.at.column;
}

// Steps that the chains have in common at their ends.
static uint32_t shared_steps(const ExplainChain *a, const ExplainChain *b) {
    uint32_t count = 0;
    while (count < a->steps.count && count < b->steps.count &&
           same_step(&a->steps.items[a->steps.count - 1 - count],
                     &b->steps.items[b->steps.count - 1 - count]))
        count++;
    return count;
}

static void add_step(Page *page, const ExplainStep *step, uint32_t width) {
    StrBuf *out = &page->text;
    strbuf_add_repeat(out, ' ', PAGE_INDENT_DEEP);
    page_add_place(page, &step->place, width);
    strbuf_add_text(out, message_text(step_verb(step)));
    text_add_shown(out, step->brief);
    if (step->evidence || step->remark.length) {
        message_add(out, "  %s(", page->style->label);
        if (step->evidence) strbuf_add_text(out, message_text(step->evidence));
        if (step->evidence && step->remark.length) strbuf_add_text(out, "; ");
        text_add_shown(out, message_str(step->remark));
        message_add(out, ")%s", page->style->off);
    }
    strbuf_add_char(out, '\n');
}

// The chain, up to where it meets one of those before it.
static void add_chain(Page *page, const Subject *subject, uint32_t index, uint32_t width) {
    const ExplainChain *chain = &subject->chains.items[index], *met = NULL;
    uint32_t shared = 0;
    for (uint32_t i = 0; i < index; i++) {
        const ExplainChain *other = &subject->chains.items[i];
        uint32_t count = other->origin ? shared_steps(chain, other) : 0;
        if (count <= shared) continue;
        shared = count;
        met = other;
    }
    message_add(&page->text, "\n%*s%s", PAGE_INDENT, "", page->style->label);
    if (chain->origin)
        message_add(&page->text, "from %s", message_text(origin_name((Origin)chain->origin)));
    else
        message_add(&page->text, "down to an access");
    message_add(&page->text, "%s\n", page->style->off);
    uint32_t left_out = shared >= SHORTEST_SHARED ? shared - 1 : 0;
    for (uint32_t i = 0; i + left_out < chain->steps.count; i++)
        add_step(page, &chain->steps.items[i], width);
    if (left_out)
        message_add(&page->text, "%*s%s... and on as from %s%s\n", PAGE_INDENT_DEEP, "",
                    page->style->label, message_text(origin_name((Origin)met->origin)), page->style->off);
}

void page_add_chains(Page *page, const Subject *subject) {
    uint32_t width = 0;
    for (uint32_t i = 0; i < subject->chains.count; i++)
        for (uint32_t k = 0; k < subject->chains.items[i].steps.count; k++)
            page_widen(page, &subject->chains.items[i].steps.items[k].place, &width);
    for (uint32_t i = 0; i < subject->chains.count; i++) add_chain(page, subject, i, width);
}

// ---- lists of places -----------------------------------------------------------------------------
static void add_site(Page *page, const ExplainSite *site, uint32_t place_width,
                     uint32_t outcome_width) {
    StrBuf *out = &page->text;
    strbuf_add_repeat(out, ' ', PAGE_INDENT_DEEP);
    page_add_place(page, &site->place, place_width);
    if (outcome_width) message_add(out, "%-*s  ", (int)outcome_width, message_text(site->outcome));
    if (site->has_code)
        message_add(out, "%s%s%s  ", page->style->code, diagnostic_code_name(site->code),
                    page->style->off);
    text_add_shown(out, site->brief);
    strbuf_add_char(out, '\n');
}

// "accesses: 30 (20 threaded, 10 held)", outcomes in the order in which they come up.
static void add_title(Page *page, const Subject *subject) {
    StrBuf *out = &page->text;
    message_add(out, "\n%*s%s%s: %u", PAGE_INDENT, "", page->style->label, message_text(subject->site_title),
                subject->sites.count);
    uint32_t parts = 0;
    for (uint32_t i = 0; i < subject->sites.count; i++) {
        const char *outcome = subject->sites.items[i].outcome;
        uint32_t count = 0, before = 0;
        for (uint32_t k = 0; k < subject->sites.count; k++) {
            if (strcmp(subject->sites.items[k].outcome, outcome) != 0) continue;
            count++;
            before += k < i;
        }
        if (!before && outcome[0])
            message_add(out, "%s%u %s", parts++ ? ", " : " (", count, message_text(outcome));
    }
    message_add(out, "%s%s\n", parts ? ")" : "", page->style->off);
}

void page_add_sites(Page *page, const Subject *subject) {
    uint32_t place_width = 0, outcome_width = 0;
    for (uint32_t i = 0; i < subject->sites.count; i++) {
        const ExplainSite *site = &subject->sites.items[i];
        uint32_t word = page_width(str_from(message_text(site->outcome)));
        page_widen(page, &site->place, &place_width);
        if (word > outcome_width) outcome_width = word;
    }
    add_title(page, subject);
    for (uint32_t i = 0; i < subject->sites.count; i++)
        add_site(page, &subject->sites.items[i], place_width, outcome_width);
}
