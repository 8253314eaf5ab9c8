// The call graph: which functions each call may run, which function values escape, and which calls
// stay unresolved, each with its evidence.
// Comes in: the fixpoint of values. Goes out: Facts.edges, Facts.unresolved, Facts.declared_calls,
// CallFact.dotted and Facts.expr_symbols of module attributes.
// Must never add an edge on a name alone.
#include "base/bug.h"
#include "python/resolve/fakes.h"

static bool is_receiver(const Resolver *resolver, ExprId id) {
    const Facts *facts = resolver->facts;
    if (facts_expr(facts, id)->kind != EXPR_NAME) return false;
    SymbolId symbol = facts->expr_symbols.items[id.index];
    if (!fact_is(symbol) || !(facts_symbol(facts, symbol)->flags & SYMBOL_PARAMETER))
        return false;
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    if (!fact_is(binding)) return false;
    ParameterId parameter = facts_binding(facts, binding)->parameter;
    if (!fact_is(parameter)) return false;
    const FunctionFact *function =
        facts_function(facts, facts_parameter(facts, parameter)->function);
    return fact_is(function->klass) && function->first_parameter == parameter.index;
}

static Evidence evidence_of(Resolver *resolver, ExprId callee, TypeId base) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, callee);
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = facts->expr_symbols.items[callee.index];
        SymbolId definition = fact_is(symbol) ? facts->symbol_definitions.items[symbol.index]
                                              : FACT_NONE(SymbolId);
        bool direct = fact_is(resolver_function_of_symbol(resolver, definition)) ||
                      fact_is(resolver_class_of_symbol(resolver, definition));
        return direct ? EVIDENCE_IMPORT : EVIDENCE_INFERRED;
    }
    if (row->kind != EXPR_ATTRIBUTE) return EVIDENCE_INFERRED;
    TypeKind kind = type_kind(&resolver->types, base);
    if (kind == TYPE_MODULE || kind == TYPE_CLASS) return EVIDENCE_IMPORT;
    if (kind == TYPE_SUPER || is_receiver(resolver, row->base)) return EVIDENCE_SELF;
    const ExprFact *owner = facts_expr(facts, row->base);
    SymbolId symbol = owner->kind == EXPR_NAME ? facts->expr_symbols.items[row->base.index]
                                               : FACT_NONE(SymbolId);
    if (fact_is(symbol)) {
        uint32_t variable = resolver->symbol_variable[resolver->canonical[symbol.index].index];
        if (variable && resolver->variables.items[variable].declared) return EVIDENCE_CLASS;
    }
    return EVIDENCE_INFERRED;
}

// True when the callee spells the class itself, not a value that holds one.
static bool names_class(const Resolver *resolver, ExprId callee, ClassId klass) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, callee);
    SymbolId symbol = facts->expr_symbols.items[callee.index];
    if (fact_is(symbol)) symbol = facts->symbol_definitions.items[symbol.index];
    if (row->kind == EXPR_NAME || fact_is(symbol))
        return fact_same(resolver_class_of_symbol(resolver, symbol), klass);
    return row->kind == EXPR_ATTRIBUTE &&
           name_equal(row->name, facts_class(facts, klass)->name);
}

// class Table(dict, Required): dict comes before the method of Required that is found for KLASS.
static bool is_behind_foreign(const Resolver *resolver, ClassId klass, FunctionId method) {
    const Facts *facts = resolver->facts;
    const ClassFact *row = facts_class(facts, klass);
    ClassId owner = facts_function(facts, method)->klass;
    for (uint32_t i = 0; fact_is(method) && i < row->ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[row->first_ancestor + i];
        if (fact_same(ancestor, owner)) break;
        if (resolver->foreign_first[ancestor.index]) return true;
    }
    return false;
}

