// Whether a text of the request means something where it goes. In: code, and a scope. Out: the first name in it that is
// bound there by nothing, is none of the language, and begins no name of a module that the tree has or imports:
//
//     request.tenant, in a function without `request`, would become an import of a module that is not there
#include "facts/language.h"
#include "program/name.h"
#include "solve/signature/spread.h"

static bool is_bound(const Program *program, ScopeId scope, Str word) {
    Name name = intern_find(program->facts->names, word);
    bool in_function = false;
    for (; name.index && fact_is(scope); scope = program_scope(program, scope)->parent) {
        const ScopeFact *row = program_scope(program, scope);
        if (row->kind == SCOPE_CLASS && in_function) continue;
        in_function = in_function || row->kind == SCOPE_FUNCTION;
        if (fact_is(program_symbol_in(program, scope, name))) return true;
    }
    return false;
}

// "app" of app.store.load: a module of the tree, a package of one, or something that it imports.
static bool begins_module(const Program *program, Str word, Str dotted) {
    ptrdiff_t dot = str_find_last(dotted, '.');
    if (dot < 0) return false;
    if (program_defines(program, dotted) || fact_is(program_find_module(program, str_slice(dotted, 0, (size_t)dot))))
        return true;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        Str path = program_name(program, program_import(program, (ImportId){i})->dotted);
        bool same = str_starts_with(path, word) && (path.length == word.length || path.data[word.length] == '.');
        if (same) return true;
    }
    return false;
}

static Str first_word(Str dotted) {
    ptrdiff_t dot = str_find(dotted, '.');
    return dot < 0 ? dotted : str_slice(dotted, 0, (size_t)dot);
}

Str spread_unknown_name(const Spread *spread, ScopeId scope, Str text) {
    const Program *program = spread->program;
    const Language *language = program_module(program, program_scope(program, scope)->module)->language;
    size_t at = 0;
    if (!language->next_name) return STR_NONE;
    for (Str dotted; (dotted = language->next_name(text, &at)).length > 0;) {
        Str word = first_word(dotted);
        if (!is_bound(program, scope, word) && !language->is_builtin(word) && !begins_module(program, word, dotted))
            return word;
    }
    return STR_NONE;
}
