// In: the rows of all files. Out: maps from names to what they mean.
#include "clang/resolve/names.h"

#include <stdlib.h>

#include "base/bug.h"
#include "clang/resolve/macros.h"

enum { NO_FUNCTION = FUNCTION_POINTER | FUNCTION_MACRO };

// ---- what is local to a file -----------------------------------------------------------------------
// `static int f(void);` makes `int f(void) { }` further down local, too.
static void spread_locality(Names *names) {
    Facts *facts = names->facts;
    Map local = {0};
    uint32_t known;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if ((row->flags & FUNCTION_FILE_LOCAL) && !(row->flags & NO_FUNCTION))
            map_put(&local, map_key(row->module.index, row->name.index), row->qualified.index);
    }
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *row = &facts->functions.items[i];
        if (row->flags & NO_FUNCTION) continue;
        if (!map_get(&local, map_key(row->module.index, row->name.index), &known)) continue;
        row->flags |= FUNCTION_FILE_LOCAL;
        row->qualified = (Name){known};
    }
    map_release(&local);
}

static uint32_t home_of(const FunctionFact *row) {
    return row->flags & FUNCTION_FILE_LOCAL ? row->module.index : 0;
}

// ---- functions -------------------------------------------------------------------------------------
// A definition before a declaration, one that is compiled before one that is not.
static int weight(const Names *names, uint32_t function) {
    const FunctionFact *row = &names->facts->functions.items[function];
    FileId file = facts_module_file(names->facts, row->module);
    return (row->flags & FUNCTION_STUB ? 0 : 2) + (names->seen[file.index] ? 1 : 0);
}

static void add_functions(Names *names) {
    const Facts *facts = names->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (row->flags & NO_FUNCTION) continue;
        uint64_t key = map_key(home_of(row), row->name.index);
        uint32_t known = 0;
        if (!map_get(&names->functions, key, &known) || weight(names, i) > weight(names, known))
            map_put(&names->functions, key, i);
        if (home_of(row) && facts_module(facts, row->module)->is_stub)
            map_put(&names->inline_functions, row->name.index, i);
    }
}

// All rows of a name are one function, and change together.
static void set_families(Names *names) {
    Facts *facts = names->facts;
    Map first = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *row = &facts->functions.items[i];
        uint64_t key = map_key(home_of(row), row->name.index);
        uint32_t family = i;
        bool named = !(row->flags & NO_FUNCTION);
        if (named && !map_get(&first, key, &family)) map_put(&first, key, i);
        row->family = family;
    }
    map_release(&first);
}

// ---- variables, macros, structures -----------------------------------------------------------------
// #define daemon dnsmasq_daemon: another name for the linker. In the code all is called as before.
static bool is_alias(const Facts *facts, const SymbolFact *row) {
    const BindingFact *binding = facts_binding(facts, row->first_binding);
    uint32_t end = facts_statement(facts, binding->statement)->end;
    ModuleId module = facts_scope(facts, row->scope)->module;
    Str body = str_trim(facts_text(facts, module, binding->end, end > binding->end ? end : binding->end));
    for (size_t i = 0; i < body.length; i++)
        if (!str_is_word_byte(body.data[i])) return false;
    return body.length > 0 && (body.data[0] < '0' || body.data[0] > '9');
}

static void add_symbols(Names *names, bool macros) {
    const Facts *facts = names->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *row = &facts->symbols.items[i];
        const ScopeFact *scope = facts_scope(facts, row->scope);
        BindingKind kind = facts_binding(facts, row->first_binding)->kind;
        bool macro = row->flags & SYMBOL_MACRO;
        if (macro != macros || scope->kind != SCOPE_MODULE || kind == BINDING_FUNCTION) continue;
        uint32_t home = row->flags & SYMBOL_FILE_LOCAL ? scope->module.index : 0, known;
        uint64_t key = map_key(home, row->name.index);
        bool taken = map_get(&names->variables, key, &known);
        bool called = map_get(&names->functions, key, &known);
        if (macro && !((taken || called) && is_alias(facts, row)))
            map_put(&names->macros, key, i);
        else if (!macro && (!taken || kind == BINDING_ASSIGN))
            map_put(&names->variables, key, i);
    }
}

