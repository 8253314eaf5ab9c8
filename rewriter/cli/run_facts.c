// What all commands ask of the table of languages. In: sources. Out: facts.
#include "cli/languages.h"

#include "base/bug.h"
#include "program/program.h"

void languages_load(Sources *sources, const Rules *rules, const PatternProgram *patterns,
                    unsigned threads, Facts *facts, Diagnostics *diagnostics) {
    FactsInput input = {.sources = sources,
                        .languages = &weft_languages,
                        .patterns = patterns,
                        .threads = threads,
                        .declare = rules ? program_declare : NULL,
                        .context = rules};
    facts_load(&input, facts, diagnostics);
}

SourceKind languages_beside(Str path) {
    SourceKind kind = SOURCE_CODE;
    for (uint32_t i = 0; i < weft_languages.count && kind == SOURCE_CODE; i++)
        if (weft_languages.list[i]->beside) kind = weft_languages.list[i]->beside(path);
    return kind;
}

void languages_embed(Sources *sources) {
    for (uint32_t i = 0; i < weft_languages.count; i++) facts_embed(sources, weft_languages.list[i]);
}

bool languages_accept(Str path) { return languages_find(&weft_languages, path) != NULL; }

const LanguagePatterns *languages_patterns(void) {
    const Language *language = languages_with_patterns(&weft_languages);
    BUG_UNLESS(language != NULL);
    return language->patterns;
}