// super().__init__() in class Own(Table).
static bool passes_foreign_base(const Resolver *resolver, TypeId base, FunctionId target) {
    TypeTerm super = resolver->types.terms.items[base.index];
    return super.kind == TYPE_SUPER && is_behind_foreign(resolver, (ClassId){super.a}, target);
}

// Table(): what makes the instance may be something outside the tree.
static void mark_behind_foreign(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++)
        if (is_behind_foreign(resolver, (ClassId){i}, facts->classes.items[i].constructor))
            facts->classes.items[i].flags |= CLASS_BEHIND_FOREIGN;
}

// Some member of the callee's type is no function or class of the tree.
static bool is_mixed(const Types *types, TypeId callee) {
    for (uint32_t i = 0; i < type_member_count(types, callee); i++) {
        TypeTerm term = types->terms.items[type_member(types, callee, i).index];
        if (term.kind == TYPE_EXTERNAL || term.kind == TYPE_MEMBER || term.kind == TYPE_MODULE)
            return true;
        if (term.kind == TYPE_FOREIGN && term.a != FOREIGN_DATA) return true;
    }
    return false;
}

// try: from fast import size / except ImportError: def size(): ... - the name may be either.
static bool may_be_imported(const Resolver *resolver, ExprId callee) {
    const Facts *facts = resolver->facts;
    SymbolId symbol = facts->expr_symbols.items[callee.index];
    if (facts_expr(facts, callee)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    SymbolId definition = facts->symbol_definitions.items[symbol.index];
    for (BindingId b = facts_symbol(facts, definition)->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol) {
        const BindingFact *binding = facts_binding(facts, b);
        if (binding->kind != BINDING_IMPORT) continue;
        const ImportFact *row = facts_import(facts, binding->import_);
        if (!fact_is(row->target) && !fact_is(row->definition)) return true;
    }
    return false;
}

// In a decorator's own code, its parameter is the function as it was written.
static bool is_inside_maker(const Resolver *resolver, ExprId callee) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, callee);
    SymbolId symbol = facts->expr_symbols.items[callee.index];
    if (row->kind != EXPR_NAME || !fact_is(symbol)) return false;
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    ParameterId parameter = facts_binding(facts, binding)->parameter;
    FunctionId maker = facts_parameter(facts, parameter)->function;
    return fact_is(parameter) && resolver->makes_wrapper[maker.index];
}

static bool is_method_less(const Facts *facts, FunctionId function) {
    return fact_is(function) && !fact_is(facts_function(facts, function)->klass);
}

// What a class outside the tree makes, or nobody knows what: that somebody put a function of the tree under a name of such
// an object (Base.start = Own.start) says nothing of this one.
static bool is_ancestor(const Facts *facts, ClassId klass, ClassId ancestor) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++)
        if (fact_same(facts->ancestors.items[row->first_ancestor + i], ancestor)) return true;
    return false;
}

static bool is_unlike(const Resolver *resolver, TypeId base, FunctionId callee) {
    const Facts *facts = resolver->facts;
    ClassId owner = facts_function(facts, callee)->klass;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, base); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, base, i).index];
        if (term.kind == TYPE_FOREIGN || term.kind == TYPE_UNKNOWN) return true;
        ClassId klass = {term.a};
        if (term.kind == TYPE_INSTANCE && fact_is(owner) && !is_ancestor(facts, klass, owner) &&
            !is_ancestor(facts, owner, klass))
            return true;
    }
    return false;
}

// A value that a partial() may have made; C().size, where the class body says `size = measure`.
static bool may_be_bound(const Resolver *resolver, const EdgeFact *edge, TypeId base) {
    bool partial = resolver->partial_functions[edge->callee.index] ||
                   resolver->partial_classes[edge->klass.index];
    if (partial && edge->evidence == EVIDENCE_INFERRED) return true;
    if (resolver->fake_functions[edge->callee.index]) return true;
    bool guessed = edge->evidence == EVIDENCE_INFERRED || edge->explicit_receiver;
    if (edge->kind == EDGE_CALL && guessed && is_unlike(resolver, base, edge->callee)) return true;
    return edge->kind == EDGE_CALL && type_kind(&resolver->types, base) == TYPE_INSTANCE &&
           is_method_less(resolver->facts, edge->callee);
}

