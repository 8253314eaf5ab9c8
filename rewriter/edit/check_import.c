// Imported names. In: all imports after. Out: E508 for each that names something which its module, one
// of the tree, does not have, unless the same import failed before.
#include "edit/check_internal.h"

static bool binds(const Facts *facts, ScopeId scope, const char *text) {
    Name name = intern_find(facts->names, str_from(text));
    return name.index != 0 && fact_is(facts_symbol_in(facts, scope, name));
}

// Some function of the module binds NAME through `global`.
static bool is_made_global(const Facts *facts, ModuleId module, Name name) {
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if (name_equal(symbol->name, name) && (symbol->flags & SYMBOL_GLOBAL) &&
            fact_same(facts->scopes.items[symbol->scope.index].module, module))
            return true;
    }
    return false;
}

// The module may have names that nobody can see here.
static bool is_open(const Check *check, const ModulePair *module, const Facts *facts, ScopeId scope,
                    bool after) {
    if (binds(facts, scope, "__getattr__")) return true;
    Rows rows = check_imports_of(check, module, after, &facts);
    for (uint32_t i = rows.first; i < rows.end; i++)
        if (facts->imports.items[i].kind == IMPORT_ALL) return true;
    return false;
}

static bool has_folder(const Check *check, const ModulePair *module, Str name) {
    for (uint32_t i = 1; i < check->modules.count; i++) {
        Str other = check->modules.items[i].name;
        size_t length = module->name.length + 1 + name.length;
        if (other.length > length && other.data[length] == '.' &&
            str_starts_with(other, module->name) && other.data[module->name.length] == '.' &&
            str_equal(str_slice(other, module->name.length + 1, length), name))
            return true;
    }
    return false;
}

static bool has_name(const Check *check, uint32_t index, Str text, bool after) {
    const ModulePair *module = &check->modules.items[index];
    const Facts *facts = check->before;
    ModuleId id = module->before;
    if (after && module->after != NULL) {
        facts = &module->after->facts;
        id = (ModuleId){1};
    }
    if (!fact_is(id)) return false;
    ScopeId scope = facts->modules.items[id.index].scope;
    Name name = intern_find(facts->names, text);
    if (name.index != 0 && fact_is(facts_symbol_in(facts, scope, name))) return true;
    if (check_find_submodule(check, module, text) || has_folder(check, module, text)) return true;
    if (check->input->language->is_builtin(text)) return true; // __name__, __file__, ...
    return (name.index != 0 && is_made_global(facts, id, name)) ||
           is_open(check, module, facts, scope, after);
}

// The same import stood in the old text and failed there, too.
static bool failed_before(const Check *check, const ModulePair *module, uint32_t target,
                          const Facts *facts, const ImportFact *import_) {
    if (has_name(check, target, facts_name(facts, import_->name), false)) return false;
    const Facts *old;
    Rows rows = check_imports_of(check, module, false, &old);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const ImportFact *other = &old->imports.items[i];
        if (other->kind == IMPORT_NAME && other->level == import_->level &&
            str_equal(facts_name(old, other->path), facts_name(facts, import_->path)) &&
            str_equal(facts_name(old, other->name), facts_name(facts, import_->name)))
            return true;
    }
    return false;
}

// The module never had the name: weft makes none up, so some rule does.
static void blame_rules(const Check *check, Str name, Str module) {
    diagnostic_help(check->diagnostics,
                    "define '%.*s' in '%.*s', or correct the rule that names it; nothing was "
                    "written",
                    STR_ARG(name), STR_ARG(module));
}

static void check_one(Check *check, const ModulePair *module, const Facts *facts,
                      const ImportFact *import_) {
    if (import_->kind != IMPORT_NAME) return;
    uint32_t target =
        check_find_module(check, module, import_->level, facts_name(facts, import_->path));
    if (target == 0) return;
    const ModulePair *from = &check->modules.items[target];
    if (module->after == NULL && from->after == NULL) return;
    Str name = facts_name(facts, import_->name);
    if (has_name(check, target, name, true)) return;
    if (failed_before(check, module, target, facts, import_)) return;
    if (module->after != NULL) {
        bool shown =
            check_report(check, DIAGNOSTIC_E508, module->after, import_->name_start,
                         "'%.*s' would import '%.*s' from '%.*s', which does not define it",
                         STR_ARG(module->name), STR_ARG(name), STR_ARG(from->name));
        bool rewritten = from->after != NULL && fact_is(from->before);
        if (shown && !rewritten && !has_name(check, target, name, false))
            blame_rules(check, name, from->name);
    } else {
        Span span = {facts_module_file(facts, import_->module), import_->name_start,
                     import_->name_end};
        check_report_old(check, DIAGNOSTIC_E508, span,
                         "'%.*s' imports '%.*s' from '%.*s', which would no longer define it",
                         STR_ARG(module->name), STR_ARG(name), STR_ARG(from->name));
    }
}

void check_imports(Check *check) {
    for (uint32_t i = 1; i < check->modules.count; i++) {
        const ModulePair *module = &check->modules.items[i];
        const Facts *facts;
        Rows rows = check_imports_of(check, module, true, &facts);
        for (uint32_t k = rows.first; k < rows.end; k++)
            check_one(check, module, facts, &facts->imports.items[k]);
    }
}
