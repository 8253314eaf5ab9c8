// Where a field of a structure is used. In: its name, the marks of the compiler, and the text of files that no unit sees.
// Out: statements that fill it, `p->data = value;`, and every other place that names it.
#include "clang/resolve/field.h"

#include "clang/syntax/token.h"
#include "clang/unit/mark.h"

// Where one is declared: several structures may have that name.
typedef struct Declared {
    FileId file;
    uint32_t at;
} Declared;

typedef struct Search {
    const Facts *facts;
    Str name;
    Vec(Declared) declared;
    FieldUses *uses;
} Search;

// ---- its declaration -------------------------------------------------------------------------------
// Of `void *data;` between the braces of a structure; 0 when nothing of the kind stands there.
static uint32_t find_in(Str text, Str field) {
    Tokens tokens;
    uint32_t found = 0;
    tokens_read(text, &tokens);
    for (uint32_t i = 1; i + 1 < tokens.list.count && !found; i++)
        if (str_equal(token_text(text, &tokens.list.items[i]), field) && token_is(text, &tokens.list.items[i + 1], ";"))
            found = tokens.list.items[i].start;
    tokens_release(&tokens);
    return found;
}

static void find_declarations(Search *search, Str structure) {
    const Facts *facts = search->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        if (!str_equal(facts_name(facts, row->name), structure)) continue;
        const StatementFact *statement = facts_statement(facts, row->statement);
        uint32_t found = find_in(facts_text(facts, row->module, statement->start, statement->end), search->name);
        FileId file = facts_module_file(facts, row->module);
        if (found) vec_add(&search->declared, ((Declared){file, statement->start + found}));
    }
}

// Which of them stands at OFFSET of FILE; 0: none, else 1 and its index.
static uint32_t declared_at(const Search *search, FileId file, uint32_t offset) {
    for (uint32_t i = 0; i < search->declared.count; i++)
        if (search->declared.items[i].file.index == file.index && search->declared.items[i].at == offset) return i + 1;
    return 0;
}

// ---- statements ------------------------------------------------------------------------------------
static bool is_directive(const Token *token) {
    return token->kind >= TOKEN_IF && token->kind <= TOKEN_INCLUDE;
}

// p->data, list[i].data: from the first token of the statement to the name at AT; 0 when more than that stands there, or
// when the statement is the only one of an `if`.
static uint32_t find_first(Str text, const TokenList *list, uint32_t at) {
    uint32_t first = at;
    while (first > 0) {
        const Token *before = &list->items[first - 1];
        bool part = (before->kind == TOKEN_NAME && !token_is_keyword(token_text(text, before))) ||
                    before->kind == TOKEN_NUMBER || token_is(text, before, "->") || token_is(text, before, ".") ||
                    token_is(text, before, "[") || token_is(text, before, "]");
        if (!part) break;
        first--;
    }
    uint32_t before = first;
    while (before > 0 && is_directive(&list->items[before - 1])) before--;
    bool begins = before > 0 && (token_is(text, &list->items[before - 1], ";") ||
                                 token_is(text, &list->items[before - 1], "{") ||
                                 token_is(text, &list->items[before - 1], "}"));
    return begins && first < at ? first : 0;
}

// The `;` behind a value that does nothing but being one; 0 when it does more.
static uint32_t find_end(Str text, const TokenList *list, uint32_t at) {
    for (uint32_t i = at; list->items[i].kind != TOKEN_END && !is_directive(&list->items[i]); i++) {
        const Token *token = &list->items[i];
        bool called = token_is(text, token, "(") && i > at &&
                      (list->items[i - 1].kind == TOKEN_NAME || token_is(text, &list->items[i - 1], ")"));
        if (token_is(text, token, ";")) return i > at ? i : 0;
        if (called || token_is(text, token, "=") || token_is(text, token, "++") || token_is(text, token, "--") ||
            token_is(text, token, ",") || token_is(text, token, "{"))
            return 0;
    }
    return 0;
}