static void add_call_edge(Resolver *resolver, CallId id, TypeTerm target, TypeId base,
                          Evidence evidence, bool mixed, uint32_t first_edge) {
    Facts *facts = resolver->facts;
    const CallFact *call = facts_call(facts, id);
    EdgeFact edge = {.kind = EDGE_CALL,
                     .evidence = evidence,
                     .call = id,
                     .expr = call->expr,
                     .mixed = mixed};
    if (target.kind == TYPE_CLASS) {
        edge.kind = EDGE_CONSTRUCT;
        edge.klass = (ClassId){target.a};
        edge.callee = facts->classes.items[target.a].constructor;
        edge.through_class_value = !names_class(resolver, call->callee, edge.klass);
        edge.wrapped = resolver->class_shut[target.a] && !edge.through_class_value;
    } else {
        edge.callee = (FunctionId){target.a};
        const FunctionFact *function = &facts->functions.items[target.a];
        edge.explicit_receiver = target.kind == TYPE_FUNCTION && fact_is(function->klass) &&
                                 !(function->flags & (FUNCTION_STATIC | FUNCTION_CREATOR));
        edge.super_call = type_kind(&resolver->types, base) == TYPE_SUPER;
        edge.mixed = mixed || passes_foreign_base(resolver, base, edge.callee);
        edge.wrapped = resolver->wrapped_shut[target.a] && !is_inside_maker(resolver, call->callee);
    }
    edge.bound = may_be_bound(resolver, &edge, base);
    for (uint32_t i = first_edge; i < facts->edges.count; i++) { // through another instance of it
        const EdgeFact *other = &facts->edges.items[i];
        if (other->kind == edge.kind && fact_same(other->callee, edge.callee) &&
            fact_same(other->klass, edge.klass) &&
            other->explicit_receiver == edge.explicit_receiver)
            return;
    }
    vec_add(&facts->edges, edge);
}

// `x: Base = some_class(...)`: the class is a value of which nothing is known but what it makes.
static TypeId declared_result(Resolver *resolver, CallId id) {
    const Facts *facts = resolver->facts;
    BindingId binding = {0};
    uint32_t index = 0;
    if (map_get(&resolver->annotated_values, facts_call(facts, id)->expr.index, &index))
        binding.index = index;
    if (!fact_is(binding)) return (TypeId){0};
    const BindingFact *row = facts_binding(facts, binding);
    return annotation_type(resolver, row->annotation,
                           value_enclosing_class(resolver, row->scope));
}

static bool resolve_class_value(Resolver *resolver, CallId id) {
    Facts *facts = resolver->facts;
    TypeTerm made = type_term(&resolver->types, declared_result(resolver, id));
    if (made.kind != TYPE_INSTANCE) return false;
    EdgeFact edge = {.kind = EDGE_CONSTRUCT,
                     .evidence = EVIDENCE_INFERRED,
                     .call = id,
                     .expr = facts_call(facts, id)->expr,
                     .callee = facts->classes.items[made.a].constructor,
                     .klass = {made.a},
                     .through_class_value = true};
    vec_add(&facts->edges, edge);
    return true;
}

static void index_annotated_values(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (fact_is(binding->annotation) && fact_is(binding->value))
            map_put(&resolver->annotated_values, binding->value.index, i);
    }
}

