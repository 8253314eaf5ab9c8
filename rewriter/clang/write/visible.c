// Whether a structure is known where a file declares functions. In: a file and a tag, or the name of a `typedef`. Out: where
// a forward declaration goes; how the type is written there. A structure that is first named in a list of parameters is
// another one, which ends with it; the name of a `typedef` can only be declared together with what it means.
#include <stdlib.h>

#include "base/bug.h"
#include "clang/syntax/token.h"
#include "clang/write/write.h"

typedef struct Search {
    const Facts *facts;
    Str tag;
    Name type;   // of a typedef; none: `tag` is looked for
    ModuleId home; // who asks
    bool *asked; // by ModuleId
} Search;

// The `typedef` NAME of a structure that has a tag, in any file: what its tag is. Empty: there is none, or it has none.
static Str tag_of_typedef(const Facts *facts, Name name) {
    Str prefix = STR("typedef"), word = STR("struct");
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        if (!name_equal(row->name, name) || !fact_is(row->statement)) continue;
        Str text = facts_text(facts, row->module, facts_statement(facts, row->statement)->start, row->name_start);
        if (!str_starts_with(text, prefix)) continue;
        text = str_trim(str_slice(text, prefix.length, text.length));
        if (!str_starts_with(text, word)) continue;
        text = str_trim(str_slice(text, word.length, text.length));
        size_t end = 0;
        while (end < text.length && str_is_word_byte(text.data[end])) end++;
        if (end > 0) return str_slice(text, 0, end);
    }
    return STR_NONE;
}

static bool has_typedef(const Search *search, ModuleId module, uint32_t end) {
    const Facts *facts = search->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        if (fact_same(row->module, module) && name_equal(row->name, search->type) && row->name_start < end) return true;
    }
    return false;
}

// `struct TAG` outside of parentheses, before END: it is declared from there on.
static bool declares(const Search *search, Str text, uint32_t end) {
    Tokens tokens;
    tokens_read(text, &tokens);
    bool found = false;
    uint32_t depth = 0;
    for (uint32_t i = 0; !found && i + 1 < tokens.list.count && tokens.list.items[i].start < end; i++) {
        const Token *token = &tokens.list.items[i], *next = &tokens.list.items[i + 1];
        if (token->sign == '(') depth++;
        if (token->sign == ')' && depth > 0) depth--;
        found = depth == 0 && token_names(text, token, "struct") && next->kind == TOKEN_NAME &&
                str_equal(token_text(text, next), search->tag);
    }
    tokens_release(&tokens);
    return found;
}

static bool is_known_in(Search *search, ModuleId module, uint32_t end);

// Rows of a file follow each other, and files their order: the first of MODULE, or behind where it would be.
uint32_t visible_first_import(const Facts *facts, ModuleId module) {
    uint32_t low = 1, high = facts->imports.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (facts->imports.items[middle].module.index < module.index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool reaches(const Facts *facts, ModuleId module, ModuleId target, bool *asked) {
    if (asked[module.index]) return false;
    asked[module.index] = true;
    for (uint32_t i = visible_first_import(facts, module); i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (!fact_same(row->module, module)) break;
        if (!fact_is(row->target)) continue;
        if (fact_same(row->target, target) || reaches(facts, row->target, target, asked)) return true;
    }
    return false;
}

// Headers that include each other: who begins with that one reads this one before it has declared anything.
static bool comes_back(const Search *search, ModuleId module) {
    if (fact_same(module, search->home)) return false;
    bool *asked = memory_alloc_zeroed(search->facts->modules.count, sizeof *asked);
    bool found = reaches(search->facts, module, search->home, asked);
    free(asked);
    return found;
}

static bool is_included(Search *search, ModuleId module, uint32_t end) {
    const Facts *facts = search->facts;
    for (uint32_t i = visible_first_import(facts, module); i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (!fact_same(row->module, module)) break;
        if (!fact_is(row->target) || row->start >= end) continue;
        if (is_known_in(search, row->target, UINT32_MAX)) return true;
    }
    return false;
}

static bool is_known_in(Search *search, ModuleId module, uint32_t end) {
    if (search->asked[module.index]) return false;
    search->asked[module.index] = true;
    Str text = source_file(search->facts->sources, facts_module_file(search->facts, module))->text;
    bool here = search->type.index ? has_typedef(search, module, end) : declares(search, text, end);
    return (here && !comes_back(search, module)) || is_included(search, module, end);
}

// The first function that the file declares at its top level: what goes before it is known to all of them.
static uint32_t first_function(const Facts *facts, ModuleId module) {
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!fact_same(row->module, module)) continue;
        // A field that points to functions begins with its structure.
        uint32_t start = fact_is(row->statement) ? facts_statement(facts, row->statement)->start : row->start;
        if (start < first) first = start;
    }
    return first;
}

static bool is_comment_line(Str line) {
    line = str_trim(line);
    return str_starts_with(line, STR("/*")) || str_starts_with(line, STR("*")) ||
           str_starts_with(line, STR("//"));
}

// Above the comment that stands above it.
static uint32_t above_comment(const SourceFile *file, uint32_t offset) {
    uint32_t at = source_line_start(file, offset);
    while (at > 0) {
        uint32_t before = source_line_start(file, at - 1);
        if (!is_comment_line(str_slice(file->text, before, at))) break;
        at = before;
    }
    return at;
}

// What another edit has the file include.
static bool is_known_by(Search *search, Str header) {
    const Facts *facts = search->facts;
    for (uint32_t i = 1; header.length > 0 && i < facts->modules.count; i++) {
        Str path = source_file(facts->sources, facts->modules.items[i].file)->path;
        bool same = str_equal(path, header) || (str_ends_with(path, header) && path.length > header.length &&
                                                path.data[path.length - header.length - 1] == '/');
        if (same && is_known_in(search, (ModuleId){i}, UINT32_MAX)) return true;
    }
    return false;
}

bool visible_needs_tag(const Facts *facts, ModuleId module, Str tag, Str header, uint32_t *offset) {
    Search search = {.facts = facts, .tag = tag, .home = module};
    uint32_t first = first_function(facts, module);
    if (first == UINT32_MAX) return false;
    search.asked = memory_alloc_zeroed(facts->modules.count, sizeof *search.asked);
    bool known = is_known_in(&search, module, first) || is_known_by(&search, header);
    free(search.asked);
    if (known) return false;
    *offset = above_comment(source_file(facts->sources, facts_module_file(facts, module)), first);
    return true;
}

Str visible_type(Arena *arena, const Facts *facts, ModuleId module, Str type) {
    size_t end = 0;
    while (end < type.length && str_is_word_byte(type.data[end])) end++;
    Str rest = str_trim(str_slice(type, end, type.length));
    Search search = {.facts = facts, .type = intern_find(facts->names, str_slice(type, 0, end)), .home = module};
    uint32_t first = first_function(facts, module);
    if (!str_is(rest, "*") || !search.type.index || first == UINT32_MAX) return type;
    Str tag = tag_of_typedef(facts, search.type);
    if (tag.length == 0) return type;
    search.asked = memory_alloc_zeroed(facts->modules.count, sizeof *search.asked);
    bool known = is_known_in(&search, module, first);
    free(search.asked);
    return known ? type : arena_format(arena, "struct %.*s *", STR_ARG(tag));
}
