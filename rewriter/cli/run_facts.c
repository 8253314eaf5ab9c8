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

bool languages_accept(Str path) { return languages_find(&weft_languages, path) != NULL; }

const LanguagePatterns *languages_patterns(void) {
    const Language *language = languages_with_patterns(&weft_languages);
    BUG_UNLESS(language != NULL);
    return language->patterns;
}
