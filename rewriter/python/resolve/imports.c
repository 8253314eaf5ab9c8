// Imports to definitions: absolute and relative paths, submodules, re-exports, star imports.
// Comes in: ImportFact rows and the module table. Goes out: ImportFact.target/definition/dotted and
// Facts.symbol_definitions. Must never loop: packages import themselves (`from pkg import sub` in
// pkg/__init__), so every chase carries a step limit.
// Source: Python reference, 7.11 "The import statement"; PEP 328.
#include "python/python.h"
#include "python/resolve/resolver.h"

enum { CHASE_LIMIT = 32 };

static SymbolId module_symbol(Resolver *resolver, ModuleId module, Name name, int steps);

// The module that `level` dots and PATH mean in MODULE, as a dotted name.
static Name absolute_path(Resolver *resolver, const ModuleFact *module, uint32_t level, Name path) {
    Facts *facts = resolver->facts;
    Str base = facts_name(facts, module->name);
    uint32_t up = module->is_package ? level - 1 : level;
    for (; up > 0; up--) {
        ptrdiff_t dot = str_find_last(base, '.');
        base = dot < 0 ? STR_NONE : str_slice(base, 0, (size_t)dot);
    }
    Name prefix = intern(facts->names, base);
    return prefix.index ? resolver_dotted(resolver, prefix, path) : path;
}

static bool exists(const Resolver *resolver, Name dotted) {
    return dotted.index && resolver_is_package_prefix(resolver, dotted);
}

// The module PATH in a folder above MODULE that is no package; none when there is none. Test runners put
// such folders on sys.path (pytest those of conftest.py), and many start scripts do.
static Name find_above(const Resolver *resolver, const ModuleFact *module, Name path) {
    const Interner *names = resolver->facts->names;
    Str above = facts_name(resolver->facts, module->name), wanted = intern_str(names, path);
    Name found = NAME_NONE;
    StrBuf dotted = {0};
    for (ptrdiff_t dot; !found.index && (dot = str_find_last(above, '.')) > 0;) {
        above = str_slice(above, 0, (size_t)dot);
        if (fact_is(resolver_module(resolver, intern_find(names, above)))) continue;
        strbuf_clear(&dotted);
        strbuf_addf(&dotted, "%.*s.%.*s", STR_ARG(above), STR_ARG(wanted));
        Name name = intern_find(names, strbuf_str(&dotted));
        if (fact_is(resolver_module(resolver, name))) found = name;
    }
    strbuf_release(&dotted);
    return found;
}

// From the root, from folders that act as roots, and beside the file when that is not in a package (a script's
// own folder comes first on sys.path), then above it.
Name resolver_absolute(Resolver *resolver, const ModuleFact *module, Name path) {
    Facts *facts = resolver->facts;
    Str first = facts_name(facts, path);
    ptrdiff_t dot = str_find(first, '.');
    if (dot >= 0) first = str_slice(first, 0, (size_t)dot);
    Name head = intern(facts->names, first);
    // A typing.py in src/utils is for `from src.utils import typing`, whatever else looks like a root.
    if (exists(resolver, head) || python_is_standard_module(first)) return path;
    for (uint32_t i = 0; i < resolver->roots.count; i++)
        if (exists(resolver, resolver_dotted(resolver, resolver->roots.items[i], head)))
            return resolver_dotted(resolver, resolver->roots.items[i], path);
    Str own = facts_name(facts, module->name);
    ptrdiff_t last = str_find_last(own, '.');
    if (last > 0 && !module->is_package) {
        Name folder = intern(facts->names, str_slice(own, 0, (size_t)last));
        if (!fact_is(resolver_module(resolver, folder)) &&
            exists(resolver, resolver_dotted(resolver, folder, head)))
            return resolver_dotted(resolver, folder, path);
    }
    Name above = find_above(resolver, module, path);
    return above.index ? above : path;
}

// `from app import db`, where app is no module but a folder above that has db.py.
static Name package_above(Resolver *resolver, const ModuleFact *module, Name path, Name name) {
    Name above = find_above(resolver, module, resolver_dotted(resolver, path, name));
    if (!above.index) return path;
    Str found = intern_str(resolver->facts->names, above);
    Str last = intern_str(resolver->facts->names, name);
    return intern(resolver->facts->names, str_slice(found, 0, found.length - last.length - 1));
}

