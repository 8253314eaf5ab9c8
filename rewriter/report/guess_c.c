// A weft.yml for a C tree without rules. In: its globals, and structures that point to what the best of them is. Out: a
// file to correct, each guess with its evidence.
#include "report/guess.h"
#include "report/guess_c_global.h"
#include "report/text.h"

enum { MOST_GLOBALS = 8, MOST_FIELDS = 8 };

// ---- one global ------------------------------------------------------------------------------------
// As rules call it: what only its file sees has the name of that before its own.
static Str name_of(const Program *program, const Global *global, Arena *arena) {
    const SymbolFact *symbol = program_symbol(program, global->symbol);
    const ModuleFact *module = program_module(program, program_scope(program, symbol->scope)->module);
    Str name = program_name(program, symbol->name), home = program_name(program, module->name);
    if (!(symbol->flags & SYMBOL_FILE_LOCAL)) return name;
    return arena_format(arena, "%.*s.%.*s", STR_ARG(home), STR_ARG(name));
}

static Str own_name(const Program *program, const Global *global) {
    return program_name(program, program_symbol(program, global->symbol)->name);
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

// ---- the file ----------------------------------------------------------------------------------------
// The parameter is called as the structure, but where that would hide the global or the name of the type.
static void add_context(const Program *program, const Global *best, StrBuf *out) {
    Str type = best ? best->type : STR("struct context"), tag = best ? best->tag : STR("context");
    Str ambient = best ? own_name(program, best) : STR("the_context");
    bool hides = best && (str_equal(tag, ambient) || str_equal(tag, type)), address = best && best->shape == GLOBAL_STRUCTURE;
    strbuf_add_text(out, "# Written by weft init: guesses, each with its evidence. Correct them; docs/c.md is the "
                         "reference, `weft scan`\n# lists what the sinks match.\nversion: 1\nlanguage: c\n");
    strbuf_add_text(out, "# compile_databases: [build/compile_commands.json]\nfamilies: [state]\n\ncontext:\n");
    strbuf_addf(out, "  parameter: %.*s%s\n  type: \"%.*s *\"\n  ambient: ", STR_ARG(tag), hides ? "_context" : "",
                STR_ARG(type));
    strbuf_addf(out, address ? "\"&%.*s\"" : "%.*s", STR_ARG(ambient));
    if (best) {
        strbuf_add_text(out, " # ");
        add_evidence(program, best, out);
    }
    Str header = best ? guess_find_header(program, best) : STR_NONE;
    if (header.length > 0)
        strbuf_addf(out, "\n  ambient_needs: { include: \"%.*s\" } # where it is declared", STR_ARG(header));
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

// BEST: it is what the context points to. Else it would be a member of that.
static void add_sink(const Program *program, const Global *global, bool best, Arena *arena, StrBuf *out) {
    Str name = name_of(program, global, arena), own = own_name(program, global);
    strbuf_addf(out, "  %s- { id: ", best ? "" : "# ");
    add_id(own, out);
    strbuf_addf(out, ", family: state, symbol: %.*s, replace: \"", STR_ARG(name));
    if (best)
        strbuf_add_text(out, global->shape == GLOBAL_STRUCTURE ? "*{context}" : "{context}");
    else
        strbuf_addf(out, "{context}->%.*s", STR_ARG(own));
    strbuf_add_text(out, "\" } # ");
    add_evidence(program, global, out);
    strbuf_add_char(out, '\n');
}

static void add_sinks(const Program *program, const Globals *globals, bool found, Arena *arena, StrBuf *out) {
    strbuf_add_text(out, found ? "\nsinks:\n" : "\nsinks: []\n");
    if (found) add_sink(program, &globals->items[0], true, arena, out);
    uint32_t from = found ? 1 : 0, end = from + MOST_GLOBALS;
    if (from < globals->count)
        strbuf_add_text(out, "  # Other state of the process. What shall be of one context becomes a member of it "
                             "first.\n");
    for (uint32_t i = from; i < globals->count && i < end; i++)
        add_sink(program, &globals->items[i], false, arena, out);
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
    Arena arena = {0};
    Globals globals = {0};
    guess_find_globals(program, &arena, &globals);
    bool found = globals.count > 0 && globals.items[0].shape != GLOBAL_OTHER;
    add_context(program, found ? &globals.items[0] : NULL, out);
    add_sinks(program, &globals, found, &arena, out);
    if (found) add_carriers(program, globals.items[0].tag, out);
    uint32_t count = globals.count;
    vec_release(&globals);
    arena_release(&arena);
    return count;
}
