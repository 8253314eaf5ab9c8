// The modules of the tree before and after, by dotted name. In: both tables. Out: what an import
// statement leads to, by the same simple rule on both sides: from the root, from a folder that the
// old imports show to be one, or by dots.
#include "edit/check_internal.h"

#include "base/bug.h"

static void name_module(Check *check, uint32_t index, bool is_stub) {
    Name name = intern(check->names, check->modules.items[index].name);
    if (name.index >= check->module_of_name.count)
        vec_extend(&check->module_of_name, name.index + 1 - check->module_of_name.count);
    uint32_t *present = &check->module_of_name.items[name.index];
    if (name.index != 0 && (*present == 0 || !is_stub)) *present = index;
}

// `import a.b` that leads to "src.a.b": "src" is a root.
static void add_root(Check *check, const ImportFact *import_) {
    const Facts *facts = check->before;
    Str path = facts_name(facts, import_->path);
    Str target = facts_name(facts, facts->modules.items[import_->target.index].name);
    if (target.length <= path.length + 1 || !str_ends_with(target, path)) return;
    Str root = str_slice(target, 0, target.length - path.length - 1);
    if (target.data[root.length] != '.') return;
    for (uint32_t i = 0; i < check->roots.count; i++)
        if (str_equal(check->roots.items[i], root)) return;
    vec_add(&check->roots, root);
}

void check_open_modules(Check *check) {
    const Facts *facts = check->before;
    check->names = interner_new();
    vec_push(&check->modules)->name = STR_NONE;
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        const ModuleFact *module = &facts->modules.items[i];
        vec_add(&check->modules, ((ModulePair){facts_name(facts, module->name),
                                               module->is_package,
                                               module->is_stub,
                                               {i},
                                               check_file_of(check, (ModuleId){i})}));
        name_module(check, i, module->is_stub);
    }
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        if (fact_is(file->before)) continue;
        const ModuleFact *module = &file->facts.modules.items[1];
        vec_add(&check->modules,
                ((ModulePair){facts_name(&file->facts, module->name), module->is_package,
                              module->is_stub, FACT_NONE(ModuleId), file}));
        name_module(check, check->modules.count - 1, module->is_stub);
    }
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *import_ = &facts->imports.items[i];
        if (import_->level == 0 && fact_is(import_->target) && !import_->target_is_module)
            add_root(check, import_);
    }
}

uint32_t check_find_dotted(const Check *check, Str dotted) {
    Name name = intern_find(check->names, dotted);
    return name.index < check->module_of_name.count ? check->module_of_name.items[name.index] : 0;
}

static uint32_t find_joined(const Check *check, Str prefix, Str rest) {
    Arena arena = {0};
    Str dotted = prefix.length == 0 ? rest
                 : rest.length == 0
                     ? prefix
                     : arena_format(&arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(rest));
    uint32_t found = check_find_dotted(check, dotted);
    arena_release(&arena);
    return found;
}

uint32_t check_find_submodule(const Check *check, const ModulePair *module, Str name) {
    return module->is_package ? find_joined(check, module->name, name) : 0;
}

uint32_t check_find_module(const Check *check, const ModulePair *module, uint32_t level, Str path) {
    if (level > 0) {
        Str base = module->name;
        for (uint32_t up = module->is_package ? level - 1 : level; up > 0; up--) {
            ptrdiff_t dot = str_find_last(base, '.');
            base = dot < 0 ? STR_NONE : str_slice(base, 0, (size_t)dot);
        }
        return find_joined(check, base, path);
    }
    uint32_t found = check_find_dotted(check, path);
    for (uint32_t i = 0; found == 0 && i < check->roots.count; i++)
        found = find_joined(check, check->roots.items[i], path);
    return found;
}

Rows check_imports_of(const Check *check, const ModulePair *module, bool after,
                      const Facts **facts) {
    *facts = NULL;
    if (after && module->after != NULL) {
        *facts = &module->after->facts;
        return (Rows){1, (*facts)->imports.count};
    }
    if (!fact_is(module->before)) return (Rows){0};
    *facts = check->before;
    return check->rows[module->before.index].imports;
}
