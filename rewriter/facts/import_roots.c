// Import roots. In: imports that are resolved. Out: what they leave out of the names of modules. A tree
// whose imports all name the whole path has none, whatever its folders are called.
#include "facts/import_roots.h"

// `import a.b` that leads to "src.a.b": "src" is a root.
static void add_root(ImportRoots *roots, const Facts *facts, const ImportFact *import_) {
    Str path = facts_name(facts, import_->path);
    Str target = facts_name(facts, facts_module(facts, import_->target)->name);
    if (target.length <= path.length + 1 || !str_ends_with(target, path)) return;
    Str root = str_slice(target, 0, target.length - path.length - 1);
    if (target.data[root.length] != '.') return;
    for (uint32_t i = 0; i < roots->count; i++)
        if (str_equal(roots->items[i], root)) return;
    vec_add(roots, root);
}

void import_roots_add(ImportRoots *roots, const Facts *facts) {
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *import_ = &facts->imports.items[i];
        bool embedded = facts_module(facts, import_->module)->embedded;
        if (import_->level == 0 && !embedded && fact_is(import_->target) && !import_->target_is_module)
            add_root(roots, facts, import_);
    }
}
