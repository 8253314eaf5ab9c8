// Idioms that the solver needs to know by name: lazy getters of a module-level instance, __new__
// singletons, functions used as decorators, parameters that are certainly of one class.
// Comes in: resolved facts. Goes out: Facts.getters, CLASS_SINGLETON, FUNCTION_DECORATES,
// ParameterFact.klass. Must never accept a variant whose rewriting would lose a statement.
#include "facts/stretch.h"
#include "python/resolve/resolver.h"

// ---- lazy getters --------------------------------------------------------------------------------
static bool is_docstring(const Facts *facts, const StatementFact *statement) {
    return statement->kind == STATEMENT_EXPRESSION && fact_is(statement->value) &&
           facts_expr(facts, statement->value)->kind == EXPR_STRING;
}

static bool returns_symbol(const Resolver *resolver, const StatementFact *statement,
                           SymbolId state) {
    const Facts *facts = resolver->facts;
    if (!fact_is(statement->value) ||
        facts_expr(facts, statement->value)->kind != EXPR_NAME)
        return false;
    SymbolId symbol = facts->expr_symbols.items[statement->value.index];
    return fact_is(symbol) && fact_same(resolver->canonical[symbol.index], state);
}

// Every statement of the function must be one that the rewriting understands.
static bool is_lazy_body(const Resolver *resolver, const FunctionFact *function, SymbolId state,
                         const uint32_t *first_statement) {
    const Facts *facts = resolver->facts;
    uint32_t assigns = 0, returns = 0, conditions = 0;
    for (uint32_t i = first_statement[function->body.index]; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start >= function->end ||
            !fact_same(statement->scope, function->body))
            break;
        switch (statement->kind) {
        case STATEMENT_SCOPE: case STATEMENT_WITH: break;
        case STATEMENT_IF: conditions++; break;
        case STATEMENT_ASSIGN: assigns++; break;
        case STATEMENT_RETURN:
            if (!returns_symbol(resolver, statement, state)) return false;
            returns++;
            break;
        case STATEMENT_EXPRESSION:
            if (!is_docstring(facts, statement)) return false;
            break;
        case STATEMENT_OTHER: case STATEMENT_LOOP: case STATEMENT_TRY: case STATEMENT_FUNCTION:
        case STATEMENT_CLASS: case STATEMENT_IMPORT: case STATEMENT_PASS: case STATEMENT_RAISE:
        case STATEMENT_DELETE: case STATEMENT_MATCH: case STATEMENT_WHILE: case STATEMENT_ASSERT:
        case STATEMENT_JUMP: return false;
        }
    }
    return assigns == 1 && returns >= 1 && conditions >= 1;
}

static bool may_be_getter(const FunctionFact *function) {
    return function->parameter_count == 0 && !fact_is(function->enclosing) &&
           !fact_is(function->klass) &&
           !(function->flags & (FUNCTION_ASYNC | FUNCTION_GENERATOR | FUNCTION_LAMBDA));
}

// Until the getter runs there is nothing in it: `late = None`, or a declaration. What a module makes itself,
// `late = Kind("first")`, is no leftover that could go.
static bool begins_empty(const Facts *facts, SymbolId state) {
    for (BindingId id = facts_symbol(facts, state)->first_binding; fact_is(id);
         id = facts_binding(facts, id)->next_of_symbol) {
        ExprId value = facts_binding(facts, id)->value;
        if (fact_is(value) && facts_expr(facts, value)->kind != EXPR_NONE) return false;
    }
    return true;
}

static void find_getter(Resolver *resolver, const BindingFact *binding, BindingId id,
                        const uint32_t *first_statement) {
    Facts *facts = resolver->facts;
    if (binding->kind != BINDING_ASSIGN || !fact_is(binding->symbol) || binding->element != -1 ||
        !fact_is(binding->value) || facts_expr(facts, binding->value)->kind != EXPR_CALL)
        return;
    if (!(facts_symbol(facts, binding->symbol)->flags & SYMBOL_GLOBAL)) return;
    SymbolId state = resolver->canonical[binding->symbol.index];
    FunctionId owner = resolver->scope_owner[binding->scope.index];
    if (!fact_is(owner) || fact_same(state, binding->symbol)) return;
    const FunctionFact *function = facts_function(facts, owner);
    if (may_be_getter(function) && begins_empty(facts, state) && is_lazy_body(resolver, function, state, first_statement))
        vec_add(&facts->getters, ((LazyGetter){owner, id, state, binding->value}));
}

