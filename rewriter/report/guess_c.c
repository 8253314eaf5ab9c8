// What a C tree without rules looks like: globals that point to a structure, most read first, and structures that have
// such a pointer. In: facts that no compiler was asked for. Out: a weft.yml to correct, each guess with its evidence.
#include <stdlib.h>

#include "facts/language.h"
#include "program/index.h"
#include "report/guess.h"
#include "report/text.h"

enum { MOST_GLOBALS = 8, MOST_FIELDS = 8 };

typedef struct Global {
    SymbolId symbol;
    Str type;   // "struct server *"; empty: it points to no structure
    Str tag;    // "server"
    uint32_t reads;
    bool written;
} Global;

typedef Vec(Global) Globals;

// ---- globals -------------------------------------------------------------------------------------
static Str without_word(Str text, Str word) {
    text = str_trim(text);
    bool begins = str_starts_with(text, word) && text.length > word.length && text.data[word.length] == ' ';
    return begins ? str_trim(str_slice(text, word.length, text.length)) : text;
}

// `struct NAME *` before a name: the type, and NAME.
static bool read_type(Str text, Str *type, Str *tag) {
    text = without_word(without_word(text, STR("extern")), STR("static"));
    Str name = without_word(text, STR("struct"));
    size_t end = 0;
    while (end < name.length && str_is_word_byte(name.data[end])) end++;
    Str rest = str_trim(str_slice(name, end, name.length));
    if (name.length == text.length || end == 0 || !str_is(rest, "*")) return false;
    *type = text;
    *tag = str_slice(name, 0, end);
    return true;
}

static bool is_written(const Program *program, SymbolId symbol) {
    RowList reads = program_reads(program, symbol);
    for (; reads.at < reads.end; reads.at++)
        if (program_expr(program, (ExprId){*reads.at})->flags & EXPR_WRITTEN) return true;
    return false;
}

static int compare_globals(const void *left, const void *right) {
    const Global *a = left, *b = right;
    if ((a->type.length > 0) != (b->type.length > 0)) return a->type.length > 0 ? -1 : 1;
    if (a->reads != b->reads) return a->reads > b->reads ? -1 : 1;
    return a->symbol.index < b->symbol.index ? -1 : a->symbol.index > b->symbol.index;
}

static void find_globals(const Program *program, Globals *globals) {
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        const ScopeFact *scope = program_scope(program, symbol->scope);
        const BindingFact *binding = program_binding(program, symbol->first_binding);
        bool variable = scope->kind == SCOPE_MODULE && !(symbol->flags & (SYMBOL_MACRO | SYMBOL_CONSTANT)) &&
                        (binding->kind == BINDING_ASSIGN || binding->kind == BINDING_DECLARE);
        if (!variable || program->facts->symbol_definitions.items[i].index != i) continue;
        const StatementFact *statement = program_statement(program, binding->statement);
        Str before = program_text(program, scope->module, statement->start, binding->start);
        Global global = {.symbol = {i}, .reads = row_count(program_reads(program, (SymbolId){i}))};
        global.written = is_written(program, global.symbol);
        bool points = str_find_word(before, STR("const")) < 0 && read_type(before, &global.type, &global.tag);
        if (global.reads > 0 && (points || global.written)) vec_add(globals, global);
    }
    if (globals->count > 1) qsort(globals->items, globals->count, sizeof *globals->items, compare_globals);
}

static void add_evidence(const Program *program, const Global *global, StrBuf *out) {
    const SymbolFact *symbol = program_symbol(program, global->symbol);
    const BindingFact *binding = program_binding(program, symbol->first_binding);
    FileId id = program_module_file(program, program_scope(program, symbol->scope)->module);
    const SourceFile *file = source_file(program->facts->sources, id);
    text_add_shown(out, file->path);
    strbuf_addf(out, ":%u, %u uses%s", source_line_column(file, binding->start).line, global->reads,
                global->written ? ", and it is assigned to" : "");
}

static Str name_of(const Program *program, const Global *global) {
    return program_name(program, program_symbol(program, global->symbol)->name);
}

