// In: a name, and the facts. Out: the row that it names. A name is looked up as it stands first, then
// below each import root; what one spelling finds, no later one overrides.
#include "program/name.h"

#include "program/rows.h"

// The name that the SPELLING-th way of writing DOTTED has in the facts; 0 is DOTTED as it stands.
static Name spell(const Program *program, uint32_t spelling, Str dotted) {
    const Interner *names = program->facts->names;
    if (spelling == 0) return intern_find(names, dotted);
    return intern_find_dotted(names, program->roots.items[spelling - 1], dotted);
}

static uint32_t row_of(const Map *map, Name name) {
    uint32_t row = 0;
    if (name.index) map_get(map, name.index, &row);
    return row;
}

// ---- one spelling --------------------------------------------------------------------------------
static SymbolId symbol_of(const Program *program, uint32_t spelling, Str dotted) {
    const Facts *facts = program->facts;
    ptrdiff_t dot = str_find_last(dotted, '.');
    if (dot < 0) return (SymbolId){spelling == 0 ? row_of(&program->globals, spell(program, 0, dotted)) : 0};
    Name module = spell(program, spelling, str_slice(dotted, 0, (size_t)dot));
    Name name = intern_find(facts->names, str_slice(dotted, (size_t)dot + 1, dotted.length));
    if (!name.index) return FACT_NONE(SymbolId);
    for (uint32_t i = row_of(&program->modules, module); i; i = program->next_module[i]) {
        SymbolId symbol = facts_symbol_in(facts, facts->modules.items[i].scope, name);
        if (!fact_is(symbol)) continue;
        SymbolId definition = facts->symbol_definitions.items[symbol.index];
        return fact_is(definition) ? definition : symbol;
    }
    return FACT_NONE(SymbolId);
}

static const BindingFact *last_binding(const Program *program, uint32_t spelling, Str dotted) {
    const Facts *facts = program->facts;
    SymbolId symbol = symbol_of(program, spelling, dotted);
    BindingId none = FACT_NONE(BindingId);
    return facts_binding(facts, fact_is(symbol) ? facts_symbol(facts, symbol)->last_binding : none);
}

static ClassId class_of(const Program *program, uint32_t spelling, Str dotted) {
    uint32_t row = row_of(&program->classes, spell(program, spelling, dotted));
    return row ? (ClassId){row} : last_binding(program, spelling, dotted)->klass;
}

static FunctionId function_of(const Program *program, uint32_t spelling, Str dotted) {
    uint32_t row = row_of(&program->functions, spell(program, spelling, dotted));
    return row ? (FunctionId){row} : last_binding(program, spelling, dotted)->function;
}

// ---- all spellings -------------------------------------------------------------------------------
ModuleId program_find_module(const Program *program, Str dotted) {
    uint32_t row = 0;
    for (uint32_t i = 0; !row && i <= program->roots.count; i++)
        row = row_of(&program->modules, spell(program, i, dotted));
    return (ModuleId){row};
}

SymbolId program_find_symbol(const Program *program, Str dotted) {
    SymbolId found = FACT_NONE(SymbolId);
    for (uint32_t i = 0; !fact_is(found) && i <= program->roots.count; i++)
        found = symbol_of(program, i, dotted);
    return found;
}

ClassId program_find_class(const Program *program, Str qualified) {
    ClassId found = FACT_NONE(ClassId);
    for (uint32_t i = 0; !fact_is(found) && i <= program->roots.count; i++)
        found = class_of(program, i, qualified);
    return found;
}

FunctionId program_find_function(const Program *program, Str qualified) {
    FunctionId found = FACT_NONE(FunctionId);
    for (uint32_t i = 0; !fact_is(found) && i <= program->roots.count; i++)
        found = function_of(program, i, qualified);
    return found;
}

bool program_defines(const Program *program, Str dotted) {
    return fact_is(program_find_symbol(program, dotted)) ||
           fact_is(program_find_class(program, dotted)) ||
           fact_is(program_find_function(program, dotted));
}

// ---- names as texts ------------------------------------------------------------------------------
// DOTTED without the SPELLING-th root; empty when it does not begin with that. 0 is DOTTED itself.
static Str unspell(const Program *program, uint32_t spelling, Str dotted) {
    if (spelling == 0) return dotted;
    Str root = program->roots.items[spelling - 1];
    bool below = dotted.length > root.length + 1 && dotted.data[root.length] == '.' &&
                 str_starts_with(dotted, root);
    return below ? str_slice(dotted, root.length + 1, dotted.length) : STR_NONE;
}

bool program_name_matches(const Program *program, Str pattern, Str dotted) {
    for (uint32_t i = 0; i <= program->roots.count; i++)
        if (rule_name_matches(pattern, unspell(program, i, dotted))) return true;
    return false;
}

bool program_names_match(const Program *program, const RuleNames *patterns, Str dotted) {
    for (uint32_t i = 0; i < patterns->count; i++)
        if (program_name_matches(program, patterns->items[i].text, dotted)) return true;
    return false;
}

bool program_is_named(const Program *program, Str wanted, Str dotted) {
    for (uint32_t i = 0; i <= program->roots.count; i++)
        if (str_equal(wanted, unspell(program, i, dotted))) return wanted.length > 0;
    return false;
}

bool program_is_below(const Program *program, Str package, Str dotted) {
    for (uint32_t i = 0; package.length && i <= program->roots.count; i++) {
        Str name = unspell(program, i, dotted);
        if (str_starts_with(name, package) &&
            (name.length == package.length || name.data[package.length] == '.'))
            return true;
    }
    return false;
}

bool program_mentions(const Program *program, Str dotted) {
    for (uint32_t i = 1; i < program_import_count(program); i++)
        if (program_is_named(program, dotted,
                             program_name(program, program_import(program, (ImportId){i})->dotted)))
            return true;
    for (uint32_t i = 1; i < program_call_count(program); i++)
        if (program_is_named(program, dotted,
                             program_name(program, program_call(program, (CallId){i})->dotted)))
            return true;
    return false;
}

Str program_imported_name(const Program *program, Str dotted) {
    for (uint32_t i = 1; i <= program->roots.count; i++) {
        Str name = unspell(program, i, dotted);
        if (name.length) return name;
    }
    return dotted;
}

Str program_symbol_name(Arena *arena, const Program *program, SymbolId symbol) {
    const SymbolFact *fact = program_symbol(program, symbol);
    Str name = program_name(program, fact->name);
    ScopeId id = fact->scope;
    while (program_scope(program, id)->kind == SCOPE_BLOCK) id = program_scope(program, id)->parent;
    const ScopeFact *scope = program_scope(program, id);
    Str owner;
    switch (scope->kind) {
    case SCOPE_CLASS:
        owner = program_name(program, program_class(program, scope->klass)->qualified);
        return arena_format(arena, "%.*s.%.*s", STR_ARG(owner), STR_ARG(name));
    case SCOPE_FUNCTION:
        owner = program_name(program, program_function(program, scope->function)->qualified);
        return arena_format(arena, "%.*s.<locals>.%.*s", STR_ARG(owner), STR_ARG(name));
    case SCOPE_MODULE:
    case SCOPE_BLOCK: break;
    }
    owner = program_name(program, program_module(program, scope->module)->name);
    return arena_format(arena, "%.*s.%.*s", STR_ARG(owner), STR_ARG(name));
}