// ---- getters whose result a decorator keeps ---------------------------------------------------------
static bool keeps_result(Resolver *resolver, ExprId decorator) {
    const ExprFact *row = facts_expr(resolver->facts, decorator);
    ExprId maker = row->kind == EXPR_CALL ? row->base : decorator;
    Str name = facts_name(resolver->facts, resolver_dotted_of(resolver, maker));
    return str_is(name, "functools.lru_cache") || str_is(name, "functools.cache");
}

// The call in a body that is `return Class(...)`, below a docstring or not; none for any other body.
static ExprId only_construction(const Facts *facts, const FunctionFact *function,
                                const uint32_t *first_statement) {
    ExprId found = FACT_NONE(ExprId);
    for (uint32_t i = first_statement[function->body.index]; i && i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start >= function->end || !fact_same(statement->scope, function->body)) break;
        if (statement->kind == STATEMENT_SCOPE || is_docstring(facts, statement)) continue;
        bool makes = statement->kind == STATEMENT_RETURN && fact_is(statement->value) &&
                     facts_expr(facts, statement->value)->kind == EXPR_CALL;
        if (!makes || fact_is(found)) return FACT_NONE(ExprId);
        found = statement->value;
    }
    return found;
}

static void find_cached_getter(Resolver *resolver, FunctionId id, const uint32_t *first_statement) {
    Facts *facts = resolver->facts;
    const FunctionFact *function = facts_function(facts, id);
    ExprId decorator = function->first_decorator;
    if (!may_be_getter(function) || !fact_is(decorator) ||
        fact_is(facts_expr(facts, decorator)->next_sibling) || !keeps_result(resolver, decorator))
        return;
    SymbolId symbol = facts_symbol_in(facts, function->scope, function->name);
    const SymbolFact *row = facts_symbol(facts, symbol);
    ExprId construction = only_construction(facts, function, first_statement);
    if (fact_is(construction) && fact_same(row->first_binding, row->last_binding))
        vec_add(&facts->getters,
                ((LazyGetter){id, row->first_binding, FACT_NONE(SymbolId), construction}));
}

static void find_getters(Resolver *resolver) {
    Facts *facts = resolver->facts;
    uint32_t *first_statement = arena_array(&facts->arena, uint32_t, facts->scopes.count);
    for (uint32_t i = facts->statements.count; i-- > 1;)
        first_statement[facts->statements.items[i].scope.index] = i;
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        find_getter(resolver, &facts->bindings.items[i], (BindingId){i}, first_statement);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        find_cached_getter(resolver, (FunctionId){i}, first_statement);
}

// ---- singletons made by __new__ --------------------------------------------------------------------
static bool creates_instance(const Resolver *resolver, ExprId value) {
    const Facts *facts = resolver->facts;
    if (!fact_is(value) || facts_expr(facts, value)->kind != EXPR_CALL) return false;
    const ExprFact *callee =
        facts_expr(facts, facts_expr(facts, value)->base);
    return callee->kind == EXPR_ATTRIBUTE && name_equal(callee->name, resolver->known.new_);
}

// The class variable that the creator fills with super().__new__(cls), none when it does not.
static Name shared_instance(const Resolver *resolver, const FunctionFact *creator) {
    const Facts *facts = resolver->facts;
    Stretch rows = facts_bindings_of(facts, creator->module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (!fact_same(binding->scope, creator->body) || !fact_is(binding->target)) continue;
        const ExprFact *target = facts_expr(facts, binding->target);
        if (target->kind == EXPR_ATTRIBUTE && creates_instance(resolver, binding->value))
            return target->name;
    }
    return NAME_NONE;
}

