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
#include "python/resolve/special.h"

enum { OPERANDS_MOST = 16 }; // of a longer chain only those that stand side by side meet

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
    static const char *const shown[] = {"format", "str", "repr"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) add_method(resolver, &specials->formatting, "", shown[i]);
    specials->deepcopy = intern_find(resolver->facts->names, STR("copy.deepcopy"));
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
FunctionId special_next_method(Resolver *resolver, TypeId type, Name name, uint32_t *at) {
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

SpecialArgument special_of_value(ExprId value, ExprId result) {
    return (SpecialArgument){.value = value, .result = result};
}

// ---- operators ---------------------------------------------------------------------------------------
static void pass_operands(const Specials *specials, ExprId at, ExprId own, FunctionId method, uint32_t count) {
    Resolver *resolver = specials->resolver;
    const Facts *facts = resolver->facts;
    special_pass(resolver, method, 0, special_of_value(own, at));
    ExprId before = FACT_NONE(ExprId);
    for (ExprId other = facts_expr(facts, at)->first_child; fact_is(other); other = facts_expr(facts, other)->next_sibling) {
        bool beside = fact_same(before, own) || fact_same(facts_expr(facts, other)->next_sibling, own);
        if (!fact_same(other, own) && (count <= OPERANDS_MOST || beside)) special_pass(resolver, method, 1, special_of_value(other, at));
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
                FunctionId method = special_next_method(resolver, type, methods->names[i], &member);
                if (!fact_is(method)) break;
                pass_operands(specials, at, child, method, count);
            }
    }
}

// str(x), repr(x), print(x): the language asks each argument for its text.
static void run_text_of(const Specials *specials, const CallFact *call) {
    static const char *const ASKS[] = {"str", "repr", "format", "ascii", "print"};
    Resolver *resolver = specials->resolver;
    Str name = facts_name(resolver->facts, call->dotted);
    bool asks = false;
    for (size_t i = 0; i < sizeof ASKS / sizeof *ASKS; i++) asks = asks || str_is(name, ASKS[i]);
    for (uint32_t k = 0; asks && k < call->argument_count; k++) {
        ExprId value = facts_argument(resolver->facts, (ArgumentId){call->first_argument + k})->value;
        TypeId type = value_of(resolver, value);
        for (uint32_t i = 0; type.index && i < specials->formatting.count; i++)
            for (uint32_t member = 0;;) {
                FunctionId method = special_next_method(resolver, type, specials->formatting.names[i], &member);
                if (!fact_is(method)) break;
                special_pass(resolver, method, 0, special_of_value(value, call->expr));
            }
    }
}

static void run_expression(const Specials *specials, ExprId id) {
    const Resolver *resolver = specials->resolver;
    const ExprFact *row = facts_expr(resolver->facts, id);
    switch ((ExprKind)row->kind) {
    case EXPR_SUBSCRIPT:
        if (row->flags & EXPR_STORED) return; // with its value, by the binding
        special_run_item(specials, id, row->flags & EXPR_DELETED ? resolver->known.delitem : resolver->known.getitem, FACT_NONE(ExprId));
        special_run_item(specials, id, specials->missing, FACT_NONE(ExprId));
        special_run_item(specials, id, specials->class_getitem, FACT_NONE(ExprId));
        return;
    case EXPR_ATTRIBUTE:
        if (!(row->flags & (EXPR_STORED | EXPR_DELETED)) &&
            (specials->get.index || specials->getattr_.index || specials->getattribute.index))
            special_run_attribute(specials, id, FACT_NONE(ExprId));
        return;
    case EXPR_UNION: run_operator(specials, id, &specials->arithmetic); return;
    case EXPR_STRING: run_operator(specials, id, &specials->formatting); return;
    case EXPR_OTHER:
        run_operator(specials, id, row->operator_ == OPERATOR_ARITHMETIC ? &specials->arithmetic : &specials->comparing);
        return;
    case EXPR_CALL: run_text_of(specials, facts_call(resolver->facts, row->call)); return;
    case EXPR_NAME: case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS:
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
            FunctionId method = special_next_method(resolver, type, specials->added.names[i], &member);
            if (!fact_is(method)) break;
            special_pass(resolver, method, 1, special_of_value(binding->value, FACT_NONE(ExprId)));
        }
}

static void run_binding(const Specials *specials, const BindingFact *binding) {
    const Facts *facts = specials->resolver->facts;
    if (!fact_is(binding->value)) return;
    if (binding->kind == BINDING_AUGMENT) run_augmented(specials, binding);
    if (!fact_is(binding->target) || fact_is(binding->symbol)) return;
    uint8_t kind = facts_expr(facts, binding->target)->kind;
    if (kind == EXPR_SUBSCRIPT) special_run_item(specials, binding->target, specials->resolver->known.setitem, binding->value);
    if (kind == EXPR_ATTRIBUTE) {
        special_run_attribute(specials, binding->target, binding->value);
        special_share_state(specials, binding);
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
            FunctionId method = special_next_method(resolver, value_of(resolver, manager), names[k], &member);
            if (!fact_is(method)) break;
            for (uint32_t i = 1; i < 4; i++) special_pass(resolver, method, i, (SpecialArgument){.raised = function});
        }
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
    for (uint32_t i = 1; i < facts->classes.count; i++) special_run_class(&specials, (ClassId){i});
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        special_run_comparing(&specials, (FunctionId){i});
        special_run_decorators(&specials, (FunctionId){i});
    }
    for (uint32_t i = 1; i < facts->calls.count; i++) special_run_type(&specials, &facts->calls.items[i]);
    for (uint32_t i = 1; specials.deepcopy.index && i < facts->calls.count; i++) special_run_copy(&specials, &facts->calls.items[i]);
}
