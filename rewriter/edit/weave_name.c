// Names: how a module writes a symbol of another one, and names that are still free.
//
// In: dotted names of the rules. Out: text for one module; the import is noted in the module's work
// list. A name that the module uses for something else is never rebound: it is imported under an
// alias.
#include "edit/weave_internal.h"

// "src.isolation.Context.from_message" -> module "src.isolation", name "Context", rest
// ".from_message": the first capitalised part is the one to import, else the last.
typedef struct DottedParts {
    Str module, name, rest;
} DottedParts;

static DottedParts split_dotted(Str dotted) {
    size_t start = 0;
    Str rest = dotted, part;
    DottedParts parts = {STR_NONE, dotted, STR_NONE};
    while (str_split_next(&rest, '.', &part)) {
        size_t end = start + part.length;
        parts.module = start > 0 ? str_slice(dotted, 0, start - 1) : STR_NONE;
        parts.name = part;
        parts.rest = str_slice(dotted, end, dotted.length);
        if (start > 0 && part.length > 0 && part.data[0] >= 'A' && part.data[0] <= 'Z') break;
        start = end + 1;
    }
    return parts;
}

// ---- names that mean something else ------------------------------------------------------------------
static bool scope_is_inside(const Facts *facts, ScopeId scope, ScopeId outer) {
    for (; fact_is(scope); scope = facts_scope(facts, scope)->parent) {
        if (fact_same(scope, outer)) return true;
    }
    return false;
}

