// Modules whose contents are read as a whole, or that are imported by a computed name: what they define may be called
// by anybody.
//
//     for name, run in inspect.getmembers(actions, inspect.isfunction): ACTIONS[name] = run
//     collect(import_module("shop.actions." + kind))
//
// Comes in: resolved values and names. Goes out: EDGE_ESCAPE rows with EdgeFact.by_name. Must leave a module alone of
// which only plain names are asked, `import_module(path).setup(bot)`: such a call is in doubt by its name.
#include <stdlib.h>

#include "base/bug.h"
#include "python/resolve/resolver.h"

// A module that is read as a whole at more places has its edges already; each place costs one for each definition.
enum { PLACES_MOST = 16 };

typedef struct Search {
    Resolver *resolver;
    uint8_t *places;  // by module: where its definitions have got to so far
    bool *handed_on;  // by symbol: more than plain names are asked of it
    bool *bound_used; // by expression: it is given to such a name, or to something that is no name
    Map below;        // (package, first letters of the last word) -> how often it was looked for
} Search;

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) { return facts_expr(resolver->facts, expr); }

static ExprId argument_of(const Facts *facts, const CallFact *call, uint32_t index) {
    return index < call->argument_count ? facts->arguments.items[call->first_argument + index].value : FACT_NONE(ExprId);
}

// ---- modules that are known ------------------------------------------------------------------------------
static void escape_module(Search *search, ExprId expr, ModuleId module) {
    if (search->places[module.index] == PLACES_MOST) return;
    search->places[module.index]++;
    dynamic_escape_module(search->resolver, expr, module);
}

static void escape_value(Search *search, ExprId expr, ExprId object) {
    Resolver *resolver = search->resolver;
    TypeId type = value_of(resolver, object);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        ModuleId module = term.kind == TYPE_MODULE ? resolver_module(resolver, (Name){term.a}) : FACT_NONE(ModuleId);
        if (fact_is(module)) escape_module(search, expr, module);
    }
}

// NAMES.items(), dict(NAMES), f(**NAMES): not by a key.
static bool is_read_whole(const Resolver *resolver, const ExprFact *names) {
    const ExprFact *parent = row_of(resolver, names->parent);
    Str name = facts_name(resolver->facts, parent->name);
    if (parent->kind == EXPR_ATTRIBUTE) return str_is(name, "items") || str_is(name, "values") || str_is(name, "copy");
    if (parent->kind == EXPR_STAR) return true;
    if (parent->kind != EXPR_CALL) return false;
    Str callee = facts_name(resolver->facts, facts_call(resolver->facts, parent->call)->dotted);
    return str_is(callee, "dict") || str_is(callee, "list") || str_is(callee, "sorted");
}

// globals().items(), vars(module).values(), module.__dict__.items()
static void escape_names(Search *search, uint32_t index) {
    const Resolver *resolver = search->resolver;
    const Facts *facts = resolver->facts;
    const ExprFact *row = &facts->exprs.items[index];
    bool attribute = row->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, row->name), "__dict__");
    if ((!attribute && row->kind != EXPR_CALL) || !is_read_whole(resolver, row)) return;
    ExprId expr = {index};
    if (attribute) {
        escape_value(search, expr, row->base);
        return;
    }
    const CallFact *call = facts_call(facts, row->call);
    Str callee = facts_name(facts, call->dotted);
    if (str_is(callee, "globals") && call->argument_count == 0)
        escape_module(search, expr, facts_expr_module(facts, expr));
    if (str_is(callee, "vars") && call->argument_count == 1) escape_value(search, expr, argument_of(facts, call, 0));
}

// ---- modules by a computed name --------------------------------------------------------------------------
// A literal, or a name that is bound once, to one.
static Str constant_text(const Resolver *resolver, ExprId expr) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = row_of(resolver, expr);
    if (row->kind == EXPR_STRING) return facts_name(facts, row->name);
    SymbolId symbol = row->kind == EXPR_NAME ? facts->expr_symbols.items[expr.index] : FACT_NONE(SymbolId);
    if (!fact_is(symbol)) return STR_NONE;
    const SymbolFact *fact = facts_symbol(facts, symbol);
    const BindingFact *binding = facts_binding(facts, fact->first_binding);
    bool once = fact_is(fact->first_binding) && fact_same(fact->first_binding, fact->last_binding);
    const ExprFact *value = once && binding->kind == BINDING_ASSIGN ? row_of(resolver, binding->value) : row_of(resolver, FACT_NONE(ExprId));
    return value->kind == EXPR_STRING ? facts_name(facts, value->name) : STR_NONE;
}

static bool is_path_byte(char c) { return str_is_word_byte(c) || c == '.'; }

// "shop.actions." of "shop.actions." + kind, f"shop.actions.{kind}", "shop.actions.%s" % kind, "shop.actions.{}".format(kind)
static Str known_beginning(const Resolver *resolver, ExprId name) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = row_of(resolver, name);
    if (row->kind == EXPR_CALL) { // of the text before .format
        row = row_of(resolver, row_of(resolver, row->base)->base);
        if (row->kind != EXPR_STRING) return STR_NONE;
    } else if (row->operator_ == OPERATOR_ARITHMETIC && fact_is(row->first_child)) {
        Str constant = constant_text(resolver, row->first_child);
        if (str_find(constant, '%') < 0) return constant;
        row = row_of(resolver, row->first_child);
    } else if (row->kind != EXPR_STRING || row->name.index) {
        return STR_NONE;
    }
    Str text = facts_text(facts, facts_expr_module(facts, name), row->start, row->end);
    size_t from = 0;
    while (from < text.length && text.data[from] != '"' && text.data[from] != '\'') from++;
    while (from < text.length && (text.data[from] == '"' || text.data[from] == '\'')) from++;
    size_t to = from;
    while (to < text.length && is_path_byte(text.data[to])) to++;
    return str_slice(text, from, to);
}

