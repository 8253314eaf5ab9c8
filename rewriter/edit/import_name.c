// In: one side of two trees. Out: whether an import finds its name. Says yes where it cannot know.
#include "edit/import_name.h"

#include "facts/language.h"
#include "facts/stretch.h"

// Some function of the module binds NAME through `global`.
static bool is_made_global(const Facts *facts, ModuleId module, Name name) {
    Stretch rows = facts_symbols_of(facts, module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if (name_equal(symbol->name, name) && (symbol->flags & SYMBOL_GLOBAL)) return true;
    }
    return false;
}

// The module may have names that nobody can see here.
static bool is_open(const ModuleSide *side) {
    if (facts_module(side->facts, side->module)->is_open) return true;
    for (uint32_t i = side->imports.first; i < side->imports.end; i++)
        if (side->facts->imports.items[i].kind == IMPORT_ALL) return true;
    return false;
}

// Modules below a folder that has no module of its own.
static bool has_folder(const ModulePairs *pairs, Str package, Str name, bool after) {
    size_t length = package.length + 1 + name.length;
    for (uint32_t i = 1; i < pairs->list.count; i++) {
        Str other = pairs->list.items[i].name;
        if (other.length > length && other.data[length] == '.' &&
            str_starts_with(other, package) && other.data[package.length] == '.' &&
            str_equal(str_slice(other, package.length + 1, length), name) &&
            module_pair_side(&pairs->list.items[i], after)->facts != NULL)
            return true;
    }
    return false;
}

static bool has_submodule(const ModulePairs *pairs, const ModulePair *module, Str name,
                          bool after) {
    uint32_t found = module_pairs_find_submodule(pairs, module, name);
    if (found && module_pair_side(&pairs->list.items[found], after)->facts != NULL) return true;
    return has_folder(pairs, module->name, name, after);
}

bool import_has_name(const ModulePairs *pairs, uint32_t module, Str text, bool after) {
    const ModulePair *pair = &pairs->list.items[module];
    const ModuleSide *side = module_pair_side(pair, after);
    if (side->facts == NULL) return false;
    ScopeId scope = facts_module(side->facts, side->module)->scope;
    Name name = intern_find(side->facts->names, text);
    if (name.index != 0 && fact_is(facts_symbol_in(side->facts, scope, name))) return true;
    if (has_submodule(pairs, pair, text, after)) return true;
    const ModuleFact *row = facts_module(side->facts, side->module);
    if (row->language->is_builtin(text)) return true; // every module has it
    return (name.index != 0 && is_made_global(side->facts, side->module, name)) || is_open(side);
}

bool import_is_missing(const ModulePairs *pairs, uint32_t from, const ImportFact *import_,
                       bool after, uint32_t *target) {
    const ModulePair *importer = &pairs->list.items[from];
    const Facts *facts = module_pair_side(importer, after)->facts;
    *target = module_pairs_find_import(pairs, importer, facts, import_);
    if (*target == 0) return false;
    if (import_->kind != IMPORT_NAME)
        return module_pair_side(&pairs->list.items[*target], after)->facts == NULL;
    return !import_has_name(pairs, *target, facts_name(facts, import_->name), after);
}
