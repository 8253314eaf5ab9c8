// Files to dotted modules: which module a dotted name means, and which folders act as import roots.
// Comes in: ModuleFact rows with names made from paths. Goes out: the name tables of the resolver.
// Must never touch the disk: everything is known from the tree's own files.
#include "python/resolve/resolver.h"

ModuleId resolver_module(const Resolver *resolver, Name dotted) {
    uint32_t index = 0;
    map_get(&resolver->modules, dotted.index, &index);
    return (ModuleId){index};
}

bool resolver_is_package_prefix(const Resolver *resolver, Name dotted) {
    uint32_t found = 0;
    return map_get(&resolver->packages, dotted.index, &found);
}

Name resolver_dotted(Resolver *resolver, Name a, Name b) {
    if (!a.index) return b;
    if (!b.index) return a;
    Interner *names = resolver->facts->names;
    Str left = intern_str(names, a), right = intern_str(names, b);
    char buffer[512];
    if (left.length + right.length + 1 > sizeof buffer) return NAME_NONE;
    memcpy(buffer, left.data, left.length);
    buffer[left.length] = '.';
    memcpy(buffer + left.length + 1, right.data, right.length);
    return intern(names, (Str){buffer, left.length + 1 + right.length});
}

static void add_prefixes(Resolver *resolver, Str dotted) {
    for (size_t i = 0; i <= dotted.length; i++)
        if (i == dotted.length || dotted.data[i] == '.')
            map_put(&resolver->packages,
                    intern(resolver->facts->names, str_slice(dotted, 0, i)).index, 1);
}

static void add_root(Resolver *resolver, Str prefix) {
    Name name = intern(resolver->facts->names, prefix);
    if (!name.index) return;
    for (uint32_t i = 0; i < resolver->roots.count; i++)
        if (name_equal(resolver->roots.items[i], name)) return;
    vec_add(&resolver->roots, name);
}

// A folder that is no package but holds packages is an import root: "src" of a src layout.
static void find_roots(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        const ModuleFact *module = &facts->modules.items[i];
        Str dotted = facts_name(facts, module->name);
        ptrdiff_t dot = str_find_last(dotted, '.');
        if (!module->is_package || module->embedded || dot < 0) continue;
        Str parent = str_slice(dotted, 0, (size_t)dot);
        Name parent_name = intern_find(facts->names, parent);
        if (!parent_name.index || !fact_is(resolver_module(resolver, parent_name)))
            add_root(resolver, parent);
    }
}

// ---- packages that are roots, too ------------------------------------------------------------------
// A start script beside packages makes its folder a root, whether the folder is a package itself or not (manage.py
// of Django). Two such packages that absolute imports from inside it name, each with a module of theirs, show it: one
// alone may be a namesake of a package that is installed.
typedef struct UsedRoot {
    Name folder, head; // the first package that was seen there
} UsedRoot;
typedef Vec(UsedRoot) UsedRoots;

static Str first_part(Str dotted) {
    ptrdiff_t dot = str_find(dotted, '.');
    return dot < 0 ? STR_NONE : str_slice(dotted, 0, (size_t)dot);
}

static void note_used(Resolver *resolver, UsedRoots *used, Str folder, Name head) {
    Name name = intern(resolver->facts->names, folder);
    for (uint32_t i = 0; i < used->count; i++) {
        if (!name_equal(used->items[i].folder, name)) continue;
        if (!name_equal(used->items[i].head, head)) add_root(resolver, folder);
        return;
    }
    vec_add(used, ((UsedRoot){name, head}));
}

static void find_used_root(Resolver *resolver, UsedRoots *used, const ImportFact *import_) {
    Facts *facts = resolver->facts;
    Str path = facts_name(facts, import_->path), head = first_part(path);
    Name head_name = intern(facts->names, head);
    if (import_->level || !head.length || resolver_is_package_prefix(resolver, head_name)) return;
    Str above = facts_name(facts, facts_module(facts, import_->module)->name);
    for (ptrdiff_t dot; (dot = str_find_last(above, '.')) > 0;) {
        above = str_slice(above, 0, (size_t)dot);
        Name folder = intern(facts->names, above);
        ModuleId package = resolver_module(resolver, resolver_dotted(resolver, folder, head_name));
        if (!fact_is(resolver_module(resolver, folder)) || !facts_module(facts, package)->is_package ||
            !fact_is(resolver_module(resolver, resolver_dotted(resolver, folder, import_->path))))
            continue;
        note_used(resolver, used, above, head_name);
        return;
    }
}

static void find_used_roots(Resolver *resolver) {
    UsedRoots used = {0};
    for (uint32_t i = 1; i < resolver->facts->imports.count; i++)
        find_used_root(resolver, &used, &resolver->facts->imports.items[i]);
    vec_release(&used);
}

void resolve_modules(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        const ModuleFact *module = &facts->modules.items[i];
        if (!module->name.index || module->embedded) continue;
        ModuleId present = resolver_module(resolver, module->name);
        if (!fact_is(present) || facts_module(facts, present)->is_stub)
            map_put(&resolver->modules, module->name.index, i);
        add_prefixes(resolver, facts_name(facts, module->name));
    }
    find_roots(resolver);
    find_used_roots(resolver);
}
