// Search and replace: code that matches a pattern becomes other code, with what its metavariables stand for.
// In: a pattern and a rewrite from the command line. Out: a plan like any other, which the journal can take
// back. Loads no rules and resolves no names.
//
//     --pattern '$X.get($KEY, None)' --rewrite '$X.get($KEY)'
#include "cli/rewrite.h"

#include <string.h>

#include "cli/languages.h"
#include "cli/search.h"

// ---- the text ------------------------------------------------------------------------------------
typedef struct Rewriting {
    Run *run;
    const CodeSearch *search;
    Str template;
} Rewriting;

// "$NAME", "$$NAME" or "$$$NAME" at START; false where no metavariable begins. *END is behind it.
static bool next_variable(Str template, size_t from, size_t *start, size_t *end, Str *name) {
    for (size_t i = from; i < template.length; i++) {
        if (template.data[i] != '$') continue;
        size_t first = i;
        while (first < template.length && template.data[first] == '$') first++;
        size_t last = first;
        while (last < template.length) {
            char c = template.data[last];
            if (!((c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'))) break;
            last++;
        }
        *start = i;
        *end = last;
        *name = str_slice(template, first, last);
        if (name->length > 0) return true;
        i = last;
    }
    return false;
}

static bool check_variables(const Rewriting *rewriting) {
    const PatternRule *rule = &rewriting->search->rules.list.items[0];
    size_t start, end = 0;
    for (Str name; next_variable(rewriting->template, end, &start, &end, &name);) {
        if (pattern_variable_index(rule, name) >= 0) continue;
        diagnostic_add(&rewriting->run->diagnostics, DIAGNOSTIC_E410, SPAN_NONE,
                       "the pattern has no metavariable '$%.*s', which the rewrite has",
                       STR_ARG(name));
        return false;
    }
    return true;
}

static const PatternCapture *find_capture(const Rewriting *rewriting, const FileMatches *file,
                                          const PatternMatch *match, Str name) {
    int variable = pattern_variable_index(&rewriting->search->rules.list.items[0], name);
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const PatternCapture *capture = &file->matches.captures.items[match->first_capture + i];
        if (capture->variable == (uint32_t)variable) return capture;
    }
    return NULL;
}

static bool is_one_of(char c, const char *set) { return c != '\0' && strchr(set, c) != NULL; }

// Between commas, brackets and an equals sign any expression may stand.
static bool is_open_place(Str template, size_t start, size_t end) {
    Str before = str_trim(str_slice(template, 0, start));
    Str after = str_trim(str_slice(template, end, template.length));
    char left = before.length > 0 ? before.data[before.length - 1] : '(';
    char right = after.length > 0 ? after.data[0] : ')';
    bool compares = before.length > 1 && is_one_of(before.data[before.length - 2], "=!<>");
    return is_one_of(left, "(,[=:") && !compares && is_one_of(right, "),]:");
}

// A name or a number, of which nothing is asked.
static bool is_word(Str text, char next) {
    for (size_t i = 0; i < text.length; i++)
        if (!str_is_word_byte(text.data[i])) return false;
    return next != '.';
}

// Nothing stands there: the comma beside it goes, too.
static size_t close_list(Str template, size_t end, StrBuf *text) {
    size_t at = end;
    while (at < template.length && template.data[at] == ' ') at++;
    if (at < template.length && template.data[at] == ',') {
        at++;
        while (at < template.length && template.data[at] == ' ') at++;
        return at;
    }
    while (text->length > 0 && is_one_of(text->data[text->length - 1], " ,")) text->length--;
    return end;
}

static void add_replacement(const Rewriting *rewriting, const FileMatches *file, Str source,
                            const PatternMatch *match, StrBuf *text) {
    Str template = rewriting->template, name;
    size_t done = 0, start, end = 0;
    bool loose = match->loose && !is_open_place(source, match->start, match->end);
    if (loose) strbuf_add_char(text, '(');
    while (next_variable(template, end, &start, &end, &name)) {
        strbuf_add(text, str_slice(template, done, start));
        done = end;
        const PatternCapture *capture = find_capture(rewriting, file, match, name);
        if (capture == NULL) continue; // an alternative of the pattern does without it
        if (capture->start == capture->end) {
            done = end = close_list(template, end, text);
            continue;
        }
        Str code = str_slice(source, capture->start, capture->end);
        char next = end < template.length ? template.data[end] : '\0';
        bool wrap = !capture->tight && !capture->many && !is_word(code, next) &&
                    !is_open_place(template, start, end);
        if (wrap) strbuf_add_char(text, '(');
        strbuf_add(text, code);
        if (wrap) strbuf_add_char(text, ')');
    }
    strbuf_add(text, str_slice(template, done, template.length));
    if (loose) strbuf_add_char(text, ')');
}

// ---- the plan ------------------------------------------------------------------------------------

// Of matches in each other the outer one is taken; a second run finds the inner one.
static void add_edits(const Rewriting *rewriting, const FileMatches *file) {
    const SourceFile *source = source_file(&rewriting->run->sources, file->file);
    uint32_t end = 0;
    StrBuf text = {0};
    for (uint32_t i = 0; i < file->matches.list.count; i++) {
        const PatternMatch *match = &file->matches.list.items[i];
        if (match->start < end || match->replaced) continue;
        end = match->end;
        strbuf_clear(&text);
        add_replacement(rewriting, file, source->text, match, &text);
        if (str_equal(strbuf_str(&text), str_slice(source->text, match->start, match->end)))
            continue;
        edits_add(&rewriting->run->plan.edits, (Edit){.file = file->file,
                                                      .start = match->start,
                                                      .end = match->end,
                                                      .text = strbuf_str(&text),
                                                      .family = STR("rewrite"),
                                                      .safety = SAFETY_REVIEW,
                                                      .owner = STR("rewrite of a pattern")});
    }
    strbuf_release(&text);
}

// What is written must parse: the rewrite was looked at by itself, and not where it stands now.
static bool check_texts(Run *run, const Options *options) {
    Sources sources = {0};
    Facts facts = {0};
    Diagnostics said = {0};
    for (uint32_t i = 0; i < run->plan.files.count; i++)
        sources_add_memory(&sources, run->plan.files.items[i].path, run->plan.files.items[i].after,
                           &said);
    languages_load(&sources, NULL, NULL, options->sources.threads, false, &facts, &said);
    bool good = said.error_count == 0;
    for (uint32_t i = 0; i < said.list.count; i++) {
        const Diagnostic *fault = &said.list.items[i];
        if (fault->severity != SEVERITY_ERROR) continue;
        const SourceFile *file = source_file(&sources, fault->span.file);
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E501, SPAN_NONE,
                       "the new text of '%.*s' would not parse at its line %u", STR_ARG(file->path),
                       source_line_column(file, fault->span.start).line);
        diagnostic_help(
            &run->diagnostics,
            "correct the rewrite, or leave the file out with --exclude; nothing was written");
    }
    facts_release(&facts);
    sources_release(&sources);
    diagnostics_release(&said);
    return good;
}

static bool make_plan(Rewriting *rewriting, const Options *options) {
    Run *run = rewriting->run;
    SearchResult result;
    uint32_t errors = run->diagnostics.error_count;
    patterns_search(&run->sources, languages_with_patterns(&weft_languages),
                    rewriting->search->program, options->sources.threads, &result,
                    &run->diagnostics);
    for (uint32_t i = 0; i < result.files.count; i++) add_edits(rewriting, &result.files.items[i]);
    search_release(&result);
    return run->diagnostics.error_count ==
               errors && // a pattern that took too long has missed matches
           edits_finish(&run->plan.edits, &run->sources, NULL, &run->diagnostics) &&
           plan_build(&run->sources, &run->rules, &run->plan, NULL, &run->diagnostics) &&
           check_texts(run, options);
}

bool run_rewrite(Run *run, const Options *options) {
    *run = (Run){0};
    CodeSearch search = {.run = run};
    Rewriting rewriting = {run, &search, options->rewrite};
    bool good = sources_load(&options->sources, &run->sources, &run->diagnostics) &&
                search_compile(&search, options) && check_variables(&rewriting) &&
                make_plan(&rewriting, options);
    search_free(&search);
    return good;
}
