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
}