// A value that all instances may have from their class: it cannot be changed, and nothing runs to make it.
static bool is_constant(const Facts *facts, ExprId value) {
    const ExprFact *row = facts_expr(facts, value);
    return row->kind == EXPR_NONE || row->kind == EXPR_TRUTH || row->kind == EXPR_NUMBER ||
           (row->kind == EXPR_STRING && !fact_is(row->first_child));
}

// The statement can go with the method: what it gives the instance becomes a variable of the class.
static bool can_go(const Resolver *resolver, const StatementFact *statement, Name attribute) {
    const Facts *facts = resolver->facts;
    const ExprFact *value = facts_expr(facts, statement->value);
    switch ((StatementKind)statement->kind) {
    case STATEMENT_RETURN:
        return value->kind == EXPR_ATTRIBUTE && name_equal(value->name, attribute);
    case STATEMENT_ASSIGN:
        return creates_instance(resolver, statement->value) || is_constant(facts, statement->value);
    case STATEMENT_EXPRESSION: return value->kind == EXPR_STRING;
    case STATEMENT_IF:
    case STATEMENT_WITH:
    case STATEMENT_IMPORT:
    case STATEMENT_PASS: return true;
    case STATEMENT_OTHER:
    case STATEMENT_LOOP:
    case STATEMENT_TRY:
    case STATEMENT_FUNCTION:
    case STATEMENT_CLASS:
    case STATEMENT_SCOPE:
    case STATEMENT_RAISE:
    case STATEMENT_DELETE:
    case STATEMENT_MATCH:
    case STATEMENT_WHILE:
    case STATEMENT_ASSERT:
    case STATEMENT_JUMP: break;
    }
    return false;
}

static bool returns_attribute(const Resolver *resolver, const FunctionFact *creator,
                              Name attribute) {
    const Facts *facts = resolver->facts;
    uint32_t returns = 0;
    Stretch rows = facts_statements_of(facts, creator->module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (!fact_same(statement->scope, creator->body)) continue;
        if (!can_go(resolver, statement, attribute)) return false;
        returns += statement->kind == STATEMENT_RETURN;
    }
    return returns > 0;
}

// A name that is given nothing but new instances.
static bool is_new_instance(const Resolver *resolver, ExprId value) {
    const Facts *facts = resolver->facts;
    if (creates_instance(resolver, value)) return true;
    SymbolId symbol = facts_expr(facts, value)->kind == EXPR_NAME
                          ? facts->expr_symbols.items[value.index]
                          : FACT_NONE(SymbolId);
    BindingId binding =
        fact_is(symbol) ? facts_symbol(facts, symbol)->first_binding : FACT_NONE(BindingId);
    if (!fact_is(binding)) return false;
    for (; fact_is(binding); binding = facts_binding(facts, binding)->next_of_symbol)
        if (!creates_instance(resolver, facts_binding(facts, binding)->value)) return false;
    return true;
}

static bool returns_others(const Resolver *resolver, const FunctionFact *creator) {
    const Facts *facts = resolver->facts;
    Stretch rows = facts_statements_of(facts, creator->module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (fact_same(statement->scope, creator->body) && statement->kind == STATEMENT_RETURN &&
            !is_new_instance(resolver, statement->value))
            return true;
    }
    return false;
}

static void find_singletons(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        ClassFact *klass = &facts->classes.items[i];
        if (!fact_is(klass->creator)) continue;
        const FunctionFact *creator = facts_function(facts, klass->creator);
        Name attribute = shared_instance(resolver, creator);
        if (returns_others(resolver, creator)) klass->flags |= CLASS_KEEPS_INSTANCE;
        if (attribute.index && returns_attribute(resolver, creator, attribute))
            klass->flags |= CLASS_SINGLETON;
    }
}

// ---- decorators ----------------------------------------------------------------------------------
static void mark_maker(Resolver *resolver, FunctionId function) {
    if (fact_is(function))
        resolver->facts->functions.items[function.index].flags |= FUNCTION_DECORATES;
}

