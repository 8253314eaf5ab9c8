// Initialisers in branches that no unit compiles. In: names of functions at the top level of a file that the compiler
// says nothing of. Out: for each one the field that it is a value of, as far as the text of the structure says which.
//
//     #ifdef BENCHMARK
//     static const struct type kind = { hash, .compare = by_text };
//     #endif
#include "clang/resolve/unseen_value.h"

#include "clang/syntax/token.h"
#include "facts/stretch.h"

// The way to an element of nested lists: NAME of `.name =`, else the INDEX, of the innermost one.
typedef struct Way {
    uint32_t depth, index;
    Str name;
} Way;

static bool is_directive(const Token *token) {
    return token->kind >= TOKEN_IF && token->kind <= TOKEN_INCLUDE;
}

static bool is(Str text, const TokenList *list, uint32_t at, const char *sign) {
    return token_is(text, &list->items[at], sign);
}

// ---- the initialiser -------------------------------------------------------------------------------
// f, &f: the whole element.
static bool is_whole(Str text, const TokenList *list, uint32_t at) {
    uint32_t first = at > 0 && is(text, list, at - 1, "&") ? at - 1 : at;
    bool begins = first > 0 && (is(text, list, first - 1, ",") || is(text, list, first - 1, "{") ||
                                is(text, list, first - 1, "="));
    return begins && (is(text, list, at + 1, ",") || is(text, list, at + 1, "}"));
}

// Follows the lists that open at OPEN to the token AT.
static bool find_way(Str text, const TokenList *list, uint32_t open, uint32_t at, Way *way) {
    Way stack[8] = {{0}};
    uint32_t depth = 0, brackets = 0;
    for (uint32_t i = open; i < at; i++) {
        const Token *token = &list->items[i];
        if (is_directive(token)) return false; // one of two lists
        if (token_is(text, token, "(")) brackets++;
        if (token_is(text, token, ")")) brackets--;
        if (token_is(text, token, "{") && ++depth == 8) return false;
        if (token_is(text, token, "{")) stack[depth] = (Way){depth, 0, STR_NONE};
        if (token_is(text, token, "}")) depth--;
        if (depth == 0 || brackets > 0) continue;
        if (token_is(text, token, ",")) {
            stack[depth].index++;
            if (stack[depth].name.length > 0) stack[depth].index = UINT32_MAX / 2; // behind a named one nobody counts
            stack[depth].name = STR_NONE;
        }
        bool named = list->items[i + 1].kind == TOKEN_NAME && is(text, list, i + 2, "=");
        bool names = token_is(text, token, ".") && named;
        if (names) stack[depth].name = token_text(text, &list->items[i + 1]);
    }
    *way = stack[depth];
    return depth > 0;
}

// TYPE name = {, struct TYPE name[] = {: the type, and how deep in lists its fields stand.
static bool read_head(Str text, const TokenList *list, Str *type, uint32_t *open, uint32_t *depth) {
    uint32_t equal = 0;
    while (equal < list->count && !is(text, list, equal, "=")) equal++;
    uint32_t name = equal;
    *depth = 1;
    while (name > 0 && is(text, list, name - 1, "]")) {
        while (name > 0 && !is(text, list, name, "[")) name--;
        (*depth)++;
    }
    bool good = name > 1 && equal + 1 < list->count && is(text, list, equal + 1, "{") &&
                list->items[name - 1].kind == TOKEN_NAME && list->items[name - 2].kind == TOKEN_NAME;
    if (good) *type = token_text(text, &list->items[name - 2]);
    *open = equal + 1;
    return good;
}

// ---- the structure ---------------------------------------------------------------------------------
// The name that a member from FIRST to its `;` declares; 0 when that is not plain.
static uint32_t name_of_member(Str text, const TokenList *list, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        bool plain = !is_directive(&list->items[i]) && !is(text, list, i, "{") && !is(text, list, i, ":");
        if (!plain) return 0;
        bool pointer = is(text, list, i, "(") && is(text, list, i + 1, "*") &&
                       list->items[i + 2].kind == TOKEN_NAME;
        if (pointer) return i + 2;
        if (is(text, list, i, ",")) return 0;
    }
    while (end > first && is(text, list, end - 1, "]"))
        while (end > first && !is(text, list, --end, "[")) continue;
    return end > first && list->items[end - 1].kind == TOKEN_NAME ? end - 1 : 0;
}

// The offset of the name of the field that WAY leads to, and of its type where a name stands alone before it; false
// when the text does not say.
static bool find_field(Str text, const Way *way, uint32_t *offset, Str *type) {
    Tokens tokens;
    bool found = false, good = true;
    tokens_read(text, &tokens);
    const TokenList *list = &tokens.list;
    uint32_t at = 0, index = 0;
    while (at < list->count && !is(text, list, at, "{")) at++;
    for (at++; good && !found && at < list->count && !is(text, list, at, "}"); at++) {
        uint32_t end = at;
        while (end < list->count && !is(text, list, end, ";")) end++;
        uint32_t name = end < list->count ? name_of_member(text, list, at, end) : 0;
        good = name > 0;
        bool named = good && way->name.length > 0;
        found = named ? str_equal(token_text(text, &list->items[name]), way->name) : good && index == way->index;
        if (found) *offset = list->items[name].start;
        *type = found && name == at + 1 ? token_text(text, &list->items[at]) : STR_NONE;
        index++;
        at = end;
    }
    tokens_release(&tokens);
    return found;
}