static bool resolve_call(Resolver *resolver, CallId id) {
    Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    ExprId callee = facts_call(facts, id)->callee;
    const ExprFact *row = facts_expr(facts, callee);
    TypeId base = row->kind == EXPR_ATTRIBUTE ? value_of(resolver, row->base) : (TypeId){0};
    TypeId type = value_of(resolver, callee);
    Evidence evidence = evidence_of(resolver, callee, base);
    bool mixed = is_mixed(types, type) || may_be_imported(resolver, callee);
    uint32_t first_edge = facts->edges.count;
    bool resolved = type_kind(types, base) == TYPE_SUPER; // whatever the base outside the tree does
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_INSTANCE) {
            TypeId special = value_attribute(resolver, member, resolver->known.call);
            if (type_kind(types, special) == TYPE_METHOD) term = types->terms.items[special.index];
        }
        if (term.kind == TYPE_CLASS && !term.a) {
            resolved = resolve_class_value(resolver, id) || resolved;
            continue;
        }
        if (term.kind == TYPE_CALLABLE && term.b)
            vec_add(&facts->declared_calls, ((DeclaredCall){id, {term.b}}));
        if (term.kind == TYPE_CALLABLE || term.kind == TYPE_PARAMETER) continue; // runs nothing itself
        if (term.kind == TYPE_DYNAMIC)
            dynamic_add_escapes(resolver, facts_call(facts, id)->expr, term);
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD || term.kind == TYPE_CLASS)
            add_call_edge(resolver, id, term, base, evidence, mixed, first_edge);
        resolved = true;
    }
    if (evidence == EVIDENCE_INFERRED) mistyped_mark(resolver, id, first_edge);
    return resolved;
}

enum { NAMES_FUNCTION = 1, NAMES_CLASS = 2 };

// Marks the names that functions and classes of the tree have, by Name.
static uint8_t *definition_names(const Facts *facts) {
    uint8_t *marks = memory_alloc_zeroed(intern_count(facts->names) + 1, 1);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        marks[facts->functions.items[i].name.index] = NAMES_FUNCTION;
    for (uint32_t i = 1; i < facts->classes.count; i++)
        marks[facts->classes.items[i].name.index] |= NAMES_CLASS;
    marks[0] = 0;
    return marks;
}

// isinstance(x, C), issubclass, super(C, self), except C, cast(C, x): the class is only looked at.
static bool is_type_test(const Facts *facts, const ExprFact *parent) {
    static const char *const TESTS[] = {"isinstance", "issubclass", "super", "cast", "TypeVar"};
    if (parent->kind == EXPR_TUPLE && fact_is(parent->parent))
        parent = facts_expr(facts, parent->parent);
    if (parent->kind != EXPR_CALL) return false;
    Str callee = facts_name(facts, facts_expr(facts, parent->base)->name);
    for (size_t i = 0; i < sizeof TESTS / sizeof *TESTS; i++)
        if (str_is(callee, TESTS[i])) return true;
    return false;
}

static bool may_be_value(const Facts *facts, const uint8_t *names, ExprId id) {
    const ExprFact *row = facts_expr(facts, id);
    const uint32_t positions = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION | EXPR_IN_BASES;
    if (row->kind != EXPR_NAME && row->kind != EXPR_ATTRIBUTE) return false;
    if ((row->flags & positions) || !names[row->name.index]) {
        if (row->kind != EXPR_NAME || (row->flags & positions)) return false;
        SymbolId symbol = facts->expr_symbols.items[id.index]; // an alias
        if (!fact_is(symbol)) return false;
        symbol = facts->symbol_definitions.items[symbol.index];
        if (!fact_is(symbol) || !names[facts_symbol(facts, symbol)->name.index]) return false;
    }
    if (!fact_is(row->parent)) return true; // a decorator, too: Python calls it, with one argument
    const ExprFact *parent = facts_expr(facts, row->parent);
    if (is_type_test(facts, parent)) return false;
    bool is_base = fact_same(parent->base, id);
    return !(is_base && (parent->kind == EXPR_CALL || parent->kind == EXPR_ATTRIBUTE ||
                         parent->kind == EXPR_SUBSCRIPT));
}

