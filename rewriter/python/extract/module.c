// What a module is as a whole. In: its path, then its rows. Out: dotted name, __all__, main guard,
// the two
// places where imports may be added, the width of a level. Looks at no syntax node.
#include "python/syntax/joined.h"
#include "python/extract/extract.h"

static Name dotted_of_path(Walk *walk, Str path, bool *is_package) {
    Str extension = path_extension(path_basename(path));
    Str stem = str_slice(path, 0, path.length - extension.length - (extension.length > 0));
    *is_package = str_is(path_basename(stem), "__init__");
    if (*is_package) stem = path_dirname(stem);
    StrBuf buffer = {0};
    strbuf_add(&buffer, stem);
    for (size_t i = 0; i < buffer.length; i++)
        if (buffer.data[i] == '/') buffer.data[i] = '.';
    if (walk->file->kind == SOURCE_EMBEDDED) strbuf_addf(&buffer, "-%.*s", STR_ARG(extension));
    Name name = intern(walk->facts->names, strbuf_str(&buffer));
    strbuf_release(&buffer);
    return name;
}

void module_start(Walk *walk) {
    Facts *facts = walk->facts;
    Str path = walk->file->path;
    ModuleFact row = {.file = walk->file_id, .is_stub = str_ends_with(path, STR(".pyi"))};
    row.name = dotted_of_path(walk, path, &row.is_package);
    row.runs_as_program = str_starts_with(walk->text, STR("#!"));
    walk->module = (ModuleId){facts->modules.count};
    vec_add(&facts->modules, row);
    ScopeId scope = scope_new(walk, SCOPE_MODULE, FACT_NONE(ScopeId));
    facts_module_row(facts, walk->module)->scope = scope;
    walk->at.scope = scope;
    walk->at.prefix = row.name;
}

// ---- __all__ ------------------------------------------------------------------------------------
// Adds the strings of a list or tuple, also of several joined by '+'.
static void add_exports(const Walk *walk, ModuleFact *module, ExprId value) {
    const ExprFact *row = walk_expr(walk, value);
    if (row->kind == EXPR_STRING && row->name.index) vec_add(&module->exports, row->name);
    bool list = row->kind == EXPR_LIST || row->kind == EXPR_TUPLE || row->kind == EXPR_OTHER;
    if (!list) return;
    for (ExprId e = row->first_child; fact_is(e); e = walk_expr(walk, e)->next_sibling) {
        uint8_t kind = walk_expr(walk, e)->kind;
        if (row->kind != EXPR_OTHER && kind != EXPR_STRING) continue;
        if (row->kind == EXPR_OTHER && kind != EXPR_LIST && kind != EXPR_TUPLE) continue;
        add_exports(walk, module, e);
    }
}

// __all__.extend([...]) and __all__.append("...") at module level.
static void add_exports_of_call(const Walk *walk, ModuleFact *module, Name all,
                                const CallFact *call) {
    const ExprFact *callee = walk_expr(walk, call->callee);
    if (callee->kind != EXPR_ATTRIBUTE || call->argument_count != 1) return;
    const ExprFact *base = walk_expr(walk, callee->base);
    if (base->kind != EXPR_NAME || !name_equal(base->name, all) ||
        !fact_same(base->scope, module->scope))
        return;
    Str method = facts_name(walk->facts, callee->name);
    if (!str_is(method, "extend") && !str_is(method, "append")) return;
    add_exports(walk, module, walk->facts->arguments.items[call->first_argument].value);
}

static void find_exports(const Walk *walk, ModuleFact *module) {
    const Facts *facts = walk->facts;
    Name all = intern_find(facts->names, STR("__all__"));
    SymbolId symbol = all.index ? symbol_find(walk, module->scope, all) : FACT_NONE(SymbolId);
    if (!fact_is(symbol)) return;
    BindingId b = facts_symbol(facts, symbol)->first_binding;
    for (; fact_is(b); b = facts_binding(facts, b)->next_of_symbol) {
        const BindingFact *binding = facts_binding(facts, b);
        if (binding->kind != BINDING_ASSIGN && binding->kind != BINDING_AUGMENT) continue;
        module->has_exports = true;
        add_exports(walk, module, binding->value);
    }
    for (uint32_t i = 1; i < facts->calls.count; i++)
        add_exports_of_call(walk, module, all, &facts->calls.items[i]);
}

// ---- program ------------------------------------------------------------------------------------
// __name__ == "__main__", either way round
static bool is_main_guard(const Walk *walk, const StatementFact *statement) {
    if (statement->kind != STATEMENT_IF || !fact_is(statement->value)) return false;
    bool name = false, main = false;
    ExprId e = walk_expr(walk, statement->value)->first_child;
    for (; fact_is(e); e = walk_expr(walk, e)->next_sibling) {
        const ExprFact *part = walk_expr(walk, e);
        Str text = facts_name(walk->facts, part->name);
        name = name || (part->kind == EXPR_NAME && str_is(text, "__name__"));
        main = main || (part->kind == EXPR_STRING && str_is(text, "__main__"));
    }
    return name && main;
}

