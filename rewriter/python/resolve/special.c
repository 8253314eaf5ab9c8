// What the language hands to methods that no call in the text names. Comes in: the fixpoint of values. Goes out:
// Facts.special_arguments.
// Must rather name a method too many: of an operator only its kind is known, so `a + b` is handed to each arithmetic
// method that the operands have.
//
//     box[key] = value      key and value to __setitem__
//     page.title = value    value to the setter, to __set__ of what the class has there, or to __setattr__
//     out << line           line to __lshift__
//     with guard: ...       what is raised inside to __exit__
//     class Reply(Plugin, tag=name)     name to __init_subclass__
#include "base/bug.h"
#include "python/resolve/resolver.h"

enum { OPERANDS_MOST = 16 }; // of a longer chain only those that stand side by side meet

// The special methods of one kind of operation; of names that the tree does not have, none.
typedef struct Methods {
    Name names[48];
    uint32_t count;
} Methods;

typedef struct Specials {
    Resolver *resolver;
    Methods arithmetic, added, comparing, formatting;
    Name setattr_, getattr_, getattribute, set, get, missing, class_getitem, leave, leave_async, init_subclass;
} Specials;

static Name name_in_tree(const Resolver *resolver, const char *text) {
    Name name = intern_find(resolver->facts->names, str_from(text));
    return resolver_member_marks(resolver, name) & MEMBER_DEFINED ? name : NAME_NONE;
}

static void add_method(const Resolver *resolver, Methods *methods, const char *before, const char *word) {
    char text[32];
    size_t length = 0;
    const char *const parts[] = {"__", before, word, "__"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (const char *c = parts[i]; *c; c++) text[length++] = *c;
    text[length] = '\0';
    Name name = name_in_tree(resolver, text);
    if (name.index && methods->count < sizeof methods->names / sizeof *methods->names)
        methods->names[methods->count++] = name;
}

static void find_names(Specials *specials) {
    static const char *const arithmetic[] = {"add", "sub", "mul", "matmul", "truediv", "floordiv", "mod",
                                             "pow", "lshift", "rshift", "and", "or", "xor", "divmod"};
    static const char *const comparing[] = {"eq", "ne", "lt", "le", "gt", "ge", "contains"};
    const Resolver *resolver = specials->resolver;
    for (size_t i = 0; i < sizeof arithmetic / sizeof *arithmetic; i++) {
        add_method(resolver, &specials->arithmetic, "", arithmetic[i]);
        add_method(resolver, &specials->arithmetic, "r", arithmetic[i]);
        add_method(resolver, &specials->added, "", arithmetic[i]);
        add_method(resolver, &specials->added, "i", arithmetic[i]);
    }
    for (size_t i = 0; i < sizeof comparing / sizeof *comparing; i++)
        add_method(resolver, &specials->comparing, "", comparing[i]);
    add_method(resolver, &specials->formatting, "", "format");
    specials->setattr_ = name_in_tree(resolver, "__setattr__");
    specials->getattr_ = name_in_tree(resolver, "__getattr__");
    specials->getattribute = name_in_tree(resolver, "__getattribute__");
    specials->set = name_in_tree(resolver, "__set__");
    specials->get = name_in_tree(resolver, "__get__");
    specials->missing = name_in_tree(resolver, "__missing__");
    specials->class_getitem = name_in_tree(resolver, "__class_getitem__");
    specials->leave = name_in_tree(resolver, "__exit__");
    specials->leave_async = name_in_tree(resolver, "__aexit__");
    specials->init_subclass = name_in_tree(resolver, "__init_subclass__");
}

void special_pass(Resolver *resolver, FunctionId function, uint32_t parameter, SpecialArgument row) {
    const FunctionFact *fact = facts_function(resolver->facts, function);
    if (!fact_is(function) || !fact->parameter_count) return;
    if (parameter >= fact->parameter_count) { // *rest takes all that follow
        parameter = fact->parameter_count - 1;
        if (facts_parameter(resolver->facts, (ParameterId){fact->first_parameter + parameter})->kind != PARAMETER_REST) return;
    }
    row.parameter = (ParameterId){fact->first_parameter + parameter};
    vec_add(&resolver->facts->special_arguments, row);
}

// The method NAME of the member at *AT of TYPE, or of one behind it; *AT is then the one that follows.
static FunctionId next_method(Resolver *resolver, TypeId type, Name name, uint32_t *at) {
    Types *types = &resolver->types;
    while (name.index && *at < type_member_count(types, type)) {
        TypeId member = type_member(types, type, (*at)++);
        TypeKind kind = type_kind(types, member);
        if (kind != TYPE_INSTANCE && kind != TYPE_CLASS) continue;
        TypeTerm method = type_term(types, value_attribute(resolver, member, name));
        if (method.kind == TYPE_METHOD) return (FunctionId){method.a};
    }
    return FACT_NONE(FunctionId);
}

static SpecialArgument of_value(ExprId value, ExprId result) {
    return (SpecialArgument){.value = value, .result = result};
}

// ---- operators ---------------------------------------------------------------------------------------
static void pass_operands(const Specials *specials, ExprId at, ExprId own, FunctionId method, uint32_t count) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    special_pass(resolver, method, 0, of_value(own, at));
    ExprId before = FACT_NONE(ExprId);
    for (ExprId other = facts_expr(facts, at)->first_child; fact_is(other); other = facts_expr(facts, other)->next_sibling) {
        bool beside = fact_same(before, own) || fact_same(facts_expr(facts, other)->next_sibling, own);
        if (!fact_same(other, own) && (count <= OPERANDS_MOST || beside)) special_pass(resolver, method, 1, of_value(other, at));
        before = other;
    }
}

