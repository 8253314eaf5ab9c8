// Annotations to types: what a declared parameter, variable or result is.
// Comes in: annotation expressions (string annotations already parsed by the extractor). Goes out: a
// TypeId. Must never invent: what is not understood is TYPE_UNKNOWN, so that inference may still say
// something. Source: PEP 484, 585, 604; typing module documentation.
#include "python/resolve/resolver.h"

enum { ANNOTATION_DEPTH = 12 };

static AnnotationForm form_of(Str name) {
    static const struct {
        const char *name;
        AnnotationForm form;
    } FORMS[] = {
        {"Optional", FORM_OPTIONAL},     {"Union", FORM_UNION},
        {"List", FORM_LIST},             {"list", FORM_LIST},
        {"Set", FORM_LIST},              {"set", FORM_LIST},
        {"FrozenSet", FORM_LIST},        {"frozenset", FORM_LIST},
        {"Sequence", FORM_LIST},         {"MutableSequence", FORM_LIST},
        {"Iterable", FORM_LIST},         {"Iterator", FORM_LIST},
        {"Collection", FORM_LIST},       {"AbstractSet", FORM_LIST},
        {"Deque", FORM_LIST},            {"deque", FORM_LIST},
        {"Generator", FORM_LIST},        {"AsyncGenerator", FORM_LIST},
        {"AsyncIterator", FORM_LIST},    {"AsyncIterable", FORM_LIST},
        {"Dict", FORM_DICT},             {"dict", FORM_DICT},
        {"Mapping", FORM_DICT},          {"MutableMapping", FORM_DICT},
        {"DefaultDict", FORM_DICT},      {"defaultdict", FORM_DICT},
        {"OrderedDict", FORM_DICT},      {"WeakValueDictionary", FORM_DICT},
        {"Tuple", FORM_TUPLE},           {"tuple", FORM_TUPLE},
        {"Type", FORM_CLASS},            {"type", FORM_CLASS},
        {"Awaitable", FORM_AWAITABLE},   {"Coroutine", FORM_AWAITABLE},
        {"Task", FORM_AWAITABLE},        {"Future", FORM_AWAITABLE},
        {"Annotated", FORM_WRAPPER},     {"Final", FORM_WRAPPER},
        {"ClassVar", FORM_WRAPPER},      {"Required", FORM_WRAPPER},
        {"NotRequired", FORM_WRAPPER},   {"ReadOnly", FORM_WRAPPER},
        {"InitVar", FORM_WRAPPER},
        {"ContextManager", FORM_CONTEXT},{"AsyncContextManager", FORM_CONTEXT},
        {"Callable", FORM_CALLABLE},
    };
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (str_is(name, FORMS[i].name)) return FORMS[i].form;
    return FORM_PLAIN;
}

AnnotationForm annotation_form(const Resolver *resolver, ExprId subscript) {
    ExprId base = facts_expr(resolver->facts, subscript)->base;
    return form_of(facts_name(resolver->facts, resolver_last_name(resolver, base)));
}

static TypeId annotate(Resolver *resolver, ExprId id, ClassId self_class, int depth);

ExprId annotation_argument(const Facts *facts, ExprId parent, uint32_t index) {
    ExprId child = facts_expr(facts, parent)->first_child;
    // A tuple inside the brackets (Dict[str, int]) may be one child or several.
    if (fact_is(child) && facts_expr(facts, child)->kind == EXPR_TUPLE &&
        !fact_is(facts_expr(facts, child)->next_sibling))
        child = facts_expr(facts, child)->first_child;
    while (fact_is(child) && index--) child = facts_expr(facts, child)->next_sibling;
    return child;
}

static TypeId annotate_child(Resolver *resolver, ExprId parent, uint32_t index, ClassId self_class,
                             int depth) {
    ExprId child = annotation_argument(resolver->facts, parent, index);
    return fact_is(child) ? annotate(resolver, child, self_class, depth + 1) : (TypeId){0};
}

static TypeId annotate_tuple(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    TypeId parts[16] = {{0}};
    uint32_t count = 0;
    for (ExprId child = annotation_argument(facts, id, 0); fact_is(child) && count < 16;
         child = facts_expr(facts, child)->next_sibling) {
        if (facts_expr(facts, child)->kind == EXPR_ELLIPSIS)
            return type_make(&resolver->types, TYPE_LIST, parts[0].index, 0);
        parts[count++] = annotate(resolver, child, self_class, depth + 1);
    }
    return type_tuple(&resolver->types, parts, count);
}

