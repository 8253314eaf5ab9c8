// The global state of a C program. In: facts that no compiler was asked for. Out: variables of the whole program or of a
// file, most used first, and which of them are a structure or point to one. What a `typedef` means is seen by how most
// of its uses go on: E.cx, daemon->port.
#include "report/guess_c_global.h"

#include <stdlib.h>

#include "program/rows.h"

// ---- types -----------------------------------------------------------------------------------------
// The words before a name, one space apart, without the body of a structure and what says how it is stored.
static Str type_words(Arena *arena, Str text) {
    static const char *const stored[] = {"extern", "static", "volatile", "register", "_Thread_local", "__thread"};
    StrBuf words = {0};
    uint32_t depth = 0;
    for (size_t at = 0; at < text.length;) {
        char c = text.data[at];
        size_t end = at;
        while (end < text.length && str_is_word_byte(text.data[end])) end++;
        Str word = str_slice(text, at, end > at ? end : at + 1);
        at = end > at ? end : at + 1;
        if (c == '{') depth++;
        if (c == '}' && depth > 0) depth--;
        bool kept = depth == 0 && c != '}' && str_find(STR(" \t\r\n"), c) < 0;
        for (size_t i = 0; i < sizeof stored / sizeof *stored; i++) kept = kept && !str_is(word, stored[i]);
        if (kept) strbuf_addf(&words, "%s%.*s", words.length > 0 ? " " : "", STR_ARG(word));
    }
    Str result = arena_copy(arena, strbuf_str(&words));
    strbuf_release(&words);
    return result;
}

// How many uses go on with `.`, and with `->`.
static void count_members(const Program *program, SymbolId symbol, uint32_t *dots, uint32_t *arrows) {
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        const ExprFact *expr = program_expr(program, (ExprId){*reads.at});
        if (!fact_is(expr->parent)) continue;
        const ExprFact *around = program_expr(program, expr->parent);
        if (around->kind != EXPR_ATTRIBUTE || around->base.index != *reads.at) continue;
        ModuleId module = program_expr_module(program, expr->parent);
        Str between = str_trim(program_text(program, module, expr->end, around->name_start));
        *dots += str_is(between, ".");
        *arrows += str_is(between, "->");
    }
}

// A name: `struct { int x; } lines` has none for its type.
static bool is_name(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (!str_is_word_byte(text.data[i])) return false;
    return text.length > 0 && !str_is(text, "struct") && !str_is(text, "union") && !str_is(text, "enum");
}

// "struct NAME", "struct NAME *", "NAME", "NAME *", and what uses make of it.
static void find_shape(const Program *program, Str words, bool many, Global *global) {
    bool points = str_ends_with(words, STR(" *"));
    Str type = points ? str_slice(words, 0, words.length - 2) : words, prefix = STR("struct ");
    bool tagged = str_starts_with(type, prefix);
    Str tag = tagged ? str_slice(type, prefix.length, type.length) : type;
    uint32_t dots = 0, arrows = 0;
    count_members(program, global->definition, &dots, &arrows);
    bool fits = points ? tagged || arrows * 2 > global->reads : dots > 0 && (tagged || dots * 2 > global->reads);
    if (many || !is_name(tag) || !fits) return;
    global->shape = points ? GLOBAL_POINTER : GLOBAL_STRUCTURE;
    global->type = type;
    global->tag = tag;
}

// ---- globals -----------------------------------------------------------------------------------------
static bool is_of_tests(Str path) {
    static const char *const folders[] = {"test", "tests", "t", "fuzz", "fuzzing", "bench", "examples", "contrib"};
    for (size_t start = 0; start < path.length;) {
        Str rest = str_slice(path, start, path.length);
        ptrdiff_t slash = str_find(rest, '/');
        Str part = slash < 0 ? rest : str_slice(rest, 0, (size_t)slash);
        for (size_t i = 0; slash >= 0 && i < sizeof folders / sizeof *folders; i++)
            if (str_is(part, folders[i])) return true;
        if (slash < 0)
            return str_starts_with(part, STR("test")) || str_find_str(part, STR("_test.")) >= 0 ||
                   str_find_str(part, STR("-test.")) >= 0;
        start += part.length + 1;
    }
    return false;
}

static bool is_written(const Program *program, SymbolId symbol) {
    RowList reads = program_reads(program, symbol);
    for (; reads.at < reads.end; reads.at++)
        if (program_expr(program, (ExprId){*reads.at})->flags & EXPR_WRITTEN) return true;
    return false;
}

static int compare_globals(const void *left, const void *right) {
    const Global *a = left, *b = right;
    if ((a->shape == GLOBAL_OTHER) != (b->shape == GLOBAL_OTHER)) return a->shape == GLOBAL_OTHER ? 1 : -1;
    if (a->reads != b->reads) return a->reads > b->reads ? -1 : 1;
    return a->symbol.index < b->symbol.index ? -1 : a->symbol.index > b->symbol.index;
}

