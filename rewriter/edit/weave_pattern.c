// Code that matches a pattern: the replacement is written around the metavariables, which stay where they
// are in the order of the source, so that what changes inside them still does. In: a sink with a match.
// Out: one edit a gap. Metavariables that do not stay are copied.
#include "edit/weave_internal.h"

#include <string.h>

#include "rule/template.h"

// ---- parentheses ---------------------------------------------------------------------------------
static char last_char(Str text) {
    text = str_trim(text);
    return text.length > 0 ? text.data[text.length - 1] : '\0';
}

static char first_char(Str text) {
    text = str_trim(text);
    return text.length > 0 ? text.data[0] : '\0';
}

static bool is_one_of(char c, const char *set) { return c != '\0' && strchr(set, c) != NULL; }

// Between commas and brackets any expression may stand; elsewhere only what binds tightest.
static bool is_open_place(Str before, Str after) {
    Str left = str_trim(before);
    bool compares = left.length > 1 && is_one_of(left.data[left.length - 2], "=!<>");
    return is_one_of(last_char(before), "(,[=:") && !compares &&
           is_one_of(first_char(after), "),]:");
}

static bool needs_parentheses(Str template, const TemplateHole *hole, const CaptureFact *capture) {
    if (capture->tight || capture->many || capture->start == capture->end) return false;
    return !is_open_place(str_slice(template, 0, hole->start),
                          str_slice(template, hole->end, template.length));
}

// ---- pieces --------------------------------------------------------------------------------------
typedef struct Pieces {
    Weaving *weaving;
    const MatchFact *match;
    const PatternRule *pattern;
    Str template;
    Str context;
    uint32_t kept;
    StrBuf text;    // of the gap at hand
    uint32_t start; // of the gap in the source
    Access *access;
} Pieces;

static const CaptureFact *find_capture(const Pieces *pieces, Str name, uint32_t *index) {
    int variable = pattern_variable_index(pieces->pattern, name);
    for (uint32_t i = 0; variable >= 0 && i < pieces->match->capture_count; i++) {
        const CaptureFact *capture = program_capture(pieces->weaving->program,
                                                     (CaptureId){pieces->match->first_capture + i});
        if (capture->variable != (uint32_t)variable) continue;
        *index = i;
        return capture;
    }
    return NULL;
}

static void end_gap(Pieces *pieces, uint32_t end) {
    Str text = arena_copy(&pieces->weaving->arena, strbuf_str(&pieces->text));
    vec_add(&pieces->access->gaps, ((AccessGap){pieces->start, end, text}));
    strbuf_clear(&pieces->text);
}

// Nothing stands in the hole of a list: one comma beside it goes. Returns where the template goes on.
static size_t close_list(Pieces *pieces, size_t at) {
    Str rest = str_slice(pieces->template, at, pieces->template.length);
    if (first_char(rest) == ',') {
        at += (size_t)str_find(rest, ',') + 1;
        while (at < pieces->template.length && pieces->template.data[at] == ' ') at++;
        return at;
    }
    while (pieces->text.length > 0 && pieces->text.data[pieces->text.length - 1] == ' ')
        pieces->text.length--;
    if (pieces->text.length > 0 && pieces->text.data[pieces->text.length - 1] == ',')
        pieces->text.length--;
    return at;
}

static size_t fill_hole(Pieces *pieces, const TemplateHole *hole) {
    uint32_t index = 0;
    const CaptureFact *capture = find_capture(pieces, hole->name, &index);
    if (!capture) { // not bound: an alternative of the pattern does without it
        strbuf_add(&pieces->text, str_is(hole->name, "context") ? pieces->context : STR_NONE);
        return hole->end;
    }
    if (capture->start == capture->end) return close_list(pieces, hole->end);
    bool wrap = needs_parentheses(pieces->template, hole, capture);
    if (wrap) strbuf_add_char(&pieces->text, '(');
    if (pieces->kept >> index & 1 && capture->start >= pieces->start) {
        end_gap(pieces, capture->start);
        pieces->start = capture->end;
    } else {
        strbuf_add(&pieces->text, program_text(pieces->weaving->program, pieces->match->module,
                                               capture->start, capture->end));
    }
    if (wrap) strbuf_add_char(&pieces->text, ')');
    return hole->end;
}

