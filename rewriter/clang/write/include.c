// What a source needs before an expression of the rules means something in it: a header, and a name that must be defined
// before that. In: a file. Out: edits; none where it has both. A header gets neither: who includes it has its own.
#include <stdlib.h>

#include "base/bug.h"
#include "clang/syntax/token.h"
#include "clang/write/write.h"

// Where such lines go.
typedef struct Places {
    bool begins;        // the file has a directive at all
    uint32_t first;     // where that one's line begins
    uint32_t last;      // where the line of the last include ends that is in no branch, before any code
    bool has_include;
} Places;

static bool is_branch(TokenKind kind) { return kind == TOKEN_IF || kind == TOKEN_ELSE || kind == TOKEN_ENDIF; }

static Places find_places(const SourceFile *file) {
    Places places = {0};
    Tokens tokens;
    uint32_t depth = 0;
    bool code = false;
    tokens_read(file->text, &tokens);
    for (uint32_t i = 0; i < tokens.list.count; i++) {
        const Token *token = &tokens.list.items[i];
        bool directive = is_branch(token->kind) || token->kind == TOKEN_MACRO || token->kind == TOKEN_INCLUDE;
        depth += token->kind == TOKEN_IF;
        depth -= token->kind == TOKEN_ENDIF && depth > 0;
        code = code || !directive;
        if ((token->kind == TOKEN_INCLUDE || token->kind == TOKEN_IF) && !places.begins) {
            places.begins = true;
            places.first = source_line_start(file, token->start);
        }
        if (token->kind == TOKEN_INCLUDE && depth == 0 && !code) {
            places.has_include = true;
            places.last = source_line_end(file, token->end);
        }
    }
    tokens_release(&tokens);
    return places;
}

static bool is_path(Str path, Str wanted) {
    size_t rest = path.length - wanted.length;
    return str_equal(path, wanted) ||
           (str_ends_with(path, wanted) && path.length > wanted.length && path.data[rest - 1] == '/');
}

// What a source is looked through for: a header of that name, or a macro.
typedef struct Wanted {
    const Facts *facts;
    Str header;
    Name macro;
    bool *asked; // by ModuleId
} Wanted;

static bool defines(const Wanted *wanted, ModuleId module) {
    if (!wanted->macro.index) return false;
    SymbolId found = facts_symbol_in(wanted->facts, facts_module(wanted->facts, module)->scope, wanted->macro);
    return fact_is(found) && (facts_symbol(wanted->facts, found)->flags & SYMBOL_MACRO);
}

// In the file, or in what it includes.
static bool reaches(Wanted *wanted, ModuleId module) {
    const Facts *facts = wanted->facts;
    if (wanted->asked[module.index]) return false;
    wanted->asked[module.index] = true;
    if (defines(wanted, module)) return true;
    for (uint32_t i = visible_first_import(facts, module); i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (!fact_same(row->module, module)) break;
        if (wanted->header.length && is_path(facts_name(facts, row->path), wanted->header)) return true;
        if (fact_is(row->target) && reaches(wanted, row->target)) return true;
    }
    return false;
}

static bool has(const Facts *facts, ModuleId module, Str header, Str macro) {
    Wanted wanted = {.facts = facts, .header = header, .macro = intern_find(facts->names, macro)};
    wanted.asked = memory_alloc_zeroed(facts->modules.count, sizeof *wanted.asked);
    bool found = reaches(&wanted, module);
    free(wanted.asked);
    return found;
}

static void insert(const ModuleFact *module, uint32_t at, Str text, TextEdits *out) {
    TextEdit edit = {module->file, at, at, text};
    vec_add(&out->list, edit);
}

void include_needed(const Facts *facts, ModuleId id, Str header, Str define, TextEdits *out) {
    const ModuleFact *module = facts_module(facts, id);
    const SourceFile *file = source_file(facts->sources, module->file);
    if (module->is_stub) return;
    Places places = find_places(file);
    bool lacks = header.length > 0 && !has(facts, id, header, STR_NONE);
    Str line = arena_format(out->arena, "#include \"%.*s\"", STR_ARG(header)), newline = file->newline;
    if (define.length > 0 && !has(facts, id, STR_NONE, define))
        insert(module, places.first,
               arena_format(out->arena, "#define %.*s%.*s%.*s", STR_ARG(define), STR_ARG(newline), STR_ARG(newline)), out);
    if (lacks && places.has_include)
        insert(module, places.last, arena_format(out->arena, "%.*s%.*s", STR_ARG(newline), STR_ARG(line)), out);
    else if (lacks)
        insert(module, places.first, arena_format(out->arena, "%.*s%.*s", STR_ARG(line), STR_ARG(newline)), out);
}