// What a decorator of that type runs: a function, the constructor of a class, or the __call__ of an object.
static void mark_makers(Resolver *resolver, TypeId type) {
    Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_CLASS && term.a)
            mark_maker(resolver, resolver->facts->classes.items[term.a].constructor);
        if (term.kind == TYPE_INSTANCE) {
            TypeId special = value_attribute(resolver, member, resolver->known.call);
            term = types->terms.items[special.index];
        }
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            mark_maker(resolver, (FunctionId){term.a});
    }
}

static void mark_decorators(Resolver *resolver, ExprId first) {
    const Facts *facts = resolver->facts;
    for (ExprId d = first; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
        mark_makers(resolver, value_of(resolver, d));
        if (facts_expr(facts, d)->kind == EXPR_CALL)
            mark_makers(resolver, value_of(resolver, facts_expr(facts, d)->base));
    }
}

// Class statements run these, so that what they make is as old as its module.
static void mark_class_hooks(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (!fact_is(function->klass)) continue;
        Str name = facts_name(facts, function->name);
        bool meta = facts_class(facts, function->klass)->flags & CLASS_OF_CLASSES;
        bool makes_class = str_is(name, "__new__") || str_is(name, "__init__");
        if (str_is(name, "__init_subclass__") || str_is(name, "__set_name__") ||
            (meta && makes_class))
            mark_maker(resolver, (FunctionId){i});
    }
}

// ---- parameters of one class -----------------------------------------------------------------------
// "web.Request" of `request: web.Request`, also in quotes, with arguments in brackets and inside Annotated; none for
// what is no class outside the tree alone.
static Name outside_class(Resolver *resolver, const ParameterFact *row) {
    const Facts *facts = resolver->facts;
    ExprId id = row->annotation;
    if (!fact_is(id)) return row->declared;
    if (facts_expr(facts, id)->kind == EXPR_STRING) id = annotation_argument(facts, id, 0);
    if (fact_is(id) && facts_expr(facts, id)->kind == EXPR_SUBSCRIPT) {
        AnnotationForm form = annotation_form(resolver, id);
        if (form != FORM_PLAIN && form != FORM_WRAPPER) return (Name){0};
        id = form == FORM_PLAIN ? facts_expr(facts, id)->base : annotation_argument(facts, id, 0);
    }
    if (!fact_is(id)) return (Name){0};
    TypeId type = value_of(resolver, id); // may add terms
    TypeTerm term = resolver->types.terms.items[type.index];
    return term.kind == TYPE_EXTERNAL ? (Name){term.a} : (Name){0};
}

static void find_parameter_class(Resolver *resolver, ParameterFact *row) {
    const Facts *facts = resolver->facts;
    if (!fact_is(row->symbol) || (!fact_is(row->annotation) && !row->declared.index)) return;
    if (row->kind == PARAMETER_REST || row->kind == PARAMETER_KEYWORD_REST) return;
    if (fact_is(row->default_value) &&
        facts_expr(facts, row->default_value)->kind == EXPR_NONE)
        return;
    const SymbolFact *symbol = facts_symbol(facts, row->symbol);
    if (!fact_same(symbol->first_binding, symbol->last_binding)) return;
    TypeId type = row->declared.index
                      ? annotation_named(resolver, row->declared)
                      : annotation_type(resolver, row->annotation,
                                        facts_function(facts, row->function)->klass);
    TypeTerm term = resolver->types.terms.items[type.index];
    if (term.kind == TYPE_INSTANCE)
        row->klass = (ClassId){term.a};
    else
        row->outside = outside_class(resolver, row);
}

void resolve_idioms(Resolver *resolver) {
    Facts *facts = resolver->facts;
    find_getters(resolver);
    find_singletons(resolver);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        mark_decorators(resolver, facts->functions.items[i].first_decorator);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        mark_decorators(resolver, facts->classes.items[i].first_decorator);
    mark_class_hooks(resolver);
    for (uint32_t i = 1; i < facts->parameters.count; i++)
        find_parameter_class(resolver, &facts->parameters.items[i]);
}