void weave_plan_pattern(Weaving *weaving, const Sink *sink, Str context, Access *access) {
    const SinkRule *rule = &weaving->program->rules->sinks.items[sink->rule];
    const MatchFact *match = program_match(weaving->program, (MatchId){sink->match});
    Pieces pieces = {.weaving = weaving,
                     .match = match,
                     .pattern = &weaving->program->rules->patterns.list.items[rule->pattern],
                     .template = rule->replace,
                     .context = context,
                     .start = match->start,
                     .access = access};
    pieces.kept = solution_kept_captures(weaving->program, pieces.pattern, rule->replace, match);
    if (match->loose) strbuf_add_char(&pieces.text, '(');
    TemplateHole hole = {0};
    size_t at = 0;
    while (template_next_hole(rule->replace, at, &hole)) {
        Str literal = str_slice(rule->replace, at, hole.start);
        strbuf_add(&pieces.text,
                   weave_template(weaving, access->site, literal, (TemplateValues){0}));
        at = fill_hole(&pieces, &hole);
    }
    Str rest = str_slice(rule->replace, at, rule->replace.length);
    strbuf_add(&pieces.text, weave_template(weaving, access->site, rest, (TemplateValues){0}));
    if (match->loose) strbuf_add_char(&pieces.text, ')');
    end_gap(&pieces, match->end);
    strbuf_release(&pieces.text);
}

// ---- writing -------------------------------------------------------------------------------------
static void write_gap(Weaving *weaving, const Access *access, const AccessGap *gap) {
    const Program *program = weaving->program;
    Str old = program_text(program, access->module, gap->start, gap->end);
    TemplateDifference difference = template_difference(old, gap->text);
    Str text = str_slice(gap->text, difference.new_start, difference.new_end);
    uint32_t start = gap->start + (uint32_t)difference.old_start;
    uint32_t end = gap->start + (uint32_t)difference.old_end;
    if (start < end || text.length > 0)
        weave_writer(weaving, access->module)
            ->replace_range(program->facts, access->module, start, end, text, &weaving->texts);
}

static void take(Weaving *weaving, const Access *access) {
    const Sink *sink = &weaving->solution->sinks.items[access->sink];
    weave_take(weaving, DECISION_SINK, sink->expr.index, sink->family, SAFETY_SAFE,
               "code that matches '%.*s'",
               STR_ARG(weaving->program->rules->sinks.items[sink->rule].id));
}

static Span span_of(const Weaving *weaving, const Access *access) {
    return program_expr_span(weaving->program, weaving->solution->sinks.items[access->sink].expr);
}

// Of matches that start together the outermost opens first and closes last.
static void sort_matches(const Weaving *weaving, uint32_t *order, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t k = i; k > 0; k--) {
            Span left = span_of(weaving, &weaving->accesses.items[order[k - 1]]);
            Span right = span_of(weaving, &weaving->accesses.items[order[k]]);
            if (left.file.index != right.file.index || left.start != right.start ||
                left.end >= right.end)
                break;
            uint32_t swapped = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swapped;
        }
    }
}

void weave_write_patterns(Weaving *weaving) {
    Vec(uint32_t) order = {0};
    for (uint32_t i = 0; i < weaving->accesses.count; i++)
        if (weaving->accesses.items[i].gaps.count) vec_add(&order, i);
    sort_matches(weaving, order.items, order.count);
    for (uint32_t i = 0; i < order.count; i++) {
        const Access *access = &weaving->accesses.items[order.items[i]];
        for (uint32_t k = 0; k + 1 < access->gaps.count; k++)
            write_gap(weaving, access, &access->gaps.items[k]);
        take(weaving, access);
    }
    for (uint32_t i = order.count; i-- > 0;) {
        const Access *access = &weaving->accesses.items[order.items[i]];
        write_gap(weaving, access, vec_last(&access->gaps));
        take(weaving, access);
    }
    vec_release(&order);
}