static CallId argument_of(const Facts *facts, ExprId id) {
    ExprId parent = facts_expr(facts, id)->parent;
    return fact_is(parent) && facts_expr(facts, parent)->kind == EXPR_CALL
               ? facts_expr(facts, parent)->call
               : FACT_NONE(CallId);
}

static void add_escapes(Resolver *resolver, ExprId id) {
    Facts *facts = resolver->facts;
    if (facts_expr(facts, id)->kind == EXPR_NAME) {
        SymbolId symbol = facts->expr_symbols.items[id.index];
        if (!fact_is(symbol)) return;
        symbol = facts->symbol_definitions.items[symbol.index];
        if (!fact_is(resolver_function_of_symbol(resolver, symbol)) &&
            !fact_is(resolver_class_of_symbol(resolver, symbol)))
            return;
    }
    TypeId type = value_of(resolver, id);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        EdgeFact edge = {.kind = EDGE_ESCAPE,
                         .evidence = EVIDENCE_IMPORT,
                         .call = argument_of(facts, id),
                         .expr = id};
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            edge.callee = (FunctionId){term.a};
        else if (term.kind == TYPE_CLASS && term.a)
            edge.klass = (ClassId){term.a};
        else
            continue;
        edge.wrapped = fact_is(edge.callee) && resolver->wrapped_shut[term.a] &&
                       !is_inside_maker(resolver, id);
        vec_add(&facts->edges, edge);
    }
}

// A class decorator is handed the class; the ones that only add methods give nothing away.
static bool keeps_class(Str last) {
    static const char *const KEEPERS[] = {"dataclass", "define", "frozen", "final", "unique",
                                          "total_ordering", "runtime_checkable", "s", "attrs"};
    for (size_t i = 0; i < sizeof KEEPERS / sizeof *KEEPERS; i++)
        if (str_is(last, KEEPERS[i])) return true;
    return false;
}

static void add_decorated_classes(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++)
        for (ExprId d = facts->classes.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            if (keeps_class(facts_name(facts, resolver_last_name(resolver, d)))) continue;
            EdgeFact edge = {.kind = EDGE_ESCAPE,
                             .evidence = EVIDENCE_IMPORT,
                             .expr = d,
                             .klass = {i}};
            vec_add(&facts->edges, edge);
        }
}

// A decorator of the tree may put what it is given away, besides wrapping it: who finds it there calls it as it is.
static void add_stored_functions(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *stored = decorators_find_stored(facts);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            if (!decorator_stores(resolver, d, stored)) continue;
            vec_add(&facts->edges, ((EdgeFact){.kind = EDGE_ESCAPE,
                                               .evidence = EVIDENCE_IMPORT,
                                               .expr = d,
                                               .callee = {i}}));
        }
    }
    free(stored);
}

// A decorator from outside the tree may call, now or later, what it is given, besides the calls that are
// seen. What nothing in the tree calls is known to be called from elsewhere without that.
static void add_decorated_functions(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *called = memory_alloc_zeroed(facts->functions.count, sizeof *called);
    for (uint32_t i = 1; i < facts->edges.count; i++)
        called[facts->edges.items[i].callee.index] = true;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        if (!called[i] || !(facts->functions.items[i].flags & FUNCTION_WRAPPED)) continue;
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            if (!decorator_hands_on(resolver, d)) continue;
            EdgeFact edge = {.kind = EDGE_ESCAPE,
                             .evidence = EVIDENCE_IMPORT,
                             .expr = d,
                             .callee = {i}};
            vec_add(&facts->edges, edge);
        }
    }
    free(called);
}

