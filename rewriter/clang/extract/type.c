// Types as declarations say them. In: a parameter, or a function. Out: the words and signs of its type, or of what it gives
// back, in one form of writing: without names, and without what says nothing to callers (static, inline, attributes).
#include "clang/extract/type.h"

#include "clang/syntax/token.h"

static bool says_nothing(Str word) {
    static const char *const words[] = {"extern", "static", "inline", "__inline", "__inline__", "register", "restrict",
                                        "__restrict", "_Noreturn", "__extension__"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i])) return true;
    return false;
}

// The token of the name NAME in a declaration: in brackets, (*name)(int), or the last one outside of them; else END.
static uint32_t find_name(Str text, const TokenList *list, Str name) {
    uint32_t depth = 0, found = list->count;
    for (uint32_t i = 0; i < list->count && name.length > 0; i++) {
        const Token *token = &list->items[i];
        bool named = token->kind == TOKEN_NAME && str_equal(token_text(text, token), name);
        if (token->sign == '(' && token->kind == TOKEN_SIGN) depth++;
        if (token->sign == ')' && token->kind == TOKEN_SIGN && depth > 0) depth--;
        if (named && depth == 1 && i > 0 && token_is(text, &list->items[i - 1], "*")) return i;
        if (named && depth == 0) found = i;
    }
    return found;
}

static uint32_t skip_brackets(Str text, const TokenList *list, uint32_t at) {
    uint32_t depth = 0;
    for (uint32_t i = at + 1; i < list->count; i++) {
        if (token_is(text, &list->items[i], "(")) depth++;
        if (token_is(text, &list->items[i], ")")) depth--;
        if (depth == 0) return i;
    }
    return list->count - 1;
}

// char *const *, int (*)(int, long): as most people write it.
static bool is_apart(Str before, Str word) {
    bool named = str_is_word_byte(before.data[before.length - 1]);
    bool names = str_is_word_byte(word.data[0]) || str_is(word, "*") || str_is(word, "...");
    return (named && names) || str_is(before, ",");
}

static Str words_of(Arena *arena, Str text, Str name, Str mark) {
    Tokens tokens;
    StrBuf out = {0};
    Str last = STR_NONE;
    tokens_read(text, &tokens);
    uint32_t named = find_name(text, &tokens.list, name);
    for (uint32_t i = 0; i < tokens.list.count; i++) {
        const Token *token = &tokens.list.items[i];
        Str word = token_text(text, token);
        bool attribute = token->kind == TOKEN_NAME && str_is(word, "__attribute__");
        if (attribute) i = skip_brackets(text, &tokens.list, i);
        bool shown = token->kind == TOKEN_NAME || token->kind == TOKEN_SIGN || token->kind == TOKEN_NUMBER;
        bool marks = mark.length > 0 && str_equal(word, mark);
        if (attribute || !shown || i == named || marks || says_nothing(word)) continue;
        strbuf_addf(&out, "%s%.*s", last.length > 0 && is_apart(last, word) ? " " : "", STR_ARG(word));
        last = word;
    }
    Str all = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    tokens_release(&tokens);
    return all;
}

Str type_of_parameter(Arena *arena, const Facts *facts, ParameterId id) {
    const ParameterFact *row = facts_parameter(facts, id);
    const FunctionFact *function = facts_function(facts, row->function);
    if (function->flags & FUNCTION_MACRO) return STR_NONE; // it takes anything
    Str text = facts_text(facts, function->module, row->start, row->end);
    return words_of(arena, text, facts_name(facts, row->name), facts_name(facts, row->mark));
}

Str type_of_result(Arena *arena, const Facts *facts, FunctionId id) {
    const FunctionFact *function = facts_function(facts, id);
    if (function->flags & (FUNCTION_MACRO | FUNCTION_POINTER)) return STR_NONE;
    return words_of(arena, facts_text(facts, function->module, function->start, function->name_start), STR_NONE, STR_NONE);
}

bool type_is_named(const Facts *facts, FunctionId id) {
    const FunctionFact *function = facts_function(facts, id);
    if (!fact_is(function->statement)) return false;
    const StatementFact *statement = facts_statement(facts, function->statement);
    Str before = facts_text(facts, function->module, statement->start, function->name_start);
    return str_starts_with(before, STR("typedef")) && str_find(before, '{') < 0 && function->close > function->open;
}
