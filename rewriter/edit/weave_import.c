// Imports after everything else is decided.
//
// In: which names each module needs, which accesses were replaced. Out: one edit of the imports a
// module: importers of a singleton follow its accessor (and so do export lists), an import that
// nothing reads any more goes. An import that another module may take from here stays.
#include "edit/weave_internal.h"

#include "program/name.h"

#include "base/bug.h"

typedef struct Usage {
    uint32_t *reads; // by SymbolId: accesses that stay
    bool *replaced;  // by SymbolId: some access was replaced
    bool *lost;      // by SymbolId: some access stood in a stretch that goes
    bool *taken;     // by SymbolId: another module takes it from here
} Usage;

// ---- who uses a name --------------------------------------------------------------------------------
static void count_reads(const Weaving *weaving, Usage *usage) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program->facts->expr_symbols.count && i < program_expr_count(program);
         i++) {
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        if (!fact_is(symbol)) continue;
        ModuleId module = program_expr_module(program, (ExprId){i});
        if (weaving->replaced[i]) {
            usage->replaced[symbol.index] = true;
        } else if (weave_is_gone(weaving, module, program_expr(program, (ExprId){i})->start)) {
            usage->lost[symbol.index] = true;
        } else {
            usage->reads[symbol.index]++;
        }
    }
    for (uint32_t i = 1; i < program_import_count(program); i++)
        if (weaving->binds[i]) usage->reads[program_import(program, (ImportId){i})->symbol.index]++;
}

static bool is_exported(const Program *program, ModuleId module, Name name) {
    const ModuleFact *fact = program_module(program, module);
    for (uint32_t i = 0; i < fact->exports.count; i++) {
        if (name_equal(fact->exports.items[i], name)) return true;
    }
    return false;
}

// Of `from module import *`: with a list of exports, the names in it.
static void mark_all_of(const Program *program, ModuleId module, bool *taken) {
    bool listed = program_module(program, module)->has_exports;
    SymbolId id = program_scope(program, program_module(program, module)->scope)->first_symbol;
    for (; fact_is(id); id = program_symbol(program, id)->next_in_scope)
        if (!listed || is_exported(program, module, program_symbol(program, id)->name)) taken[id.index] = true;
}

static void mark_taken(const Program *program, bool *taken) {
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (!fact_is(import->target) || import->target_is_module) continue;
        if (import->kind == IMPORT_ALL) mark_all_of(program, import->target, taken);
        if (import->kind != IMPORT_NAME) continue;
        ScopeId scope = program_module(program, import->target)->scope;
        taken[program_symbol_in(program, scope, import->name).index] = true;
    }
}

// `desk.store` reads the import in desk, and a string may name it.
static void mark_passed(const Weaving *weaving, bool *taken) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < program_passed_name_count(program); i++) {
        const PassedName *row = program_passed_name(program, i);
        if (!weaving->replaced[row->expr.index]) taken[row->symbol.index] = true;
    }
    const bool *named = weaving->solution->named_symbols;
    for (uint32_t i = 1; named && i < program_symbol_count(program); i++)
        taken[i] = taken[i] || named[i];
}

// Nothing changes in the module: it is left out, or was taken back. A stand-in serves what it imports.
static bool stays(const Weaving *weaving, ModuleId module) {
    const TakenBacks *taken = &weaving->solution->taken_back;
    for (uint32_t i = 0; i < taken->count; i++)
        if (decision_same(taken->items[i].decision, (Decision){DECISION_IMPORTS, module.index})) return true;
    return program_module(weaving->program, module)->left_out;
}

// ---- changes ----------------------------------------------------------------------------------------
static void add_change(Weaving *weaving, uint32_t import, ImportAction action,
                       Str replacement) {
    const ImportFact *row = program_import(weaving->program, (ImportId){import});
    ModuleId module = row->module;
    ImportChange change = {{import}, action, replacement};
    if (weave_is_gone(weaving, module, row->statement_start)) return; // goes with what is around it
    vec_add(&weaving->modules[module.index].changes, change);
}

static void take_export_edits(Weaving *weaving, const Accessor *accessor) {
    weave_take(weaving, DECISION_ACCESSOR, accessor->symbol.index, accessor->family, SAFETY_SAFE,
                "export of '%.*s'", STR_ARG(accessor->name));
}

// Something other than an import gives the name a value, too (a fallback after a failing import): then
// its reads were refused and it keeps its meaning.
static bool has_other_binding(const Program *program, SymbolId symbol) {
    BindingId id = program_symbol(program, symbol)->first_binding;
    while (fact_is(id) && program_binding(program, id)->kind == BINDING_IMPORT) {
        id = program_binding(program, id)->next_of_symbol;
    }
    return fact_is(id);
}