static void resolve_import_path(Resolver *resolver, ImportFact *import_) {
    const ModuleFact *module = facts_module(resolver->facts, import_->module);
    Name path = import_->level ? absolute_path(resolver, module, import_->level, import_->path)
                               : resolver_absolute(resolver, module, import_->path);
    if (import_->kind == IMPORT_NAME && !import_->level && !exists(resolver, path))
        path = package_above(resolver, module, path, import_->name);
    import_->target = resolver_module(resolver, path);
    import_->dotted = path;
}

// `from P import n` in P's own package file binds n to the submodule, not to itself.
static bool binds_itself(const Resolver *resolver, SymbolId symbol, Name dotted) {
    ImportId import_ = resolver->symbol_import[symbol.index];
    if (!fact_is(import_)) return false;
    const ImportFact *row = facts_import(resolver->facts, import_);
    return row->kind == IMPORT_NAME && name_equal(row->dotted, dotted);
}

static SymbolId chase(Resolver *resolver, SymbolId symbol, int steps) {
    const Facts *facts = resolver->facts;
    if (!fact_is(symbol) || steps > CHASE_LIMIT) return FACT_NONE(SymbolId);
    ImportId import_ = resolver->symbol_import[symbol.index];
    if (!fact_is(import_)) return symbol;
    const ImportFact *row = facts_import(facts, import_);
    if (row->kind != IMPORT_NAME || row->target_is_module || !fact_is(row->target))
        return FACT_NONE(SymbolId);
    return module_symbol(resolver, row->target, row->name, steps + 1);
}

static bool exports(const Facts *facts, ModuleId module, Name name) {
    const ModuleFact *row = facts_module(facts, module);
    Str text = facts_name(facts, name);
    bool exported = !row->has_exports && text.length && text.data[0] != '_';
    for (uint32_t k = 0; k < row->exports.count && !exported; k++) exported = name_equal(row->exports.items[k], name);
    return exported;
}

static SymbolId star_symbol(Resolver *resolver, ModuleId module, Name name, int steps) {
    const Facts *facts = resolver->facts;
    StarPlaces places = {0};
    SymbolId symbol = FACT_NONE(SymbolId);
    stars_find(&resolver->stars, facts, module, name, &places);
    for (uint32_t i = 0; i < places.count && !fact_is(symbol); i++) {
        ModuleId target = facts_import(facts, resolver->stars.list.items[places.items[i]])->target;
        if (fact_is(target) && !fact_same(target, module) && exports(facts, target, name))
            symbol = module_symbol(resolver, target, name, steps + 1);
    }
    vec_release(&places);
    return symbol;
}

static SymbolId module_symbol(Resolver *resolver, ModuleId module, Name name, int steps) {
    if (steps > CHASE_LIMIT || !fact_is(module)) return FACT_NONE(SymbolId);
    const ModuleFact *row = facts_module(resolver->facts, module);
    SymbolId symbol = resolver_symbol(resolver, row->scope, name);
    if (fact_is(symbol)) return chase(resolver, symbol, steps);
    return star_symbol(resolver, module, name, steps);
}

SymbolId resolver_module_symbol(Resolver *resolver, ModuleId module, Name name) {
    return module_symbol(resolver, module, name, 0);
}

// First pass: paths, and which import binds which symbol. A symbol bound several times (try/except)
// is the first import that leads into the tree.
static void resolve_paths(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *row = &facts->imports.items[i];
        resolve_import_path(resolver, row);
        if (row->kind == IMPORT_NAME)
            row->dotted = resolver_dotted(resolver, row->dotted, row->name);
        if (!fact_is(row->symbol)) continue;
        ImportId *present =
            &resolver->symbol_import[resolver->canonical[row->symbol.index].index];
        bool in_tree = exists(resolver, row->dotted) || fact_is(row->target);
        bool present_in_tree =
            fact_is(*present) && (fact_is(facts->imports.items[present->index].target) ||
                                  exists(resolver, facts->imports.items[present->index].dotted));
        if (!fact_is(*present) || (in_tree && !present_in_tree)) *present = (ImportId){i};
    }
}