static TypeId annotate_class_value(Resolver *resolver, TypeId instance) {
    Types *types = &resolver->types;
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, instance); i++) {
        TypeTerm term = types->terms.items[type_member(types, instance, i).index];
        if (term.kind == TYPE_INSTANCE)
            result = type_join(types, result, type_make(types, TYPE_CLASS, term.a, 0));
    }
    return result.index ? result : type_make(types, TYPE_CLASS, 0, 0);
}

static TypeId annotate_children(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    TypeId result = {0};
    for (ExprId child = annotation_argument(resolver->facts, id, 0); fact_is(child);
         child = facts_expr(resolver->facts, child)->next_sibling)
        result = type_join(&resolver->types, result,
                           annotate(resolver, child, self_class, depth + 1));
    return result;
}

// Class[A, B]: an instance, with what its type parameters stand for.
static TypeId annotate_generic(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId plain = annotate(resolver, facts_expr(facts, id)->base, self_class, depth + 1);
    TypeTerm term = types->terms.items[plain.index];
    SymbolId parameters[GENERIC_LIMIT];
    if (term.kind != TYPE_INSTANCE || term.b) return plain;
    uint32_t count = generic_parameters(resolver, (ClassId){term.a}, parameters);
    TypeId parts[GENERIC_LIMIT] = {{0}};
    bool known = false;
    for (uint32_t i = 0; i < count; i++) {
        parts[i] = annotate_child(resolver, id, i, self_class, depth);
        known = known || parts[i].index;
    }
    return known ? type_make(types, TYPE_INSTANCE, term.a, type_tuple(types, parts, count).index)
                 : plain;
}

// Callable[[A], R]: what it gives, and the list that says with what it is called.
static TypeId annotate_callable(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    ExprId parameters = annotation_argument(facts, id, 0);
    bool listed = fact_is(parameters) && facts_expr(facts, parameters)->kind == EXPR_LIST;
    return type_make(&resolver->types, TYPE_CALLABLE,
                     annotate_child(resolver, id, 1, self_class, depth).index,
                     listed ? parameters.index : 0);
}

static TypeId annotate_subscript(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId first = {0};
    switch (annotation_form(resolver, id)) {
    case FORM_PLAIN: return annotate_generic(resolver, id, self_class, depth);
    case FORM_CALLABLE: return annotate_callable(resolver, id, self_class, depth);
    case FORM_OPTIONAL:
        first = annotate_child(resolver, id, 0, self_class, depth);
        return first.index ? type_join(types, first, type_make(types, TYPE_NONE, 0, 0)) : first;
    case FORM_UNION: return annotate_children(resolver, id, self_class, depth);
    case FORM_LIST:
        first = annotate_child(resolver, id, 0, self_class, depth);
        return type_make(types, TYPE_LIST, first.index, 0);
    case FORM_DICT:
        first = annotate_child(resolver, id, 0, self_class, depth);
        return type_make(types, TYPE_DICT, first.index,
                         annotate_child(resolver, id, 1, self_class, depth).index);
    case FORM_TUPLE: return annotate_tuple(resolver, id, self_class, depth);
    case FORM_CLASS:
        return annotate_class_value(resolver, annotate_child(resolver, id, 0, self_class, depth));
    case FORM_AWAITABLE: {
        uint32_t index = fact_is(annotation_argument(facts, id, 2)) ? 2 : 0;
        first = annotate_child(resolver, id, index, self_class, depth);
        return type_make(types, TYPE_AWAITABLE, first.index, 0);
    }
    case FORM_CONTEXT:
        first = annotate_child(resolver, id, 0, self_class, depth);
        return type_make(types, TYPE_CONTEXT, first.index, 0);
    case FORM_WRAPPER: return annotate_child(resolver, id, 0, self_class, depth);
    }
    return first;
}

// `Alias = Union[A, B]`, `T = TypeVar("T", bound=A)`, `type X = A`.
static TypeId annotate_alias(Resolver *resolver, SymbolId symbol, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    BindingId id = facts_symbol(facts, symbol)->first_binding;
    if (!fact_is(id)) return (TypeId){0};
    if (generic_is_parameter(resolver, symbol)) {
        ExprId bound = generic_bound(resolver, symbol);
        TypeId least = fact_is(bound) ? annotate(resolver, bound, self_class, depth + 1)
                                      : (TypeId){0};
        return type_join(&resolver->types, least,
                         type_make(&resolver->types, TYPE_PARAMETER, symbol.index, least.index));
    }
    const BindingFact *binding = facts_binding(facts, id);
    if (binding->kind != BINDING_TYPE_PARAMETER && binding->kind != BINDING_ASSIGN)
        return (TypeId){0};
    if (!fact_is(binding->value) || binding->element != -1) return (TypeId){0};
    ExprKind kind = facts_expr(facts, binding->value)->kind;
    bool type_like = kind == EXPR_SUBSCRIPT || kind == EXPR_UNION || kind == EXPR_STRING ||
                     kind == EXPR_NAME || kind == EXPR_ATTRIBUTE;
    return type_like ? annotate(resolver, binding->value, self_class, depth + 1) : (TypeId){0};
}