static void add_classes(Names *names) {
    const Facts *facts = names->facts;
    for (uint32_t i = facts->classes.count; i-- > 1;)
        map_put(&names->classes, facts->classes.items[i].name.index, i);
}

static void find_files(Names *names) {
    const Facts *facts = names->facts;
    uint32_t files = facts->sources->files.count + 1;
    names->seen = memory_alloc_zeroed(files, sizeof *names->seen);
    names->module_of = memory_alloc_zeroed(files, sizeof *names->module_of);
    for (uint32_t i = 0; i < facts->unit_files.count; i++)
        names->seen[facts->unit_files.items[i].index] = true;
    for (uint32_t i = 1; i < facts->modules.count; i++)
        names->module_of[facts->modules.items[i].file.index] = (ModuleId){i};
}

static uint32_t find(const Map *map, uint32_t home, Name name) {
    uint32_t row = 0;
    map_get(map, map_key(home, name.index), &row);
    return row;
}

FunctionId names_declared(const Names *names, const MarkFact *mark) {
    const Facts *facts = names->facts;
    Str text = source_file(facts->sources, mark->file)->text;
    uint32_t end = mark->offset;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    Name name = intern_find(facts->names, str_slice(text, mark->offset, end));
    uint32_t home = mark->home.index ? names->module_of[mark->home.index].index : 0;
    return (FunctionId){find(&names->functions, home, name)};
}

void names_open(Names *names, Facts *facts) {
    *names = (Names){.facts = facts};
    find_files(names);
    spread_locality(names);
    set_families(names);
    add_functions(names);
    add_symbols(names, false);
    add_symbols(names, true); // once it is known what there is besides
    macros_set_families(names);
    add_classes(names);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        map_put(&names->rows, map_key(facts_module_file(facts, row->module).index, row->name_start), i);
    }
}

void names_release(Names *names) {
    map_release(&names->functions);
    map_release(&names->variables);
    map_release(&names->inline_functions);
    map_release(&names->macros);
    map_release(&names->macro_functions);
    map_release(&names->classes);
    map_release(&names->rows);
    free(names->seen);
    free(names->module_of);
}

// ---- asking ----------------------------------------------------------------------------------------
static uint32_t find_macro(const Names *names, ModuleId module, Name name) {
    uint32_t found = find(&names->macros, module.index, name);
    return found ? found : find(&names->macros, 0, name);
}

FunctionId names_function(const Names *names, ModuleId module, Name name, const MarkFact *mark) {
    if (mark && mark->kind < MARK_FUNCTION) return FACT_NONE(FunctionId);
    if (mark) {
        uint32_t home = mark->home.index ? names->module_of[mark->home.index].index : 0;
        return (FunctionId){find(&names->functions, home, name)};
    }
    if (find_macro(names, module, name)) return macros_find(names, module, name);
    uint32_t found = find(&names->functions, module.index, name);
    if (!found) found = find(&names->functions, 0, name);
    if (!found) found = find(&names->inline_functions, 0, name);
    return (FunctionId){found};
}

SymbolId names_symbol(const Names *names, ModuleId module, ScopeId scope, Name name, const MarkFact *mark) {
    if (mark && mark->kind >= MARK_FUNCTION) return FACT_NONE(SymbolId);
    if (mark && mark->kind == MARK_VARIABLE) {
        uint32_t home = mark->home.index ? names->module_of[mark->home.index].index : 0;
        uint32_t found = find(&names->variables, home, name);
        return (SymbolId){found};
    }
    if (facts_scope(names->facts, scope)->kind == SCOPE_FUNCTION) {
        SymbolId parameter = facts_symbol_in(names->facts, scope, name);
        if (fact_is(parameter)) return parameter;
    }
    if (mark) return FACT_NONE(SymbolId);
    uint32_t found = find_macro(names, module, name);
    if (!found) found = find(&names->variables, module.index, name);
    if (!found) found = find(&names->variables, 0, name);
    return (SymbolId){found};
}
