// Any bytes as a pattern (the first line) and as code that it is matched against (the rest): must neither
// crash nor leak, and what it finds must lie in the code.
#include "limit.h"

#include "python/python.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make_rule(Matcher *matcher, PatternRules *rules) {
    StrList names = {0};
    pattern_variables(matcher->text, &names);
    PatternRule *rule = vec_push(&rules->list);
    rule->matcher = matcher;
    for (uint32_t i = 0; i < names.count && i < PATTERN_VARIABLES_MAX; i++)
        vec_add(&rule->variables, names.items[i]);
    vec_release(&names);
}

static void check_matches(const PatternMatches *matches, const SourceFile *file) {
    for (uint32_t i = 0; i < matches->list.count; i++) {
        const PatternMatch *match = &matches->list.items[i];
        if (match->start > match->end || match->end > file->text.length) abort();
    }
    for (uint32_t i = 0; i < matches->captures.count; i++) {
        const PatternCapture *capture = &matches->captures.items[i];
        if (capture->start > capture->end || capture->end > file->text.length) abort();
    }
}

static void search(const PatternProgram *program, const Sources *sources, FileId id) {
    const SourceFile *file = source_file(sources, id);
    PatternMatches matches = {0};
    StrBuf text = {0};
    language_python.patterns->search(program, file, id, &matches);
    check_matches(&matches, file);
    language_python.patterns->show(program, &text);
    // It parses the code again, which takes most of the time: every fourth will do.
    if (file->text.length % 4 == 0) language_python.patterns->explain(program, file, 1, &text);
    strbuf_release(&text);
    pattern_matches_release(&matches);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    PatternRules rules = {0};
    Str input = {(const char *)data, size};
    ptrdiff_t end = str_find(input, '\n');
    size_t split = end < 0 ? size : (size_t)end;
    Matcher matcher = {.kind = MATCHER_PATTERN, .text = str_slice(input, 0, split)};
    matcher.strictness = (Strictness)(size % (STRICTNESS_SIGNATURE + 1));
    make_rule(&matcher, &rules);
    PatternProgram *program =
        language_python.patterns->compile(&rules, &sources, &diagnostics);
    if ((program != NULL) != (diagnostics.error_count == 0)) abort();
    FileId file = sources_add_memory(&sources, STR("fuzz.py"),
                                     str_slice(input, split + 1, input.length), &diagnostics);
    if (program && source_file(&sources, file)->state == SOURCE_READ)
        search(program, &sources, file);
    language_python.patterns->free(program);
    pattern_rules_release(&rules);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
    limit_check(start);
    return 0;
}
