// Whether a text of the request means something where it goes. In: code, and a scope. Out: the first name in it that is
// bound there by nothing, is none of the language, and begins no name of a module that the tree has or imports:
//
//     request.tenant, in a function without `request`, would become an import of a module that is not there
#include "facts/language.h"
#include "program/name.h"
#include "solve/signature/spread.h"

static bool is_word(Str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(word, list[i])) return true;
    return false;
}

static bool is_keyword(Str word) {
    static const char *const words[] = {"and", "or",    "not",   "in",   "is",    "if",   "else",
                                        "for", "await", "async", "None", "True",  "False", "lambda"};
    return is_word(word, words, sizeof words / sizeof *words);
}

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

static size_t word_end(Str text, size_t at, bool dots) {
    while (at < text.length && (str_is_word_byte(text.data[at]) || (dots && text.data[at] == '.'))) at++;
    return at;
}

static size_t literal_end(Str text, size_t at) {
    char quote = text.data[at++];
    while (at < text.length && text.data[at] != quote) at += text.data[at] == '\\' ? 2 : 1;
    return at < text.length ? at + 1 : text.length;
}

// f(name=1): no name of the place.
static bool is_argument_name(Str text, size_t end) {
    while (end < text.length && text.data[end] == ' ') end++;
    return end + 1 < text.length && text.data[end] == '=' && text.data[end + 1] != '=';
}

static bool binds_names_itself(Str text) {
    return str_find_word(text, STR("lambda")) >= 0 || str_find_word(text, STR("for")) >= 0 ||
           str_find_str(text, STR(":=")) >= 0;
}

Str spread_unknown_name(const Spread *spread, ScopeId scope, Str text) {
    const Program *program = spread->program;
    const Language *language = program_module(program, program_scope(program, scope)->module)->language;
    size_t at = 0;
    if (binds_names_itself(text)) return STR_NONE;
    while (at < text.length) {
        char c = text.data[at];
        size_t end = at + 1;
        if (c == '"' || c == '\'') {
            end = literal_end(text, at);
        } else if (str_is_word_byte(c)) {
            end = word_end(text, at, false);
            Str word = str_slice(text, at, end), dotted = str_slice(text, at, word_end(text, at, true));
            bool name = !(c >= '0' && c <= '9') && (at == 0 || text.data[at - 1] != '.') && !is_keyword(word) &&
                        !is_argument_name(text, end);
            bool prefix = end < text.length && (text.data[end] == '"' || text.data[end] == '\'');
            if (name && !prefix && !is_bound(program, scope, word) && !language->is_builtin(word) &&
                !begins_module(program, word, dotted))
                return word;
        }
        at = end;
    }
    return STR_NONE;
}