static void run_operator(const Specials *specials, ExprId at, const Methods *methods) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    uint32_t count = 0;
    if (!methods->count) return;
    for (ExprId child = facts_expr(facts, at)->first_child; fact_is(child); child = facts_expr(facts, child)->next_sibling) count++;
    for (ExprId child = facts_expr(facts, at)->first_child; fact_is(child); child = facts_expr(facts, child)->next_sibling) {
        TypeId type = value_of(resolver, child);
        for (uint32_t i = 0; type.index && i < methods->count; i++)
            for (uint32_t member = 0;;) {
                FunctionId method = next_method(resolver, type, methods->names[i], &member);
                if (!fact_is(method)) break;
                pass_operands(specials, at, child, method, count);
            }
    }
}

// ---- items and attributes ----------------------------------------------------------------------------
// VALUE is what is stored there; none when it is read or deleted.
static void run_item(const Specials *specials, ExprId at, Name name, ExprId value) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, at);
    ExprId result = fact_is(value) ? FACT_NONE(ExprId) : at;
    TypeId type = value_of(resolver, row->base);
    for (uint32_t member = 0; type.index;) {
        FunctionId method = next_method(resolver, type, name, &member);
        if (!fact_is(method)) return;
        special_pass(resolver, method, 0, of_value(row->base, result));
        for (ExprId key = row->first_child; fact_is(key); key = facts_expr(facts, key)->next_sibling)
            special_pass(resolver, method, 1, of_value(key, result));
        if (fact_is(value)) special_pass(resolver, method, 2, of_value(value, result));
    }
}

// What the class body binds NAME to last: the setter of a property, or an object with methods of its own.
static const BindingFact *class_binding(const Resolver *resolver, ClassId klass, Name name) {
    SymbolId symbol = resolver_member((Resolver *)resolver, klass, 0, name, NULL);
    if (!fact_is(symbol)) return NULL;
    BindingId last = facts_symbol(resolver->facts, symbol)->last_binding;
    return fact_is(last) ? facts_binding(resolver->facts, last) : NULL;
}

// title = property(read, write)
static ExprId written_setter(const Facts *facts, ExprId value) {
    if (facts_expr(facts, value)->kind != EXPR_CALL) return FACT_NONE(ExprId);
    const CallFact *call = facts_call(facts, facts_expr(facts, value)->call);
    bool property = call->argument_count > 1 && str_is(facts_name(facts, call->dotted), "property");
    return property ? facts_argument(facts, (ArgumentId){call->first_argument + 1})->value : FACT_NONE(ExprId);
}

