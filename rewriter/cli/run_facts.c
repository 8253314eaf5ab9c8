// What all commands ask of the table of languages. In: sources. Out: facts.
#include "cli/languages.h"

#include "base/bug.h"
#include "base/profile.h"
#include "program/program.h"

// Of the run that this thread makes: tests of packs are runs side by side, and each rule file says its language.
static _Thread_local const Language *chosen_list[8];
static _Thread_local Languages chosen;

bool languages_choose(Str name) {
    const Language *named = name.length ? languages_named(&weft_languages, name) : NULL;
    if (name.length && !named) return false;
    chosen = (Languages){chosen_list, 0};
    for (uint32_t i = 0; i < weft_languages.count; i++) {
        const Language *language = weft_languages.list[i];
        bool reads = named && named->by_rule ? language == named : !language->by_rule;
        BUG_UNLESS(chosen.count < sizeof chosen_list / sizeof *chosen_list);
        if (reads) chosen_list[chosen.count++] = language;
    }
    return true;
}

const Languages *languages_chosen(void) {
    if (!chosen.list) languages_choose(STR_NONE);
    return &chosen;
}

void languages_load(Sources *sources, const Rules *rules, const PatternProgram *patterns,
                    unsigned threads, bool uncompiled, Facts *facts, Diagnostics *diagnostics) {
    FactsInput input = {.sources = sources,
                        .languages = languages_chosen(),
                        .patterns = patterns,
                        .threads = threads,
                        .uncompiled = uncompiled || !rules, // who has no rules yet need not have built the tree
                        .databases = rules ? rules->compile_databases.items : NULL,
                        .database_count = rules ? rules->compile_databases.count : 0,
                        .declare = rules ? program_declare : NULL,
                        .context = rules};
    facts_load(&input, facts, diagnostics);
}

SourceKind languages_beside(Str path) {
    SourceKind kind = SOURCE_CODE;
    const Languages *languages = languages_chosen();
    for (uint32_t i = 0; i < languages->count && kind == SOURCE_CODE; i++)
        if (languages->list[i]->beside) kind = languages->list[i]->beside(path);
    return kind;
}

void languages_embed(Sources *sources) {
    const Languages *languages = languages_chosen();
    for (uint32_t i = 0; i < languages->count; i++) facts_embed(sources, languages->list[i]);
}

void languages_add_compiled(Sources *sources, const Rules *rules) {
    const Languages *languages = languages_chosen();
    CompileInput input = {.databases = rules->compile_databases.items,
                          .database_count = rules->compile_databases.count};
    for (uint32_t i = 0; i < languages->count; i++)
        if (languages->list[i]->add_compiled) languages->list[i]->add_compiled(sources, &input);
}

bool languages_digest_compiled(const Sources *sources, const Rules *rules, StrBuf *out) {
    const Languages *languages = languages_chosen();
    CompileInput input = {.databases = rules->compile_databases.items,
                          .database_count = rules->compile_databases.count};
    bool known = true;
    for (uint32_t i = 0; known && i < languages->count; i++) {
        Digest digest = {{0}};
        if (languages->list[i]->digest_compiled == NULL) continue;
        profile_enter("look up units");
        known = languages->list[i]->digest_compiled(sources, &input, &digest);
        profile_leave();
        strbuf_add(out, (Str){(const char *)digest.bytes, sizeof digest.bytes});
    }
    return known;
}

bool languages_accept(Str path) { return languages_find(languages_chosen(), path) != NULL; }

const LanguagePatterns *languages_patterns(void) {
    const Language *language = languages_with_patterns(&weft_languages);
    BUG_UNLESS(language != NULL);
    return language->patterns;
}