static void resolve_module_attribute(Resolver *resolver, ExprId id) {
    Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, id);
    TypeId base = value_of(resolver, row->base);
    if (type_kind(&resolver->types, base) != TYPE_MODULE) return;
    Name module = {resolver->types.terms.items[base.index].a};
    ModuleId owner = resolver_module(resolver, module);
    facts->expr_symbols.items[id.index] = resolver_module_symbol(resolver, owner, row->name);
    SymbolId own = resolver_symbol(resolver, facts_module(facts, owner)->scope, row->name);
    if (fact_is(own) && fact_is(resolver->symbol_import[own.index]))
        vec_add(&facts->passed_names, ((PassedName){id, own}));
}

// What a variable was given under another name (`query = sqlalchemy.select`) is called by its own.
static Name called_name(Resolver *resolver, ExprId callee) {
    TypeTerm term = type_term(&resolver->types, value_of(resolver, callee));
    return term.kind == TYPE_EXTERNAL ? (Name){term.a} : resolver_dotted_of(resolver, callee);
}

static void mark_partial(Resolver *resolver, ExprId value) {
    TypeId type = value_of(resolver, value);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            resolver->partial_functions[term.a] = true;
        if (term.kind == TYPE_CLASS && term.a) resolver->partial_classes[term.a] = true;
    }
}

// What some functools.partial is given: a call of such a value need not say all.
static void find_partials(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolver->partial_functions = arena_array(&facts->arena, bool, facts->functions.count + 1);
    resolver->partial_classes = arena_array(&facts->arena, bool, facts->classes.count + 1);
    resolver->fake_functions = arena_array(&facts->arena, bool, facts->functions.count + 1);
    fakes_mark(resolver, resolver->fake_functions);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        Str name = facts_name(facts, called_name(resolver, call->callee));
        if (call->argument_count &&
            (str_is(name, "functools.partial") || str_is(name, "functools.partialmethod")))
            mark_partial(resolver, facts->arguments.items[call->first_argument].value);
    }
}

// operator.methodcaller("close") calls a method of whatever it is given: only its name is known.
static void add_method_caller(Facts *facts, CallId id, const uint8_t *names) {
    const CallFact *call = facts_call(facts, id);
    if (!str_is(facts_name(facts, call->dotted), "operator.methodcaller") || !call->argument_count)
        return;
    const ExprFact *name =
        facts_expr(facts, facts->arguments.items[call->first_argument].value);
    if (name->kind == EXPR_STRING && (names[name->name.index] & NAMES_FUNCTION))
        vec_add(&facts->unresolved, ((UnresolvedCall){id, name->name}));
}

void resolve_calls(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (facts->exprs.items[i].kind == EXPR_ATTRIBUTE)
            resolve_module_attribute(resolver, (ExprId){i});
    index_annotated_values(resolver);
    resolve_wrappers(resolver);
    resolve_class_wrappers(resolver);
    uint8_t *names = definition_names(facts);
    find_partials(resolver);
    mark_behind_foreign(resolver);
    vec_push(&facts->edges)->kind = EDGE_CALL;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        CallFact *call = &facts->calls.items[i];
        bool resolved = resolve_call(resolver, (CallId){i});
        const ExprFact *callee = facts_expr(facts, call->callee);
        Name name = callee->kind == EXPR_ATTRIBUTE ? callee->name
                                                   : dynamic_literal(resolver, call->callee);
        if (!resolved && (names[name.index] & NAMES_FUNCTION))
            vec_add(&facts->unresolved, ((UnresolvedCall){{i}, name}));
    }
    for (uint32_t i = 1; i < facts->calls.count; i++)
        facts->calls.items[i].dotted = called_name(resolver, facts->calls.items[i].callee);
    for (uint32_t i = 1; i < facts->calls.count; i++)
        add_method_caller(facts, (CallId){i}, names);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (may_be_value(facts, names, (ExprId){i})) add_escapes(resolver, (ExprId){i});
    free(names);
    add_decorated_classes(resolver);
    add_decorated_functions(resolver);
    add_stored_functions(resolver);
    resolve_dynamic_arguments(resolver);
    resolve_dynamic_names(resolver);
    resolve_enumerated_modules(resolver);
}
