// A tree in several languages to one set of tables. In: the readable files, the front ends. Out: facts,
// extracted and resolved. A front end never sees rows of another one: the tables are joined last.
#include "facts/language.h"

#include "base/profile.h"

const Language *languages_named(const Languages *languages, Str name) {
    for (uint32_t i = 0; i < languages->count; i++)
        if (str_is(name, languages->list[i]->name)) return languages->list[i];
    return NULL;
}

const Language *languages_find(const Languages *languages, Str path) {
    for (uint32_t i = 0; i < languages->count; i++)
        if (languages->list[i]->accepts(path)) return languages->list[i];
    return NULL;
}

const Language *languages_with_patterns(const Languages *languages) {
    for (uint32_t i = 0; i < languages->count; i++)
        if (languages->list[i]->patterns) return languages->list[i];
    return NULL;
}

uint32_t facts_name_flags(const Facts *facts, ModuleId module, Name name) {
    const Language *language = facts_module(facts, module)->language;
    return language && language->name_flags ? language->name_flags(facts_name(facts, name)) : 0;
}

typedef struct Declaring {
    const FactsInput *input;
    Facts *facts;
} Declaring;

static void declare(void *data) {
    const Declaring *declaring = data;
    declaring->input->declare(declaring->facts, declaring->input->context);
}

static void load_one(const FactsInput *input, const Language *language, Facts *facts,
                     Diagnostics *diagnostics) {
    bool matched = language == languages_with_patterns(input->languages);
    profile_enter("extract");
    facts_extract(input->sources, language, matched ? input->patterns : NULL, input->threads, facts,
                  diagnostics);
    profile_leave();
    CompileInput compile = {input->databases, input->database_count, input->threads};
    if (language->compile && facts->modules.count > 1 && !input->uncompiled) {
        profile_enter("compile");
        language->compile(facts, &compile, diagnostics);
        profile_leave();
    }
    Declaring declaring = {input, facts};
    profile_enter("resolve");
    language->resolve(facts, input->declare ? declare : NULL, &declaring);
    profile_leave();
}

void facts_load(const FactsInput *input, Facts *facts, Diagnostics *diagnostics) {
    load_one(input, input->languages->list[0], facts, diagnostics);
    for (uint32_t i = 1; i < input->languages->count; i++) {
        Facts other;
        load_one(input, input->languages->list[i], &other, diagnostics);
        if (other.modules.count > 1 && facts->modules.count > 1) {
            facts_merge(facts, &other);
        } else if (other.modules.count > 1) { // nothing to join: the usual tree has one language
            facts_release(facts);
            *facts = other;
        } else {
            facts_release(&other);
        }
    }
}