static void run_descriptor(const Specials *specials, ExprId at, ExprId descriptor, Name name, ExprId value) {
    Resolver *resolver = specials->resolver;
    ExprId result = fact_is(value) ? FACT_NONE(ExprId) : at;
    for (uint32_t member = 0;;) {
        FunctionId method = next_method(resolver, value_of(resolver, descriptor), name, &member);
        if (!fact_is(method)) return;
        special_pass(resolver, method, 0, of_value(descriptor, result));
        special_pass(resolver, method, 1, of_value(facts_expr(resolver->facts, at)->base, result));
        if (fact_is(value)) special_pass(resolver, method, 2, of_value(value, result));
    }
}

static void run_written_setter(const Specials *specials, ExprId at, ExprId setter, ExprId value) {
    Resolver *resolver = specials->resolver;
    TypeTerm term = type_term(&resolver->types, value_of(resolver, setter));
    if (term.kind != TYPE_FUNCTION) return;
    special_pass(resolver, (FunctionId){term.a}, 0, of_value(facts_expr(resolver->facts, at)->base, FACT_NONE(ExprId)));
    special_pass(resolver, (FunctionId){term.a}, 1, of_value(value, FACT_NONE(ExprId)));
}

// What an object of KLASS does when `at`, an attribute of it, is read or gets VALUE. False: nothing is known of it.
static bool run_member(const Specials *specials, ExprId at, ClassId klass, ExprId value) {
    Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, at);
    const BindingFact *binding = class_binding(resolver, klass, row->name);
    if (!binding) return false;
    bool setter = fact_is(value) && fact_is(binding->function) &&
                  (facts_function(resolver->facts, binding->function)->flags & FUNCTION_PROPERTY);
    if (setter) {
        special_pass(resolver, binding->function, 0, of_value(row->base, FACT_NONE(ExprId)));
        special_pass(resolver, binding->function, 1, of_value(value, FACT_NONE(ExprId)));
    }
    if (!fact_is(binding->value)) return true;
    if (fact_is(value)) run_written_setter(specials, at, written_setter(resolver->facts, binding->value), value);
    Name name = fact_is(value) ? specials->set : specials->get;
    if (name.index) run_descriptor(specials, at, binding->value, name, value);
    return true;
}

// proxy.send(text), where __getattr__ gives the function that is called.
static void run_given(Resolver *resolver, ExprId at, FunctionId method, TypeId object) {
    const Facts *facts = resolver->facts;
    ExprId parent = facts_expr(facts, at)->parent;
    if (!fact_is(parent) || facts_expr(facts, parent)->kind != EXPR_CALL || !fact_same(facts_expr(facts, parent)->base, at)) return;
    const CallFact *call = facts_call(facts, facts_expr(facts, parent)->call);
    TypeId given = value_result_of(resolver, method, object, FACT_NONE(CallId));
    resolver->noting = true;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, given); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, given, i));
        uint32_t bound = term.kind == TYPE_METHOD;
        for (uint32_t k = 0; (term.kind == TYPE_FUNCTION || bound) && k < call->argument_count; k++)
            argument_pass(resolver, (FunctionId){term.a}, k + bound, facts_argument(facts, (ArgumentId){call->first_argument + k}));
    }
    resolver->noting = false;
}

static void run_attribute(const Specials *specials, ExprId at, ExprId value) {
    Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, at);
    TypeId type = value_of(resolver, row->base);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeId member = type_member(&resolver->types, type, i);
        TypeTerm term = type_term(&resolver->types, member);
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        bool known = run_member(specials, at, (ClassId){term.a}, value);
        const Name names[] = {fact_is(value) ? specials->setattr_ : specials->getattribute,
                              fact_is(value) || known ? NAME_NONE : specials->getattr_};
        for (size_t k = 0; k < 2; k++) {
            uint32_t only = 0;
            FunctionId method = next_method(resolver, member, names[k], &only);
            if (!fact_is(method)) continue;
            special_pass(resolver, method, 0, of_value(row->base, fact_is(value) ? FACT_NONE(ExprId) : at));
            if (fact_is(value))
                special_pass(resolver, method, 2, of_value(value, FACT_NONE(ExprId)));
            else
                run_given(resolver, at, method, member);
        }
    }
}

