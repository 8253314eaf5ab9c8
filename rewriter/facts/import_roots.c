// Import roots. In: imports that are resolved. Out: what they leave out of the names of modules. A tree
// whose imports all name the whole path has none, whatever its folders are called.
#include "facts/import_roots.h"

// `import a.b` that leads to "src.a.b": "src" is a root.
static void add_root(ImportRoots *roots, Str path, Str target) {
    if (target.length <= path.length + 1 || !str_ends_with(target, path)) return;
    Str root = str_slice(target, 0, target.length - path.length - 1);
    if (target.data[root.length] != '.') return;
    for (uint32_t i = 0; i < roots->count; i++)
        if (str_equal(roots->items[i], root)) return;
    vec_add(roots, root);
}

// The whole name of the module that is imported, also of one that the tree does not have in a package that it has.
static Str target_of(const Facts *facts, const ImportFact *import_) {
    if (fact_is(import_->target)) return facts_name(facts, facts_module(facts, import_->target)->name);
    Str dotted = facts_name(facts, import_->dotted), name = facts_name(facts, import_->name);
    bool named = import_->kind == IMPORT_NAME && name.length > 0 && str_ends_with(dotted, name) &&
                 dotted.length > name.length + 1;
    return named ? str_slice(dotted, 0, dotted.length - name.length - 1) : dotted;
}

void import_roots_add(ImportRoots *roots, const Facts *facts) {
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *import_ = &facts->imports.items[i];
        bool embedded = facts_module(facts, import_->module)->embedded;
        if (import_->level == 0 && !embedded && !import_->target_is_module)
            add_root(roots, facts_name(facts, import_->path), target_of(facts, import_));
    }
}
