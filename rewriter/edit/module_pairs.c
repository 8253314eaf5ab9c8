// The modules of two trees, by dotted name. In: both tables. Out: what an import statement leads to,
// by the same simple rule on both sides: from the root, from a folder that resolved imports show to
// be one, or by dots.
#include "edit/module_pairs.h"

#include "facts/language.h"

void module_pairs_init(ModulePairs *pairs) {
    *pairs = (ModulePairs){.names = interner_new()};
    (void)vec_push(&pairs->list);
}

void module_pairs_release(ModulePairs *pairs) {
    if (pairs->names) interner_free(pairs->names);
    vec_release(&pairs->list);
    vec_release(&pairs->module_of_name);
    vec_release(&pairs->roots);
}

ModuleSide module_side(const Facts *facts, ModuleId module, const ModuleRows *rows) {
    if (facts == NULL || !fact_is(module)) return (ModuleSide){0};
    Rows all = {1, facts->imports.count};
    return (ModuleSide){facts, module, rows != NULL ? rows[module.index].imports : all};
}

void module_pairs_add(ModulePairs *pairs, ModuleSide before, ModuleSide after, bool changed) {
    const ModuleSide *known = before.facts != NULL ? &before : &after;
    const ModuleFact *module = facts_module(known->facts, known->module);
    Str text = facts_name(known->facts, module->name);
    vec_add(&pairs->list,
            ((ModulePair){text, module->is_package, module->is_stub, changed, before, after}));
    Name name = intern(pairs->names, text);
    if (name.index >= pairs->module_of_name.count)
        vec_extend(&pairs->module_of_name, name.index + 1 - pairs->module_of_name.count);
    uint32_t *present = &pairs->module_of_name.items[name.index];
    if (name.index != 0 && (*present == 0 || !module->is_stub)) *present = pairs->list.count - 1;
}

void module_pairs_add_roots(ModulePairs *pairs, const Facts *facts) {
    import_roots_add(&pairs->roots, facts);
}

static uint32_t module_of(const ModulePairs *pairs, Name name) {
    return name.index < pairs->module_of_name.count ? pairs->module_of_name.items[name.index] : 0;
}

uint32_t module_pairs_find(const ModulePairs *pairs, Str dotted) {
    return module_of(pairs, intern_find(pairs->names, dotted));
}

static uint32_t find_joined(const ModulePairs *pairs, Str prefix, Str rest) {
    if (prefix.length == 0) return module_pairs_find(pairs, rest);
    if (rest.length == 0) return module_pairs_find(pairs, prefix);
    return module_of(pairs, intern_find_dotted(pairs->names, prefix, rest));
}

uint32_t module_pairs_find_submodule(const ModulePairs *pairs, const ModulePair *module, Str name) {
    return module->is_package ? find_joined(pairs, module->name, name) : 0;
}

uint32_t module_pairs_find_path(const ModulePairs *pairs, Str path) {
    uint32_t found = module_pairs_find(pairs, path);
    for (uint32_t i = 0; found == 0 && i < pairs->roots.count; i++)
        found = find_joined(pairs, pairs->roots.items[i], path);
    return found;
}

uint32_t module_pairs_find_import(const ModulePairs *pairs, const ModulePair *from,
                                  const Facts *facts, const ImportFact *import_) {
    Str path = facts_name(facts, import_->path);
    if (import_->level > 0) {
        Str base = from->name;
        uint32_t up = from->is_package ? import_->level - 1 : import_->level;
        for (; up > 0; up--) {
            ptrdiff_t dot = str_find_last(base, '.');
            base = dot < 0 ? STR_NONE : str_slice(base, 0, (size_t)dot);
        }
        return find_joined(pairs, base, path);
    }
    const Language *language = facts_module(facts, import_->module)->language;
    ptrdiff_t dot = str_find(path, '.');
    Str first = dot < 0 ? path : str_slice(path, 0, (size_t)dot);
    if (language->is_standard_module && language->is_standard_module(first)) return module_pairs_find(pairs, path);
    return module_pairs_find_path(pairs, path);
}