// self.__dict__ = cls.shared: what one object of the class has, all have.
static void share_state(const Specials *specials, const BindingFact *binding) {
    Resolver *resolver = specials->resolver;
    Facts *facts = resolver->facts;
    const ExprFact *target = facts_expr(facts, binding->target), *value = facts_expr(facts, binding->value);
    if (!str_is(facts_name(facts, target->name), "__dict__")) return;
    TypeId owner = value_of(resolver, target->base);
    SymbolId symbol = facts->expr_symbols.items[binding->value.index];
    bool global = fact_is(symbol) && facts_scope(facts, facts_symbol(facts, symbol)->scope)->kind != SCOPE_FUNCTION;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, owner); i++) {
        TypeTerm term = type_term(&resolver->types, type_member(&resolver->types, owner, i));
        if (term.kind != TYPE_INSTANCE || !term.a) continue;
        bool own = value->kind == EXPR_ATTRIBUTE && class_binding(resolver, (ClassId){term.a}, value->name);
        if (own || global) facts_class_row(facts, (ClassId){term.a})->flags |= CLASS_ONE_STATE;
    }
}

static void run_expression(const Specials *specials, ExprId id) {
    const Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, id);
    switch ((ExprKind)row->kind) {
    case EXPR_SUBSCRIPT:
        if (row->flags & EXPR_STORED) return; // with its value, by the binding
        run_item(specials, id, row->flags & EXPR_DELETED ? resolver->known.delitem : resolver->known.getitem, FACT_NONE(ExprId));
        run_item(specials, id, specials->missing, FACT_NONE(ExprId));
        run_item(specials, id, specials->class_getitem, FACT_NONE(ExprId));
        return;
    case EXPR_ATTRIBUTE:
        if (!(row->flags & (EXPR_STORED | EXPR_DELETED)) &&
            (specials->get.index || specials->getattr_.index || specials->getattribute.index))
            run_attribute(specials, id, FACT_NONE(ExprId));
        return;
    case EXPR_UNION: run_operator(specials, id, &specials->arithmetic); return;
    case EXPR_STRING: run_operator(specials, id, &specials->formatting); return;
    case EXPR_OTHER:
        run_operator(specials, id, row->operator_ == OPERATOR_ARITHMETIC ? &specials->arithmetic : &specials->comparing);
        return;
    case EXPR_NAME: case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS: case EXPR_CALL:
    case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT: case EXPR_CHOICE: case EXPR_LIST_COMPREHENSION:
    case EXPR_SET_COMPREHENSION: case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR: case EXPR_LAMBDA: case EXPR_YIELD:
    case EXPR_AWAIT: case EXPR_STAR: case EXPR_WALRUS: break;
    }
}

// ---- statements --------------------------------------------------------------------------------------
// log += line
static void run_augmented(const Specials *specials, const BindingFact *binding) {
    Resolver *resolver = specials->resolver;
    TypeId type = fact_is(binding->symbol) ? value_read(resolver, value_symbol_variable(resolver, binding->symbol))
                                           : value_of(resolver, binding->target);
    for (uint32_t i = 0; i < specials->added.count; i++)
        for (uint32_t member = 0;;) {
            FunctionId method = next_method(resolver, type, specials->added.names[i], &member);
            if (!fact_is(method)) break;
            special_pass(resolver, method, 1, of_value(binding->value, FACT_NONE(ExprId)));
        }
}

static void run_binding(const Specials *specials, const BindingFact *binding) {
    const Facts *facts = specials->resolver->facts;
    if (!fact_is(binding->value)) return;
    if (binding->kind == BINDING_AUGMENT) run_augmented(specials, binding);
    if (!fact_is(binding->target) || fact_is(binding->symbol)) return;
    uint8_t kind = facts_expr(facts, binding->target)->kind;
    if (kind == EXPR_SUBSCRIPT) run_item(specials, binding->target, specials->resolver->known.setitem, binding->value);
    if (kind == EXPR_ATTRIBUTE) {
        run_attribute(specials, binding->target, binding->value);
        share_state(specials, binding);
    }
}