// `name: str`, `image: np.ndarray`: a class outside the tree. Some names say nothing of the sort.
static TypeId foreign_annotation(Resolver *resolver, ExprId id, Str last) {
    static const char *const SILENT[] = {"Any", "object", "Callable", "Awaitable", "Coroutine",
                                         "Self", "Protocol", "None", "Tuple", "tuple", "Literal",
                                         "Annotated", "Generic", "Hashable", "Optional", "Union",
                                         "Final", "ClassVar", "Required", "NotRequired", "ReadOnly",
                                         "TypeAlias", "InitVar"};
    for (size_t i = 0; i < sizeof SILENT / sizeof *SILENT; i++)
        if (str_is(last, SILENT[i])) return (TypeId){0};
    if (type_kind(&resolver->types, value_of(resolver, id)) != TYPE_EXTERNAL) return (TypeId){0};
    return foreign_type(resolver, foreign_declared_kind(last));
}

static TypeId annotate_name(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    SymbolId symbol = FACT_NONE(SymbolId);
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind == EXPR_NAME) {
        symbol = facts->expr_symbols.items[id.index];
        if (fact_is(symbol)) symbol = facts->symbol_definitions.items[symbol.index];
    } else {
        // module.Class: evaluated without reading variables.
        TypeId base = value_of(resolver, expr->base);
        Name name = expr->name;
        if (type_kind(types, base) == TYPE_MODULE)
            symbol = resolver_module_symbol(
                resolver, resolver_module(resolver, (Name){types->terms.items[base.index].a}),
                name);
        else if (type_kind(types, base) == TYPE_CLASS)
            symbol = resolver_symbol(
                resolver,
                facts->classes.items[types->terms.items[base.index].a].body, name);
    }
    if (fact_is(symbol)) {
        ClassId klass = resolver_class_of_symbol(resolver, symbol);
        if (fact_is(klass)) return type_make(types, TYPE_INSTANCE, klass.index, 0);
        return annotate_alias(resolver, symbol, self_class, depth);
    }
    Str last = facts_name(facts, facts_expr(facts, id)->name);
    if (str_is(last, "Self") && fact_is(self_class))
        return type_make(types, TYPE_INSTANCE, self_class.index, 0);
    AnnotationForm form = form_of(last);
    if (form == FORM_LIST) return type_make(types, TYPE_LIST, 0, 0);
    if (form == FORM_DICT) return type_make(types, TYPE_DICT, 0, 0);
    if (form == FORM_CLASS) return type_make(types, TYPE_CLASS, 0, 0);
    return foreign_annotation(resolver, id, last);
}

static TypeId annotate(Resolver *resolver, ExprId id, ClassId self_class, int depth) {
    if (depth > ANNOTATION_DEPTH || !fact_is(id)) return (TypeId){0};
    const ExprFact *expr = facts_expr(resolver->facts, id);
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME:
    case EXPR_ATTRIBUTE: return annotate_name(resolver, id, self_class, depth);
    case EXPR_SUBSCRIPT: return annotate_subscript(resolver, id, self_class, depth);
    case EXPR_NONE: return type_make(&resolver->types, TYPE_NONE, 0, 0);
    case EXPR_UNION: return annotate_children(resolver, id, self_class, depth);
    case EXPR_STRING: return annotate_child(resolver, id, 0, self_class, depth);
    case EXPR_OTHER: case EXPR_CALL: case EXPR_AWAIT: case EXPR_STAR: case EXPR_NUMBER:
    case EXPR_TRUTH: case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT:
    case EXPR_CHOICE: case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR: case EXPR_LAMBDA: case EXPR_WALRUS:
    case EXPR_YIELD: case EXPR_ELLIPSIS: return (TypeId){0};
    }
    return (TypeId){0};
}

TypeId annotation_type(Resolver *resolver, ExprId expr, ClassId self_class) {
    return annotate(resolver, expr, self_class, 0);
}

static TypeId instance_of(Resolver *resolver, Name qualified) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++)
        if (name_equal(facts->classes.items[i].qualified, qualified))
            return type_make(&resolver->types, TYPE_INSTANCE, i, 0);
    return (TypeId){0};
}

TypeId annotation_named(Resolver *resolver, Name qualified) {
    TypeId found = instance_of(resolver, qualified);
    for (uint32_t i = 0; !found.index && i < resolver->roots.count; i++)
        found =
            instance_of(resolver, resolver_dotted(resolver, resolver->roots.items[i], qualified));
    return found;
}