// ---- places for imports -------------------------------------------------------------------------
static uint32_t after_line(const Walk *walk, uint32_t offset) {
    uint32_t end = source_line_end(walk->file, offset);
    if (end < walk->text.length && walk->text.data[end] == '\r') end++;
    if (end < walk->text.length && walk->text.data[end] == '\n') end++;
    return end;
}

// Does LINE declare an encoding? PEP 263: a comment with "coding[:=]".
static bool is_cookie(Str line) {
    ptrdiff_t at = str_find_str(line, STR("coding"));
    Str trimmed = str_trim(line);
    size_t next = (size_t)at + sizeof "coding" - 1;
    return at >= 0 && trimmed.length && trimmed.data[0] == '#' && next < line.length &&
           (line.data[next] == ':' || line.data[next] == '=');
}

// Behind the shebang and the cookie, which must be on the first two lines.
static uint32_t after_preamble(const Walk *walk) {
    uint32_t end = 0, start = 0;
    for (int line = 0; line < 2 && start < walk->text.length; line++) {
        uint32_t next = after_line(walk, start);
        Str text = str_slice(walk->text, start, next);
        bool shebang = line == 0 && str_starts_with(text, STR("#!"));
        if (shebang || is_cookie(text)) end = next;
        start = next;
    }
    return end;
}

static bool is_future_import(const Facts *facts, uint32_t statement) {
    static const Str FUTURE = {"__future__", sizeof "__future__" - 1};
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (row->statement.index > statement) return false;
        if (row->statement.index == statement)
            return row->level == 0 && str_equal(facts_name(facts, row->path), FUTURE);
    }
    return false;
}

// Walks the module's own statements in order: docstring, future imports, first block of imports.
static void find_import_places(const Walk *walk, ModuleFact *module) {
    const Facts *facts = walk->facts;
    module->body_start = after_preamble(walk);
    bool first = true, in_block = false, leading = true;
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *row = &facts->statements.items[i];
        if (fact_is(row->parent)) continue;
        bool import_ = row->kind == STATEMENT_IMPORT;
        bool docstring =
            first && row->kind == STATEMENT_EXPRESSION && expr_is_docstring(walk, row->value);
        leading = leading && (docstring || (import_ && is_future_import(facts, i)));
        if (leading) module->body_start = after_line(walk, joined_line_end(walk->file, row->end));
        first = false;
        if (in_block && !import_) break;
        if (!import_) continue;
        in_block = true;
        module->imports_end = row->end;
    }
}

// ---- indentation --------------------------------------------------------------------------------
enum { WIDEST_LEVEL = 8 };

// What the first line of a block adds to the indentation of the statement that opens it; empty when it
// stands on the same line, or adds nothing that is one level.
static Str added_indent(const Walk *walk, const StatementFact *parent, const StatementFact *first) {
    Str outer = source_line_indent(walk->file, parent->start);
    Str inner = source_line_indent(walk->file, first->start);
    uint32_t line = source_line_start(walk->file, first->start);
    uint32_t above = line ? source_line_end(walk->file, line - 1) : 0;
    bool continued = above && walk->text.data[above - 1] == '\\';
    bool own_line = line + inner.length == first->start && !continued;
    if (!own_line || inner.length <= outer.length || !str_starts_with(inner, outer))
        return STR_NONE;
    Str added = str_slice(inner, outer.length, inner.length);
    if (added.data[0] == '\t') return STR("\t");
    return added.length <= WIDEST_LEVEL && str_find(added, '\t') < 0 ? added : STR_NONE;
}

static Str find_indent(const Walk *walk) {
    static const char EIGHT_SPACES[] = "        ";
    const Facts *facts = walk->facts;
    uint32_t levels[WIDEST_LEVEL + 1] = {0}; // [0] counts tabs
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *row = &facts->statements.items[i];
        const StatementFact *before = &facts->statements.items[i - 1];
        if (!fact_is(row->parent) || fact_same(before->parent, row->parent)) continue;
        Str added = added_indent(walk, facts_statement(facts, row->parent), row);
        if (added.length) levels[added.data[0] == '\t' ? 0 : added.length]++;
    }
    uint32_t best = 4; // wins a draw, and a file without blocks
    for (uint32_t width = 0; width <= WIDEST_LEVEL; width++)
        if (levels[width] > levels[best]) best = width;
    return best == 0 ? STR("\t") : (Str){EIGHT_SPACES, best};
}

void module_finish(Walk *walk) {
    Facts *facts = walk->facts;
    ModuleFact *module = facts_module_row(facts, walk->module);
    module->indent = find_indent(walk);
    find_import_places(walk, module);
    find_exports(walk, module);
    Name answers = intern_find(facts->names, STR("__getattr__"));
    module->is_open = answers.index && fact_is(facts_symbol_in(facts, module->scope, answers));
    for (uint32_t i = 1; i < facts->statements.count && !module->runs_as_program; i++) {
        const StatementFact *row = &facts->statements.items[i];
        module->runs_as_program = !fact_is(row->parent) && is_main_guard(walk, row);
    }
}
