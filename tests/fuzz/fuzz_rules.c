// Any bytes as a rule file, then its patterns: must neither crash nor leak, and must say why when it
// refuses.
#include "limit.h"

#include "python/python.h"
#include "rule/expression.h"
#include "rule/load.h"

static const Language *const LIST[] = {&language_python};
static const Languages LANGUAGES = {LIST, 1};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_spans(const Sources *sources, const Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        Span span = diagnostics->list.items[i].span;
        if (span.file.index == 0) continue;
        const SourceFile *file = source_file(sources, span.file);
        if (span.start > span.end || span.end > file->text.length) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    Rules rules = {0};
    Str text = {(const char *)data, size};
    bool good = rules_load_text(&sources, STR("fuzz.yml"), text, &rules, &diagnostics);
    if (good != (diagnostics.error_count == 0)) abort();
    if (good && rules_check_expressions(&rules, &LANGUAGES, &diagnostics)) {
        PatternProgram *program =
            language_python.patterns->compile(&rules.patterns, &sources, &diagnostics);
        if ((program != NULL) != (diagnostics.error_count == 0)) abort();
        language_python.patterns->free(program);
    }
    check_spans(&sources, &diagnostics);
    rules_release(&rules);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
    limit_check(start);
    return 0;
}
