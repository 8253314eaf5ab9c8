// Searching for code. In: a pattern from the command line. Out: its matches, or why there are none. Loads
// no rules and resolves no names.
#include "cli/search.h"

#include "cli/languages.h"
#include "cli/output.h"
#include "report/search.h"

// A pattern is a file of its own, for messages.
static void make_matcher(CodeSearch *search, const char *name, Str text, Matcher *matcher) {
    FileId file = sources_add_auxiliary(&search->run->sources, str_from(name), text);
    *matcher = (Matcher){.kind = MATCHER_PATTERN, .text = text, .span = {file, 0, (uint32_t)text.length}};
}

static void make_rule(CodeSearch *search, const Options *options) {
    make_matcher(search, "<pattern>", options->pattern, &search->matcher);
    StrList names = {0};
    pattern_variables(options->pattern, &names);
    if (names.count > PATTERN_VARIABLES_MAX) names.count = PATTERN_VARIABLES_MAX; // the rest match all
    PatternRule *rule = vec_push(&search->rules.list);
    rule->matcher = &search->matcher;
    for (uint32_t i = 0; i < names.count; i++) vec_add(&rule->variables, names.items[i]);
    vec_release(&names);
    if (options->rewrite.length == 0) return;
    make_matcher(search, "<rewrite>", options->rewrite, &search->replaced);
    rule->replaced = &search->replaced;
}

bool search_compile(CodeSearch *search, const Options *options) {
    make_rule(search, options);
    search->program = languages_patterns()->compile(&search->rules, &search->run->sources,
                                                    &search->run->diagnostics);
    return search->program != NULL;
}

void search_free(CodeSearch *search) {
    languages_patterns()->free(search->program);
    pattern_rules_release(&search->rules);
}

static int finish(CodeSearch *search, const Options *options, bool good) {
    run_print_diagnostics(search->run, options);
    if (!output_finish()) good = false;
    int status = run_status(search->run, good, false);
    search_free(search);
    run_release(search->run);
    return status;
}

static void print_matches(const CodeSearch *search, const Options *options,
                          const SearchResult *result) {
    SearchReport report = {&search->run->sources, &search->rules.list.items[0], result};
    if (options->format == FORMAT_JSON) {
        search_write_json(&report, stdout);
    } else {
        bool color = output_color(options->color, stdout);
        pager_start();
        search_write_text(&report, color, stdout);
    }
}

int search_code(const Options *options) {
    Run own = {0}, *run = &own;
    CodeSearch search = {.run = run};
    bool good = sources_load(&options->sources, &run->sources, &run->diagnostics) &&
                search_compile(&search, options);
    if (good) {
        SearchResult result;
        patterns_search(&run->sources, languages_with_patterns(&weft_languages), search.program,
                        options->sources.threads, &result, &run->diagnostics);
        print_matches(&search, options, &result);
        search_release(&result);
    }
    return finish(&search, options, good);
}

// ---- --debug-pattern -----------------------------------------------------------------------------
// Cuts ":LINE" off PLACE; false when it has none.
static bool split_place(Str *place, uint32_t *line) {
    ptrdiff_t colon = str_find_last(*place, ':');
    *line = 0;
    if (colon < 0 || place->length - (size_t)colon < 2 || place->length - (size_t)colon > 9)
        return false;
    for (size_t i = (size_t)colon + 1; i < place->length; i++) {
        if (place->data[i] < '0' || place->data[i] > '9') return false;
        *line = *line * 10 + (uint32_t)(place->data[i] - '0');
    }
    *place = str_slice(*place, 0, (size_t)colon);
    return *line > 0;
}

static bool explain_place(CodeSearch *search, Str path, uint32_t line, StrBuf *out) {
    Run *run = search->run;
    FileId id = sources_find(&run->sources, path);
    const SourceFile *file = source_file(&run->sources, id);
    if (id.index == 0 || file->state != SOURCE_READ || line > file->line_starts.count) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E100, SPAN_NONE,
                       "there is no line %u in '%.*s'", line, STR_ARG(path));
        diagnostic_help(&run->diagnostics, "name a file below the folder that weft works in");
        return false;
    }
    strbuf_addf(out, "\n%.*s:%u:\n", STR_ARG(path), line);
    languages_patterns()->explain(search->program, file, line, out);
    return true;
}

typedef Vec(uint32_t) LineNumbers;

// The arguments are places, not paths to load: their lines go to LINES.
static bool take_places(Options *options, LineNumbers *lines, Diagnostics *diagnostics) {
    bool good = true;
    for (uint32_t i = 0; i < options->sources.paths.count; i++) {
        Str *place = &options->sources.paths.items[i];
        uint32_t line;
        if (!split_place(place, &line)) {
            diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                           "'%.*s' is no place of the form FILE:LINE", STR_ARG(*place));
            good = false;
        }
        vec_add(lines, line);
    }
    return good;
}

int search_debug(Options *options) {
    Run own = {0}, *run = &own;
    CodeSearch search = {.run = run};
    StrBuf out = {0};
    LineNumbers lines = {0};
    bool good = take_places(options, &lines, &run->diagnostics) &&
                sources_load(&options->sources, &run->sources, &run->diagnostics) &&
                search_compile(&search, options);
    if (good) languages_patterns()->show(search.program, &out);
    for (uint32_t i = 0; good && i < lines.count; i++)
        good = explain_place(&search, options->sources.paths.items[i], lines.items[i], &out);
    if (good) fwrite(out.data, 1, out.length, stdout);
    strbuf_release(&out);
    vec_release(&lines);
    return finish(&search, options, good);
}