static bool is_variable(const Program *program, uint32_t symbol) {
    const SymbolFact *row = program_symbol(program, (SymbolId){symbol});
    BindingKind kind = program_binding(program, row->first_binding)->kind;
    return program_scope(program, row->scope)->kind == SCOPE_MODULE &&
           !(row->flags & (SYMBOL_MACRO | SYMBOL_CONSTANT)) && (kind == BINDING_ASSIGN || kind == BINDING_DECLARE) &&
           program->facts->symbol_definitions.items[symbol].index == symbol;
}

static bool is_assigned(const Program *program, SymbolId symbol) {
    return program_binding(program, program_symbol(program, symbol)->first_binding)->kind == BINDING_ASSIGN;
}

// What is compiled nowhere, in a tree that says what is, is of another machine.
static bool is_elsewhere(const Program *program, ModuleId module, bool any_compiled) {
    const SourceFile *file = source_file(program->facts->sources, program_module_file(program, module));
    bool left = any_compiled && !file->compiled && !program_module(program, module)->is_stub;
    return left || is_of_tests(file->path);
}

static bool is_any_compiled(const Program *program) {
    const Sources *sources = program->facts->sources;
    for (uint32_t i = 1; i < sources->files.count; i++)
        if (sources->files.items[i].compiled) return true;
    return false;
}

// By the symbol that stands for all of its name: the first definition outside of tests, which often have one of their
// own, else a declaration; none when only tests, or sources that are not compiled, have it.
static SymbolId *find_own(const Program *program, Arena *arena) {
    bool any = is_any_compiled(program);
    bool *elsewhere = arena_array(arena, bool, program_symbol_count(program) + 1); // it is defined there
    SymbolId *own = arena_array(arena, SymbolId, program_symbol_count(program) + 1);
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        SymbolId *shown = &own[program->facts->symbol_definitions.items[i].index];
        ModuleId module = program_scope(program, program_symbol(program, (SymbolId){i})->scope)->module;
        bool defines = is_assigned(program, (SymbolId){i});
        if (is_elsewhere(program, module, any)) {
            elsewhere[program->facts->symbol_definitions.items[i].index] |= defines;
            continue;
        }
        bool better = !is_assigned(program, *shown) && defines;
        if (!fact_is(*shown) || better) *shown = (SymbolId){i};
    }
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        if (elsewhere[i] && !is_assigned(program, own[i])) own[i] = FACT_NONE(SymbolId);
    return own;
}

void guess_find_globals(const Program *program, Arena *arena, Globals *globals) {
    const SymbolId *own = find_own(program, arena);
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        if (!is_variable(program, i) || !fact_is(own[i])) continue;
        const SymbolFact *symbol = program_symbol(program, own[i]);
        ModuleId module = program_scope(program, symbol->scope)->module;
        const SourceFile *file = source_file(program->facts->sources, program_module_file(program, module));
        Global global = {.symbol = own[i], .definition = {i}, .reads = row_count(program_reads(program, (SymbolId){i}))};
        if (global.reads == 0) continue;
        const BindingFact *binding = program_binding(program, symbol->first_binding);
        const StatementFact *statement = program_statement(program, binding->statement);
        Str words = type_words(arena, program_text(program, module, statement->start, binding->start));
        Str behind = str_trim(str_slice(file->text, binding->end, file->text.length));
        global.written = is_written(program, global.definition);
        if (str_find_word(words, STR("const")) < 0)
            find_shape(program, words, str_starts_with(behind, STR("[")), &global);
        if (global.shape != GLOBAL_OTHER || global.written) vec_add(globals, global);
    }
    if (globals->count > 1) qsort(globals->items, globals->count, sizeof *globals->items, compare_globals);
}

// ---- who declares it -----------------------------------------------------------------------------------
static bool declares(const Program *program, ModuleId module, Name name) {
    SymbolId symbol = program_symbol_in(program, program_module(program, module)->scope, name);
    return fact_is(symbol) && program_module(program, module)->is_stub &&
           !(program_symbol(program, symbol)->flags & SYMBOL_FILE_LOCAL);
}

Str guess_find_header(const Program *program, const Global *global) {
    const SymbolFact *symbol = program_symbol(program, global->symbol);
    Map counts = {0};
    uint32_t most = 0;
    Name best = NAME_NONE;
    for (uint32_t i = 1; !(symbol->flags & SYMBOL_FILE_LOCAL) && i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        uint32_t count = 0;
        if (!fact_is(import->target) || !declares(program, import->target, symbol->name)) continue;
        map_get(&counts, import->path.index, &count);
        map_put(&counts, import->path.index, ++count);
        if (count <= most) continue;
        most = count;
        best = import->path;
    }
    map_release(&counts);
    return program_name(program, best);
}