// The package that a name with a dot in front begins at.
static Str package_text(const Resolver *resolver, ExprId expr) {
    const Facts *facts = resolver->facts;
    const ModuleFact *module = facts_module(facts, facts_expr_module(facts, expr));
    const ExprFact *row = row_of(resolver, expr);
    Str name = row->kind == EXPR_NAME ? facts_name(facts, row->name) : STR_NONE;
    Str own = facts_name(facts, module->name);
    ptrdiff_t dot = str_find_last(own, '.');
    if (str_is(name, "__name__") || str_is(name, "__package__"))
        return module->is_package || str_is(name, "__name__") || dot < 0 ? own : str_slice(own, 0, (size_t)dot);
    return constant_text(resolver, expr);
}

// Modules right below BASE ("shop.actions") whose last word begins with WORD.
static void escape_below(Search *search, ExprId expr, Str base, Str word) {
    Resolver *resolver = search->resolver;
    const Facts *facts = resolver->facts;
    const ModuleFact *here = facts_module(facts, facts_expr_module(facts, expr));
    Name known = resolver_absolute(resolver, here, intern(resolver->facts->names, base));
    uint64_t key = map_key(known.index, intern(resolver->facts->names, word).index);
    uint32_t times = 0;
    map_get(&search->below, key, &times);
    map_put(&search->below, key, times + 1);
    if (times == PLACES_MOST) return;
    Str package = facts_name(facts, known);
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        Str name = facts_name(facts, facts->modules.items[i].name);
        ptrdiff_t dot = str_find_last(name, '.');
        if (dot < 0 || !str_equal(str_slice(name, 0, (size_t)dot), package)) continue;
        if (str_starts_with(str_slice(name, (size_t)dot + 1, name.length), word)) escape_module(search, expr, (ModuleId){i});
    }
}

static bool asks_plain_name(const Resolver *resolver, ExprId around) {
    const ExprFact *row = row_of(resolver, around);
    return row->kind == EXPR_ATTRIBUTE && !str_is(facts_name(resolver->facts, row->name), "__dict__");
}

// What names are used for, once for all calls.
static void index_uses(Search *search) {
    const Resolver *resolver = search->resolver;
    const Facts *facts = resolver->facts;
    search->handed_on = memory_alloc_zeroed(facts->symbols.count + 1, sizeof(bool));
    search->bound_used = memory_alloc_zeroed(facts->exprs.count + 1, sizeof(bool));
    for (uint32_t i = 1; i < facts->expr_symbols.count && i < facts->exprs.count; i++) {
        const ExprFact *row = &facts->exprs.items[i];
        if (!(row->flags & EXPR_STORED) && !asks_plain_name(resolver, row->parent))
            search->handed_on[facts->expr_symbols.items[i].index] = true;
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (!fact_is(binding->symbol) || search->handed_on[binding->symbol.index]) search->bound_used[binding->value.index] = true;
    }
}

static bool is_used(Search *search, ExprId expr) {
    const Resolver *resolver = search->resolver;
    const ExprFact *row = row_of(resolver, expr);
    if (fact_is(row->parent)) return !asks_plain_name(resolver, row->parent);
    StatementKind kind = resolver->facts->statements.items[row->statement.index].kind;
    if (kind != STATEMENT_ASSIGN) return kind != STATEMENT_EXPRESSION;
    if (search->handed_on == NULL) index_uses(search);
    return search->bound_used[expr.index];
}

static void escape_computed(Search *search, const CallFact *call) {
    const Resolver *resolver = search->resolver;
    const Facts *facts = resolver->facts;
    Str begins = known_beginning(resolver, argument_of(facts, call, 0));
    ptrdiff_t dot = str_find_last(begins, '.');
    if (dot < 0 || !is_used(search, call->expr)) return;
    Str base = str_slice(begins, 0, (size_t)dot), word = str_slice(begins, (size_t)dot + 1, begins.length);
    if (base.length == 0 && call->argument_count > 1) base = package_text(resolver, argument_of(facts, call, 1));
    if (base.length > 0) escape_below(search, call->expr, base, word);
}

// ---- all of them -----------------------------------------------------------------------------------------
static bool ends_with_name(Str dotted, const char *name) {
    ptrdiff_t dot = str_find_last(dotted, '.');
    return str_is(str_slice(dotted, (size_t)(dot + 1), dotted.length), name);
}

void resolve_enumerated_modules(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    Search search = {.resolver = resolver, .places = memory_alloc_zeroed(facts->modules.count + 1, sizeof(uint8_t))};
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        CallFact call = facts->calls.items[i];
        if (!call.argument_count) continue;
        Str dotted = facts_name(facts, call.dotted);
        if (ends_with_name(dotted, "getmembers") || ends_with_name(dotted, "getmembers_static"))
            escape_value(&search, call.expr, argument_of(facts, &call, 0));
        else if (ends_with_name(dotted, "import_module") || ends_with_name(dotted, "__import__"))
            escape_computed(&search, &call);
    }
    for (uint32_t i = 1; i < facts->exprs.count; i++) escape_names(&search, i);
    free(search.places);
    free(search.handed_on);
    free(search.bound_used);
    map_release(&search.below);
}