// ---- the file ------------------------------------------------------------------------------------
static void add_context(const Program *program, const Global *best, StrBuf *out) {
    Str type = best ? best->type : STR("struct context *"), tag = best ? best->tag : STR("context");
    Str ambient = best ? name_of(program, best) : STR("the_context");
    strbuf_add_text(out, "# Written by weft init: guesses, each with its evidence. Correct them; docs/c.md is the "
                         "reference, `weft scan`\n# lists what the sinks match.\nversion: 1\nlanguage: c\n");
    strbuf_add_text(out, "# compile_databases: [build/compile_commands.json]\nfamilies: [state]\n\ncontext:\n");
    strbuf_addf(out, "  parameter: %.*s\n  type: \"%.*s\"\n  ambient: %.*s", STR_ARG(tag), STR_ARG(type),
                STR_ARG(ambient));
    if (best) {
        strbuf_add_text(out, " # ");
        add_evidence(program, best, out);
    }
    strbuf_addf(out, "\n  # rename: \"%.*s_{name}\" # of what other files see; `--stage expand` needs it\n",
                STR_ARG(tag));
}

// An id has small letters.
static void add_id(Str name, StrBuf *out) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        strbuf_add_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static void add_sink(const Program *program, const Global *global, const char *mark, const char *replace, StrBuf *out) {
    Str name = name_of(program, global);
    strbuf_addf(out, "  %s- { id: ", mark);
    add_id(name, out);
    strbuf_addf(out, ", family: state, symbol: %.*s, replace: \"{context}%s%.*s\" } # ", STR_ARG(name), replace,
                STR_ARG(*replace ? name : STR_NONE));
    add_evidence(program, global, out);
    strbuf_add_char(out, '\n');
}

static void add_sinks(const Program *program, const Globals *globals, bool found, StrBuf *out) {
    strbuf_add_text(out, found ? "\nsinks:\n" : "\nsinks: []\n");
    if (found) add_sink(program, &globals->items[0], "", "", out);
    uint32_t from = found ? 1 : 0, end = from + MOST_GLOBALS;
    if (from < globals->count)
        strbuf_add_text(out, "  # Other state of the process. What shall be of one context becomes a member of it "
                             "first.\n");
    for (uint32_t i = from; i < globals->count && i < end; i++)
        add_sink(program, &globals->items[i], "# ", "->", out);
}

// struct TAG *name; in another structure.
static void add_carriers(const Program *program, Str tag, StrBuf *out) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < program_class_count(program) && count < MOST_FIELDS; i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        const StatementFact *statement = program_statement(program, klass->statement);
        Str text = program_text(program, klass->module, klass->name_end, statement->end), found = STR_NONE;
        for (ptrdiff_t at; found.length == 0 && (at = str_find_word(text, tag)) >= 0;) {
            text = str_trim(str_slice(text, (size_t)at + tag.length, text.length));
            if (!str_starts_with(text, STR("*"))) continue;
            Str name = str_trim(str_slice(text, 1, text.length));
            size_t end = 0;
            while (end < name.length && str_is_word_byte(name.data[end])) end++;
            if (end > 0 && end < name.length && name.data[end] == ';') found = str_slice(name, 0, end);
        }
        Str own = program_name(program, klass->name);
        if (found.length == 0 || str_equal(own, tag)) continue;
        if (count++ == 0)
            strbuf_add_text(out, "\n# Structures that point to one: their functions have it.\n# carriers:\n");
        strbuf_addf(out, "#   - { class: %.*s, expression: \"{value}->%.*s\" }\n", STR_ARG(own), STR_ARG(found));
    }
}

uint32_t guess_write_yaml_for_c(const Program *program, StrBuf *out) {
    Globals globals = {0};
    find_globals(program, &globals);
    bool found = globals.count > 0 && globals.items[0].type.length > 0;
    add_context(program, found ? &globals.items[0] : NULL, out);
    add_sinks(program, &globals, found, out);
    if (found) add_carriers(program, globals.items[0].tag, out);
    uint32_t count = globals.count;
    vec_release(&globals);
    return count;
}
