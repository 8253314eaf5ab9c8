// void *privdata -> struct dict *d. In: a parameter. Out: whether it is a pointer to anything; the edits that make it one
// to something. White space, stars and comments stay.
#include "clang/syntax/token.h"
#include "clang/write/write.h"

// The token of `void`, and that of the name behind the star; 0: none. False when it is more than that.
static bool read_void(Str text, const TokenList *list, uint32_t *type, uint32_t *name) {
    uint32_t at = 0;
    while (at < list->count && (token_names(text, &list->items[at], "register"))) at++;
    *type = at;
    *name = 0;
    if (!token_names(text, &list->items[at], "void") || !token_is(text, &list->items[at + 1], "*")) return false;
    if (list->items[at + 2].kind == TOKEN_NAME) *name = at + 2;
    return list->items[*name ? at + 3 : at + 2].kind == TOKEN_END;
}

static Str text_of(const Facts *facts, const ParameterFact *parameter) {
    ModuleId module = facts_function(facts, parameter->function)->module;
    return facts_text(facts, module, parameter->start, parameter->end);
}

bool retype_is_untyped(const Facts *facts, ParameterId id) {
    Str text = text_of(facts, facts_parameter(facts, id));
    Tokens tokens;
    uint32_t type, name;
    tokens_read(text, &tokens);
    bool found = tokens.list.count > 2 && read_void(text, &tokens.list, &type, &name);
    tokens_release(&tokens);
    return found;
}

void retype_parameter(const Facts *facts, ParameterId id, Str type, Str name, TextEdits *out) {
    const ParameterFact *parameter = facts_parameter(facts, id);
    FileId file = facts_module_file(facts, facts_function(facts, parameter->function)->module);
    Str text = text_of(facts, parameter), base = str_trim(str_slice(type, 0, type.length - 1));
    Tokens tokens;
    uint32_t type_at = 0, name_at = 0;
    tokens_read(text, &tokens);
    read_void(text, &tokens.list, &type_at, &name_at);
    const Token *word = &tokens.list.items[type_at], *named = &tokens.list.items[name_at];
    vec_add(&out->list, ((TextEdit){file, parameter->start + word->start, parameter->start + word->end,
                                    arena_copy(out->arena, base)}));
    if (name_at > 0 && !str_equal(token_text(text, named), name))
        vec_add(&out->list, ((TextEdit){file, parameter->start + named->start, parameter->start + named->end, name}));
    tokens_release(&tokens);
}