// With the lines that nothing else stands in, and a comment behind it.
static void widen(Str text, FieldUse *use) {
    uint32_t start = use->start, end = use->end;
    while (start > 0 && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t')) start--;
    while (end < text.length && (text.data[end] == ' ' || text.data[end] == '\t')) end++;
    bool comment = end + 1 < text.length && text.data[end] == '/' &&
                   (text.data[end + 1] == '/' || text.data[end + 1] == '*');
    uint32_t line = end;
    while (line < text.length && text.data[line] != '\n') line++;
    Str behind = str_trim(str_slice(text, end, line));
    bool whole = behind.length == 0 || (comment && (text.data[end + 1] == '/' || str_ends_with(behind, STR("*/"))));
    bool alone = (start == 0 || text.data[start - 1] == '\n') && whole;
    if (alone || end > use->end) use->start = start; // of two blanks in a row one stays
    if (!alone) return;
    use->end = line < text.length ? line + 1 : line;
}

static void add_use(const Search *search, FieldUse use, Str text, const TokenList *list, uint32_t at, bool body) {
    const Token *name = &list->items[at];
    use.start = name->start;
    use.end = name->end;
    uint32_t first = body ? 0 : find_first(text, list, at);
    bool assigned = first > 0 && token_is(text, &list->items[at + 1], "=");
    uint32_t end = assigned ? find_end(text, list, at + 2) : 0;
    if (end > 0) {
        use.fills = true;
        use.start = list->items[first].start;
        use.end = list->items[end].end;
        use.value = list->items[at + 2].start;
        use.value_end = list->items[end - 1].end;
        widen(text, &use);
    }
    vec_add(&search->uses->list, use);
}

// offsetof(type, AT)
static bool is_offset(Str text, const TokenList *list, uint32_t at) {
    uint32_t open = at;
    while (open > 0 && !token_is(text, &list->items[open], "(") && !token_is(text, &list->items[open], ";")) open--;
    return open > 0 && token_names(text, &list->items[open - 1], "offsetof");
}

// What no unit sees is a use when it can be one: a member of something whose type nobody knows.
static bool may_be_use(Str text, const TokenList *list, uint32_t at) {
    if (at == 0) return false;
    const Token *before = &list->items[at - 1];
    return token_is(text, before, "->") || token_is(text, before, ".") || is_offset(text, list, at);
}

static void search_list(const Search *search, FileId file, Str text, const TokenList *list, bool body) {
    for (uint32_t i = 0; i < list->count; i++) {
        const Token *token = &list->items[i];
        if (token->kind != TOKEN_NAME || !str_equal(token_text(text, token), search->name)) continue;
        if (declared_at(search, file, token->start)) continue;
        const MarkFact *mark = marks_find(search->facts, file, token->start);
        uint32_t meant = mark && mark->home.index ? declared_at(search, mark->home, mark->at) : 0;
        FieldUse use = {.file = file, .home = meant ? mark->home : (FileId){0}};
        if (meant || (!mark && may_be_use(text, list, i))) add_use(search, use, text, list, i, body);
    }
}

bool field_find(const Facts *facts, Str structure, Str field, FieldUses *uses) {
    Search search = {.facts = facts, .name = field, .uses = uses};
    find_declarations(&search, structure);
    uint32_t count = search.declared.count > 0 ? facts->sources->files.count : 0;
    for (uint32_t i = 1; i < count; i++) { // also those that are read for their names alone
        const SourceFile *source = &facts->sources->files.items[i];
        if (str_find_word(source->text, field) < 0) continue;
        Tokens tokens;
        tokens_read(source->text, &tokens);
        search_list(&search, (FileId){i}, source->text, &tokens.list, false);
        for (uint32_t k = 0; k < tokens.bodies.count; k++)
            search_list(&search, (FileId){i}, source->text, &tokens.bodies.items[k].tokens, true);
        tokens_release(&tokens);
    }
    bool any = search.declared.count > 0;
    vec_release(&search.declared);
    return any;
}