// One importer of a singleton: the import and, where it is passed on, the export list.
static void follow(Weaving *weaving, const Usage *usage, const Accessor *accessor,
                   uint32_t index) {
    const Program *program = weaving->program;
    const ImportFact *import = program_import(program, (ImportId){index});
    if (stays(weaving, import->module)) return;
    bool exported = import->at_top && is_exported(program, import->module, import->bound);
    bool used = usage->reads[import->symbol.index] > 0 || usage->taken[import->symbol.index];
    bool both = accessor->keeps_name && (used || exported);
    bool passed_on = usage->taken[import->symbol.index] || exported;
    bool needs_accessor = usage->replaced[import->symbol.index] || passed_on;
    if (accessor->keeps_name && has_other_binding(program, import->symbol)) both = true;
    if (accessor->keeps_name && !needs_accessor) return; // the stand-in is all that is read here, if anything is
    // Where the accessor's name is taken its readers import it under an alias.
    bool clashes = !passed_on && weave_clashes(weaving, import->scope, accessor->name);
    if (!clashes) {
        add_change(weaving, index, both ? IMPORT_EXTEND : IMPORT_RENAME, accessor->name);
    } else if (!both) {
        add_change(weaving, index, IMPORT_REMOVE, STR_NONE);
    }
    ModuleWork *work = &weaving->modules[import->module.index];
    if (!work->has_family) work->family = accessor->family;
    work->has_family = true;
    if (!exported) return;
    weave_writer(weaving, import->module)
        ->rename_export(program->facts, import->module, import->bound, accessor->name, both,
                        &weaving->texts);
    take_export_edits(weaving, accessor);
}

static void follow_accessors(Weaving *weaving, const Usage *usage) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < weaving->solution->accessors.count; i++) {
        const Accessor *accessor = &weaving->solution->accessors.items[i];
        for (uint32_t j = 1; j < program_import_count(program); j++) {
            const ImportFact *import = program_import(program, (ImportId){j});
            if (import->kind == IMPORT_NAME && fact_same(import->definition, accessor->symbol)) {
                follow(weaving, usage, accessor, j);
            }
        }
        ModuleId home = weave_accessor_module(weaving, accessor);
        Name old = program_symbol(program, accessor->symbol)->name;
        weave_writer(weaving, home)
            ->rename_export(program->facts, home, old, accessor->name, accessor->keeps_name,
                            &weaving->texts);
        take_export_edits(weaving, accessor);
    }
}

// Who imports an old name that goes, and passes it on, does so no more.
static void follow_old_names(Weaving *weaving) {
    const Program *program = weaving->program;
    if (weaving->solution->old_names.count == 0) return;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (import->kind != IMPORT_NAME || !weave_is_old_name(weaving, import->definition)) continue;
        if (stays(weaving, import->module)) continue;
        add_change(weaving, i, IMPORT_TAKE_BACK, STR_NONE);
        weave_writer(weaving, import->module)
            ->remove_export(program->facts, import->module, import->bound, &weaving->texts);
        weave_take(weaving, DECISION_IMPORTS, import->module.index, FAMILY_CONTEXT, SAFETY_SAFE,
                   "export of an old name");
    }
}

static bool follows_accessor(const Weaving *weaving, const ImportFact *import) {
    for (uint32_t i = 1; i < weaving->solution->accessors.count; i++) {
        if (fact_same(import->definition, weaving->solution->accessors.items[i].symbol)) {
            return true;
        }
    }
    return false;
}

// `import a.b` binds `a`, and makes `a.b` known to who else reads `a`.
static bool binds_one_thing(const Program *program, const ImportFact *import) {
    if (import->kind != IMPORT_MODULE) return import->kind == IMPORT_NAME;
    return import->has_alias || str_find(program_name(program, import->path), '.') < 0;
}

// Imports of what was replaced or went, where nothing reads them any more.
static void remove_unread(Weaving *weaving, const Usage *usage) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        uint32_t symbol = import->symbol.index;
        if (!binds_one_thing(program, import) || symbol == 0) continue;
        if (stays(weaving, import->module)) continue;
        if (!usage->replaced[symbol] && !usage->lost[symbol]) continue;
        if (usage->reads[symbol] > 0 || usage->taken[symbol]) continue;
        const SymbolFact *fact = program_symbol(program, (SymbolId){symbol});
        if (!fact_same(fact->first_binding, fact->last_binding)) continue;
        if (is_exported(program, import->module, import->bound)) continue;
        if (follows_accessor(weaving, import)) continue;
        if (weave_is_old_name(weaving, import->definition)) continue;
        Str dotted = program_imported_name(program, program_name(program, import->dotted));
        bool added = weaving->solution->contracts &&
                     (program_is_below(program, dotted, program->rules->context.ambient) ||
                      program_is_below(program, dotted, program->rules->api.counter) ||
                      program_is_below(program, dotted, program->rules->api.instance));
        add_change(weaving, i, added ? IMPORT_TAKE_BACK : IMPORT_REMOVE, STR_NONE);
    }
}

void weave_write_imports(Weaving *weaving) {
    const Program *program = weaving->program;
    Usage usage = {memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *usage.reads),
                   memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *usage.replaced),
                   memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *usage.lost),
                   memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *usage.taken)};
    count_reads(weaving, &usage);
    mark_taken(program, usage.taken);
    mark_passed(weaving, usage.taken);
    follow_accessors(weaving, &usage);
    follow_old_names(weaving);
    remove_unread(weaving, &usage);
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        ModuleWork *work = &weaving->modules[i];
        if (work->needs.count == 0 && work->changes.count == 0) continue;
        weave_writer(weaving, (ModuleId){i})
            ->edit_imports(program->facts, (ModuleId){i}, work->needs.items, work->needs.count,
                           work->changes.items, work->changes.count, &weaving->texts);
        weave_take(weaving, DECISION_IMPORTS, i, work->has_family ? work->family : FAMILY_CONTEXT,
                   SAFETY_SAFE, "imports of '%.*s'",
                   STR_ARG(program_name(program, program_module(program, (ModuleId){i})->name)));
    }
    free(usage.reads);
    free(usage.replaced);
    free(usage.lost);
    free(usage.taken);
}