// Second pass: is `n` of `from P import n` a submodule of P?
static void find_submodules(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *row = &facts->imports.items[i];
        if (row->kind != IMPORT_NAME || !exists(resolver, row->dotted)) continue;
        SymbolId symbol = FACT_NONE(SymbolId);
        if (fact_is(row->target))
            symbol = resolver_symbol(resolver, facts_module(facts, row->target)->scope,
                                     row->name);
        if (fact_is(symbol) && !binds_itself(resolver, symbol, row->dotted)) continue;
        // What a star import brings under the submodule's own name comes after the submodule.
        if (!fact_is(symbol) && fact_is(star_symbol(resolver, row->target, row->name, 0))) continue;
        row->target_is_module = true;
        row->target = resolver_module(resolver, row->dotted);
    }
}

// `from pkg import api` where pkg itself imported the module api:
// the row means that module.
static void follow_reexport(Resolver *resolver, ImportFact *row) {
    Facts *facts = resolver->facts;
    const ImportFact *at = row;
    for (int steps = 0; steps < CHASE_LIMIT; steps++) {
        if (at->kind == IMPORT_MODULE) {
            if (!at->has_alias && str_find(facts_name(facts, at->path), '.') >= 0) return;
            row->target_is_module = exists(resolver, at->dotted);
        } else {
            row->target_is_module = at->target_is_module;
        }
        row->dotted = at->dotted;
        if (at->target_is_module || at->kind == IMPORT_MODULE) {
            row->target = at->target;
            return;
        }
        if (at->kind != IMPORT_NAME || !fact_is(at->target)) return;
        SymbolId symbol = resolver_symbol(
            resolver, facts_module(facts, at->target)->scope, at->name);
        ImportId next = fact_is(symbol) ? resolver->symbol_import[symbol.index]
                                        : FACT_NONE(ImportId);
        if (!fact_is(next)) return;
        at = facts_import(facts, next);
    }
}

static void follow_reexports(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *row = &facts->imports.items[i];
        if (row->kind == IMPORT_NAME && !row->target_is_module && fact_is(row->target)) {
            ImportFact meant = *row;
            follow_reexport(resolver, &meant);
            // Only what does not end in a definition of the tree changes its meaning.
            if (meant.target_is_module) *row = meant;
        }
    }
}

// A symbol with a definition of its own beside a failing import keeps the definition.
static bool has_own_definition(const Facts *facts, const SymbolFact *symbol) {
    for (BindingId b = symbol->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol) {
        BindingKind kind = facts_binding(facts, b)->kind;
        if (kind == BINDING_FUNCTION || kind == BINDING_CLASS) return true;
    }
    return false;
}

// A doctest sees all names of the module that it stands in.
static ModuleId module_around(const Resolver *resolver, ModuleId module) {
    const ModuleFact *row = facts_module(resolver->facts, module);
    if (!source_file(resolver->facts->sources, row->file)->inner) return FACT_NONE(ModuleId);
    Str name = facts_name(resolver->facts, row->name);
    Str host = str_slice(name, 0, (size_t)str_find_last(name, '-'));
    return resolver_module(resolver, intern_find(resolver->facts->names, host));
}

// Names that only a star import binds, or the module around.
static void bind_late(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool embedded = false;
    for (uint32_t i = 1; i < facts->modules.count; i++)
        embedded = embedded || facts->modules.items[i].embedded;
    for (uint32_t i = 1; i < facts->exprs.count && (resolver->stars.list.count || embedded); i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind != EXPR_NAME || fact_is(facts->expr_symbols.items[i])) continue;
        ModuleId module = facts_scope(facts, expr->scope)->module;
        SymbolId symbol = star_symbol(resolver, module, expr->name, 0);
        if (!fact_is(symbol) && facts_module(facts, module)->embedded)
            symbol = module_symbol(resolver, module_around(resolver, module), expr->name, 0);
        facts->expr_symbols.items[i] = symbol;
    }
}

void resolve_imports(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolve_paths(resolver);
    stars_build(&resolver->stars, facts);
    find_submodules(resolver);
    follow_reexports(resolver);
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        SymbolId canonical = resolver->canonical[i];
        SymbolId found = chase(resolver, canonical, 0);
        if (!fact_is(found) && has_own_definition(facts, facts_symbol(facts, canonical))) {
            resolver->symbol_import[canonical.index] = FACT_NONE(ImportId);
            found = canonical;
        }
        facts->symbol_definitions.items[i] = found;
    }
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *row = &facts->imports.items[i];
        if (row->kind == IMPORT_NAME && !row->target_is_module && fact_is(row->target))
            row->definition = resolver_module_symbol(resolver, row->target, row->name);
    }
    bind_late(resolver);
}
