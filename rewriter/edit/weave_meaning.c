// What a module understands by a name before it is rewritten.
//
// In: a symbol of another module, by its module and its name. Out: whether its name is free here, means
// it already, or means something else: by a binding, by `from x import *`, or as a name of the language.
#include "edit/weave_internal.h"

#include "program/name.h"

enum { STAR_STEPS = 8 }; // packages import each other with *

SymbolId weave_module_symbol(const Program *program, ModuleId module, Str name) {
    Name interned = intern_find(program->facts->names, name);
    if (interned.index == 0 || !fact_is(module)) return FACT_NONE(SymbolId);
    return program_symbol_in(program, program_module(program, module)->scope, interned);
}

static SymbolId definition_of(const Program *program, SymbolId symbol) {
    if (symbol.index >= program->facts->symbol_definitions.count) return FACT_NONE(SymbolId);
    return program_definition_of(program, symbol);
}

static bool is_exported(const Program *program, ModuleId module, Name name) {
    const ModuleFact *row = program_module(program, module);
    if (!row->has_exports) return !str_starts_with(program_name(program, name), STR("_"));
    for (uint32_t i = 0; i < row->exports.count; i++)
        if (name_equal(row->exports.items[i], name)) return true;
    return false;
}

// The symbol that MODULE has under NAME by `from x import *`; none when no module of the tree gives it.
static SymbolId find_by_star(const Weaving *weaving, ModuleId module, Name name, int steps) {
    const Program *program = weaving->program;
    const ModuleWork *work = &weaving->modules[module.index];
    SymbolId found = FACT_NONE(SymbolId);
    for (uint32_t i = work->rows.imports.first; i < work->rows.imports.end; i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (import->kind != IMPORT_ALL || !fact_is(import->target) || steps == 0) continue;
        if (!is_exported(program, import->target, name)) continue;
        SymbolId symbol =
            program_symbol_in(program, program_module(program, import->target)->scope, name);
        if (!fact_is(symbol)) symbol = find_by_star(weaving, import->target, name, steps - 1);
        if (fact_is(symbol)) found = symbol; // the last import counts
    }
    return found;
}

// The module reads NAME, which it does not bind: of the language, or by * from a module outside the tree.
static bool is_read_unbound(const Weaving *weaving, ModuleId module, Name name) {
    const Program *program = weaving->program;
    const ModuleWork *work = &weaving->modules[module.index];
    for (uint32_t i = work->rows.exprs.first; i < work->rows.exprs.end; i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind == EXPR_NAME && name_equal(expr->name, name) &&
            !fact_is(program_symbol_of(program, (ExprId){i})))
            return true;
    }
    return false;
}

static bool is_same(const Program *program, SymbolId symbol, SymbolId wanted) {
    SymbolId definition = definition_of(program, symbol);
    return fact_is(wanted) && fact_is(definition) &&
           fact_same(definition_of(program, wanted), definition);
}

static Meaning meaning_unbound(const Weaving *weaving, ModuleId module, Name name,
                               SymbolId wanted) {
    if (!name.index) return MEANING_FREE;
    SymbolId symbol = find_by_star(weaving, module, name, STAR_STEPS);
    if (fact_is(symbol))
        return is_same(weaving->program, symbol, wanted) ? MEANING_SAME : MEANING_OTHER;
    return is_read_unbound(weaving, module, name) ? MEANING_OTHER : MEANING_FREE;
}

// The import binds the symbol NAME of the module FROM.
static bool imports_it(const Program *program, const ImportFact *import, Str from, Str name) {
    Str dotted = program_name(program, import->dotted);
    ptrdiff_t dot = str_find_last(dotted, '.');
    return dot > 0 && program_is_named(program, from, str_slice(dotted, 0, (size_t)dot)) &&
           str_equal(name, str_slice(dotted, (size_t)dot + 1, dotted.length));
}

static Meaning find_meaning(const Weaving *weaving, ModuleId module, Str from, Str name) {
    const Program *program = weaving->program;
    SymbolId symbol = weave_module_symbol(program, module, name);
    SymbolId wanted = weave_module_symbol(program, program_find_module(program, from), name);
    if (!fact_is(symbol))
        return meaning_unbound(weaving, module, intern_find(program->facts->names, name), wanted);
    BindingId id = program_symbol(program, symbol)->first_binding;
    for (; fact_is(id); id = program_binding(program, id)->next_of_symbol) {
        const BindingFact *binding = program_binding(program, id);
        if (binding->kind != BINDING_IMPORT) return MEANING_OTHER;
        if (imports_it(program, program_import(program, binding->import_), from, name))
            return MEANING_IMPORTED;
    }
    return is_same(program, symbol, wanted) ? MEANING_SAME : MEANING_OTHER;
}

Meaning weave_meaning(Weaving *weaving, ModuleId module, Str from, Str name) {
    ModuleWork *work = &weaving->modules[module.index];
    for (uint32_t i = 0; i < work->meanings.count; i++) {
        const KnownMeaning *known = &work->meanings.items[i];
        if (str_equal(known->name, name) && str_equal(known->from, from)) return known->meaning;
    }
    Meaning meaning = find_meaning(weaving, module, from, name);
    vec_add(&work->meanings, ((KnownMeaning){arena_copy(&weaving->arena, from),
                                             arena_copy(&weaving->arena, name), meaning}));
    return meaning;
}