// The symbol that NAME is in SCOPE, found before the module's own; a class body is seen from itself only.
static SymbolId find_around(const Facts *facts, ScopeId scope, Name name) {
    bool in_function = false;
    for (; fact_is(scope); scope = facts_scope(facts, scope)->parent) {
        ScopeKind kind = facts_scope(facts, scope)->kind;
        if (kind == SCOPE_MODULE) break;
        if (kind == SCOPE_CLASS && in_function) continue;
        if (kind == SCOPE_FUNCTION) in_function = true;
        SymbolId symbol = facts_symbol_in(facts, scope, name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

// A function around SCOPE has NAME for something of its own, or will have.
static bool is_shadowed(const Weaving *weaving, ScopeId scope, Str name) {
    const Facts *facts = weaving->facts;
    const Local *local;
    ModuleId module = facts_scope(facts, scope)->module;
    for (uint32_t i = weaving->modules[module.index].first_local; i > 0; i = local->next) {
        local = &weaving->locals.items[i];
        ScopeId body = facts_function(facts, local->function)->body;
        if (str_equal(local->name, name) && scope_is_inside(facts, scope, body)) return true;
    }
    Name interned = intern_find(facts->names, name);
    return interned.index != 0 && fact_is(find_around(facts, scope, interned));
}

bool weave_clashes(const Weaving *weaving, ScopeId scope, Str name) {
    const Facts *facts = weaving->facts;
    Name interned = intern_find(facts->names, name);
    if (interned.index == 0) return false;
    SymbolId symbol = find_around(facts, scope, interned);
    if (!fact_is(symbol))
        symbol = weave_module_symbol(facts, facts_scope(facts, scope)->module, name);
    BindingId id = facts_symbol(facts, symbol)->first_binding;
    while (fact_is(id) && facts_binding(facts, id)->kind == BINDING_IMPORT) {
        id = facts_binding(facts, id)->next_of_symbol;
    }
    return fact_is(id);
}

// ---- how a name is written ---------------------------------------------------------------------------
Str weave_name(Weaving *weaving, Site site, Str dotted) {
    const Facts *facts = weaving->facts;
    ModuleId module = facts_scope(facts, site.scope)->module;
    DottedParts parts = split_dotted(dotted);
    Str own = facts_name(facts, facts_module(facts, module)->name);
    if (parts.module.length == 0 || str_equal(parts.module, own)) {
        return str_slice(dotted, parts.module.length ? parts.module.length + 1 : 0, dotted.length);
    }
    Meaning meaning = weave_meaning(weaving, module, parts.module, parts.name);
    if (is_shadowed(weaving, site.scope, parts.name)) meaning = MEANING_OTHER;
    ImportNeed need = {parts.module, parts.name, site.at_import};
    Str text = parts.name;
    if (meaning == MEANING_OTHER) {
        text = arena_format(&weaving->arena, "weft_%.*s", STR_ARG(parts.name));
        need.name =
            arena_format(&weaving->arena, "%.*s as %.*s", STR_ARG(parts.name), STR_ARG(text));
    }
    if (meaning != MEANING_SAME) vec_add(&weaving->modules[module.index].needs, need);
    return arena_format(&weaving->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(parts.rest));
}

Str weave_binder(Weaving *weaving, Site site) {
    const Facts *facts = weaving->facts;
    ModuleId module = facts_scope(facts, site.scope)->module;
    const ModuleWork *work = &weaving->modules[module.index];
    for (uint32_t i = work->rows.imports.first; i < work->rows.imports.end; i++) {
        const ImportFact *import = &facts->imports.items[i];
        if (!import->at_top || import->type_checking) continue;
        Str dotted = facts_name(facts, import->dotted), bound = facts_name(facts, import->bound);
        if (is_shadowed(weaving, site.scope, bound)) continue;
        if (import->kind == IMPORT_NAME && str_is(dotted, "functools.partial")) return bound;
        if (import->kind == IMPORT_MODULE && str_is(dotted, "functools")) {
            return arena_format(&weaving->arena, "%.*s.partial", STR_ARG(bound));
        }
    }
    return weave_name(weaving, site, STR("functools.partial"));
}

ContextText weave_context_text(Weaving *weaving, Site site, bool with_ambient) {
    const ContextRule *rule = &weaving->rules->context;
    ContextText text = {.parameter = rule->parameter};
    text.type = weave_name(weaving, site, rule->type);
    if (with_ambient) text.ambient = weave_name(weaving, site, rule->ambient);
    return text;
}

// ---- free names ----------------------------------------------------------------------------------
// TEXT reads the name WORD.
static bool reads_name(Str text, Str word) {
    for (size_t at = 0, end; at < text.length; at = end + 1) {
        for (end = at; end < text.length && str_is_word_byte(text.data[end]);) end++;
        bool attribute = at > 0 && text.data[at - 1] == '.';
        if (!attribute && str_equal(str_slice(text, at, end), word)) return true;
    }
    return false;
}

// The name is read or bound in FUNCTION or below, or one of our own locals there has it, or what we put
// into the module reads it.
static bool is_taken(const Weaving *weaving, FunctionId id, Str name) {
    const Facts *facts = weaving->facts;
    const FunctionFact *function = facts_function(facts, id);
    const ModuleWork *work = &weaving->modules[function->module.index];
    const Local *local;
    for (uint32_t i = work->first_local; i > 0; i = local->next) {
        local = &weaving->locals.items[i];
        if (!str_equal(local->name, name)) continue;
        ScopeId other = facts_function(facts, local->function)->body;
        if (scope_is_inside(facts, other, function->body) ||
            scope_is_inside(facts, function->body, other)) {
            return true;
        }
    }
    const Access *access;
    for (uint32_t i = work->last_access; i > 0; i = access->previous) {
        access = &weaving->accesses.items[i - 1];
        if (reads_name(access->text, name)) return true;
    }
    Name interned = intern_find(facts->names, name);
    if (interned.index == 0) return false;
    for (uint32_t i = work->rows.symbols.first; i < work->rows.symbols.end; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if (name_equal(symbol->name, interned) &&
            scope_is_inside(facts, symbol->scope, function->body)) {
            return true;
        }
    }
    for (uint32_t i = work->rows.exprs.first; i < work->rows.exprs.end; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind == EXPR_NAME && name_equal(expr->name, interned) &&
            scope_is_inside(facts, expr->scope, function->body)) {
            return true;
        }
    }
    return false;
}

Str weave_free_name(Weaving *weaving, FunctionId function, Str wanted) {
    if (!is_taken(weaving, function, wanted)) return wanted;
    Str isolated = arena_format(&weaving->arena, "isolated_%.*s", STR_ARG(wanted));
    Str name = isolated;
    for (unsigned i = 2; is_taken(weaving, function, name); i++) {
        name = arena_format(&weaving->arena, "%.*s_%u", STR_ARG(isolated), i);
    }
    return name;
}