// typedef int (*TYPE)(int): the row that says the parameters.
static FunctionId find_typedef(const Facts *facts, Str type) {
    Name name = intern_find(facts->names, type);
    for (uint32_t i = 1; name.index && i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!(row->flags & FUNCTION_POINTER) || !name_equal(row->name, name)) continue;
        uint32_t start = facts_statement(facts, row->statement)->start;
        Str before = facts_text(facts, row->module, start, row->name_start > start ? row->name_start : start);
        if (str_starts_with(before, STR("typedef")) && str_find(before, '{') < 0) return (FunctionId){i};
    }
    return FACT_NONE(FunctionId);
}

// The declarations of a name, with those of files that a file includes before others.
typedef struct Nearest {
    const Facts *facts;
    Map asked; // modules
    Vec(ModuleId) modules;
} Nearest;

static void ask(Nearest *nearest, ModuleId module) {
    uint32_t known = 0;
    if (!fact_is(module) || map_get(&nearest->asked, map_key(0, module.index), &known)) return;
    map_put(&nearest->asked, map_key(0, module.index), 1);
    vec_add(&nearest->modules, module);
}

static void ask_included(Nearest *nearest, ModuleId module) {
    Stretch imports = facts_imports_of(nearest->facts, module);
    for (uint32_t i = imports.first; i < imports.end; i++) ask(nearest, nearest->facts->imports.items[i].target);
}

// Two programs of a tree may have a structure of one name each.
static ClassId find_structure(const Facts *facts, ModuleId module, Name name) {
    Map declared = {0}; // module -> class with a body
    uint32_t count = 0, found = 0;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        const StatementFact *statement = facts_statement(facts, row->statement);
        if (!name_equal(row->name, name)) continue;
        if (str_find(facts_text(facts, row->module, statement->start, statement->end), '{') < 0) continue;
        uint32_t known = 0;
        count += !map_get(&declared, map_key(0, row->module.index), &known);
        map_put(&declared, map_key(0, row->module.index), i);
        found = i;
    }
    Nearest nearest = {.facts = facts};
    ask(&nearest, module);
    for (uint32_t i = 0; count > 1 && i < nearest.modules.count; i++) {
        ask_included(&nearest, nearest.modules.items[i]);
        if (map_get(&declared, map_key(0, nearest.modules.items[i].index), &found)) count = 1;
    }
    map_release(&declared);
    map_release(&nearest.asked);
    vec_release(&nearest.modules);
    return (ClassId){count == 1 ? found : 0};
}

static FunctionId pointer_of(const Names *names, ModuleId module, Str structure, const Way *way) {
    const Facts *facts = names->facts;
    uint32_t offset = 0, row = 0;
    Str type = STR_NONE;
    Name name = intern_find(facts->names, structure);
    ClassId klass = name.index ? find_structure(facts, module, name) : FACT_NONE(ClassId);
    if (!fact_is(klass)) return FACT_NONE(FunctionId);
    const ClassFact *fact = facts_class(facts, klass);
    const StatementFact *statement = facts_statement(facts, fact->statement);
    Str text = facts_text(facts, fact->module, statement->start, statement->end);
    if (!find_field(text, way, &offset, &type)) return FACT_NONE(FunctionId);
    FileId file = facts_module_file(facts, fact->module);
    if (map_get(&names->rows, map_key(file.index, statement->start + offset), &row)) return (FunctionId){row};
    return type.length > 0 ? find_typedef(facts, type) : FACT_NONE(FunctionId);
}

// ---- one name --------------------------------------------------------------------------------------
FunctionId unseen_pointer_of(const Names *names, ExprId id) {
    const Facts *facts = names->facts;
    const ExprFact *expr = facts_expr(facts, id);
    const StatementFact *statement = facts_statement(facts, expr->statement);
    ModuleId module = facts_scope(facts, expr->scope)->module;
    Str text = facts_text(facts, module, statement->start, statement->end), type;
    uint32_t open, depth, at = 0;
    FunctionId found = FACT_NONE(FunctionId);
    Tokens tokens;
    tokens_read(text, &tokens);
    while (at < tokens.list.count && tokens.list.items[at].start + statement->start != expr->start) at++;
    Way way;
    if (at + 1 < tokens.list.count && is_whole(text, &tokens.list, at) &&
        read_head(text, &tokens.list, &type, &open, &depth) && find_way(text, &tokens.list, open, at, &way) &&
        way.depth == depth)
        found = pointer_of(names, module, type, &way);
    tokens_release(&tokens);
    return found;
}