// What is raised in the function that has the statement may come through it.
static void run_leaving(const Specials *specials, ExprId manager) {
    Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, manager);
    FunctionId function = resolver->scope_owner[row->scope.index];
    const Name names[] = {specials->leave, specials->leave_async};
    for (size_t k = 0; fact_is(function) && k < 2; k++)
        for (uint32_t member = 0; names[k].index;) {
            FunctionId method = next_method(resolver, value_of(resolver, manager), names[k], &member);
            if (!fact_is(method)) break;
            for (uint32_t i = 1; i < 4; i++) special_pass(resolver, method, i, (SpecialArgument){.raised = function});
        }
}

// ---- classes -----------------------------------------------------------------------------------------
static void pass_keywords(const Specials *specials, const ClassFact *klass, FunctionId method, uint32_t first) {
    const Facts *facts = specials->resolver->facts;
    for (ExprId value = klass->first_keyword; fact_is(value); value = facts_expr(facts, value)->next_sibling)
        for (uint32_t i = first; i < facts_function(facts, method)->parameter_count; i++)
            special_pass(specials->resolver, method, i, of_value(value, FACT_NONE(ExprId)));
}

// class Reply(Plugin, tag=name): to Plugin.__init_subclass__, and to the methods of the metaclass that make the class.
static void run_class(const Specials *specials, ClassId id) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    const ClassFact *klass = facts_class(facts, id);
    if (!fact_is(klass->first_keyword)) return;
    SymbolId symbol = specials->init_subclass.index ? resolver_member(resolver, id, 1, specials->init_subclass, NULL) : FACT_NONE(SymbolId);
    FunctionId method = resolver_function_of_symbol(resolver, symbol);
    if (fact_is(method)) pass_keywords(specials, klass, method, 1);
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        const ClassFact *ancestor = facts_class(facts, facts->ancestors.items[klass->first_ancestor + i]);
        for (ExprId value = ancestor->first_keyword; fact_is(value); value = facts_expr(facts, value)->next_sibling) {
            TypeTerm term = type_term(&resolver->types, value_of(resolver, value));
            if (term.kind != TYPE_CLASS || !term.a || !(facts_class(facts, (ClassId){term.a})->flags & CLASS_OF_CLASSES)) continue;
            const Name makers[] = {resolver->known.new_, resolver->known.init};
            for (size_t k = 0; k < 2; k++) {
                symbol = resolver_member(resolver, (ClassId){term.a}, 0, makers[k], NULL);
                method = resolver_function_of_symbol(resolver, symbol);
                if (fact_is(method)) pass_keywords(specials, klass, method, 4);
            }
        }
    }
}

// sorted(words), a key of a table: objects of the class are compared with one another wherever they are put in order.
static void run_comparing(const Specials *specials, FunctionId id) {
    const FunctionFact *function = facts_function(specials->resolver->facts, id);
    if (!fact_is(function->klass)) return;
    for (uint32_t i = 0; i < specials->comparing.count; i++)
        if (name_equal(function->name, specials->comparing.names[i]))
            for (uint32_t k = 0; k < 2; k++)
                special_pass(specials->resolver, id, k, (SpecialArgument){.instance = function->klass});
}

void resolve_special(Resolver *resolver) {
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    const Facts *facts = resolver->facts;
    Specials specials = {.resolver = resolver};
    find_names(&specials);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (!(facts->exprs.items[i].flags & elsewhere)) {
            const ExprFact *row = &facts->exprs.items[i];
            run_expression(&specials, (ExprId){i});
            if (!fact_is(row->parent) && !(row->flags & EXPR_STORED) &&
                facts_statement(facts, row->statement)->kind == STATEMENT_WITH)
                run_leaving(&specials, (ExprId){i});
        }
    for (uint32_t i = 1; i < facts->bindings.count; i++) run_binding(&specials, &facts->bindings.items[i]);
    for (uint32_t i = 1; i < facts->classes.count; i++) run_class(&specials, (ClassId){i});
    for (uint32_t i = 1; specials.comparing.count && i < facts->functions.count; i++)
        run_comparing(&specials, (FunctionId){i});
}
