// Evaluates expressions to types: names, attributes, containers. Calls are in value_calls.c.
// Comes in: expressions and the current types of variables. Goes out: a TypeId; each variable read is
// remembered for the equation that runs, so that it runs again when the variable learns more.
// Must never recurse without limit: depth is counted.
#include "python/resolve/resolver.h"

enum { VALUE_DEPTH = 60 };

TypeId value_read(Resolver *resolver, uint32_t variable) {
    Variable *row = &resolver->variables.items[variable];
    if (resolver->current != UINT32_MAX && !row->declared &&
        (!row->readers.count || *vec_last(&row->readers) != resolver->current))
        vec_add(&row->readers, resolver->current);
    if (resolver->memo.tracing && !row->declared) vec_add(&resolver->memo.trace, variable);
    return row->type;
}

static uint32_t new_variable(Resolver *resolver) {
    uint32_t index = resolver->variables.count;
    vec_push(&resolver->variables)->type = (TypeId){0};
    return index;
}

uint32_t value_symbol_variable(Resolver *resolver, SymbolId symbol) {
    symbol = resolver->canonical[symbol.index];
    uint32_t *slot = &resolver->symbol_variable[symbol.index];
    if (!*slot) *slot = new_variable(resolver);
    return *slot;
}

uint32_t value_attribute_variable(Resolver *resolver, ClassId klass, Name name) {
    uint64_t key = map_key(klass.index, name.index);
    uint32_t variable = 0;
    if (map_get(&resolver->attribute_variables, key, &variable)) return variable;
    variable = new_variable(resolver);
    map_put(&resolver->attribute_variables, key, variable);
    memo_count_slot(resolver, name);
    return variable;
}

ClassId value_enclosing_class(const Resolver *resolver, ScopeId scope) {
    const Facts *facts = resolver->facts;
    for (FunctionId f = resolver->scope_owner[scope.index]; fact_is(f);
         f = facts_function(facts, f)->enclosing)
        if (fact_is(facts_function(facts, f)->klass))
            return facts_function(facts, f)->klass;
    return FACT_NONE(ClassId);
}

static TypeId module_value(Resolver *resolver, Name dotted) {
    bool in_tree = resolver_is_package_prefix(resolver, dotted);
    return type_make(&resolver->types, in_tree ? TYPE_MODULE : TYPE_EXTERNAL, dotted.index, 0);
}

static TypeId import_value(Resolver *resolver, const ImportFact *row) {
    if (row->kind == IMPORT_NAME)
        return row->target_is_module ? module_value(resolver, row->dotted)
                                     : type_make(&resolver->types, TYPE_EXTERNAL, row->dotted.index, 0);
    if (row->has_alias) return module_value(resolver, row->dotted);
    Str dotted = facts_name(resolver->facts, row->dotted);
    Str path = facts_name(resolver->facts, row->path);
    for (size_t i = 0; i < path.length; i++)
        if (path.data[i] == '.') dotted = str_slice(dotted, 0, (size_t)str_find_last(dotted, '.'));
    return module_value(resolver, intern(resolver->facts->names, dotted));
}

// The value of a symbol that its own module (or the one it was imported from) defines.
static TypeId symbol_value(Resolver *resolver, SymbolId symbol) {
    symbol = resolver->canonical[symbol.index];
    SymbolId definition = resolver->facts->symbol_definitions.items[symbol.index];
    ImportId import_ = resolver->symbol_import[symbol.index];
    if (!fact_is(definition) && fact_is(import_))
        return import_value(resolver, facts_import(resolver->facts, import_));
    if (fact_is(definition)) symbol = definition;
    return value_read(resolver, value_symbol_variable(resolver, symbol));
}

static TypeId builtin_value(Resolver *resolver, Name name) {
    return type_make(&resolver->types, TYPE_EXTERNAL, name.index, 0);
}

static TypeId name_value(Resolver *resolver, ExprId id) {
    SymbolId symbol = resolver->facts->expr_symbols.items[id.index];
    if (fact_is(symbol)) return symbol_value(resolver, symbol);
    return builtin_value(resolver, facts_expr(resolver->facts, id)->name);
}

// What reading a function found in a class gives: bound, unbound, or a property's value.
static TypeId member_function(Resolver *resolver, FunctionId function, TypeId receiver,
                              bool on_class) {
    uint32_t flags = facts_function(resolver->facts, function)->flags;
    if (flags & FUNCTION_PROPERTY)
        return on_class ? (TypeId){0} : value_result_of(resolver, function, receiver, FACT_NONE(CallId));
    if (flags & (FUNCTION_STATIC | FUNCTION_CREATOR))
        return type_make(&resolver->types, TYPE_FUNCTION, function.index, 0);
    if (on_class && !(flags & FUNCTION_CLASS))
        return type_make(&resolver->types, TYPE_FUNCTION, function.index, 0);
    return type_make(&resolver->types, TYPE_METHOD, function.index, receiver.index);
}

// Color.RED is a Color, whatever stands behind its '='.
static bool is_enum_member(const Facts *facts, ClassId klass, SymbolId symbol) {
    BindingId first = facts_symbol(facts, symbol)->first_binding;
    Str name = facts_name(facts, facts_symbol(facts, symbol)->name);
    return (facts_class(facts, klass)->flags & CLASS_ENUM) && fact_is(first) &&
           facts_binding(facts, first)->kind == BINDING_ASSIGN && name.data[0] != '_';
}

// A variable of the class OWNER, as RECEIVER sees it.
static TypeId read_for(Resolver *resolver, uint32_t variable, TypeId receiver, ClassId owner) {
    return generic_for_receiver(resolver, value_read(resolver, variable), receiver, owner);
}

// Attribute NAME of RECEIVER (TYPE_INSTANCE or TYPE_CLASS), from the ancestor at POSITION on.
static TypeId class_attribute(Resolver *resolver, TypeId receiver, uint32_t position, Name name,
                              bool on_class) {
    Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId result = {0};
    const ClassFact row = facts->classes.items[types->terms.items[receiver.index].a];
    uint8_t marks = resolver_member_marks(resolver, name);
    for (uint32_t i = position; marks && i < row.ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[row.first_ancestor + i];
        SymbolId symbol = {0};
        if (marks & MEMBER_DEFINED)
            symbol = resolver_symbol(resolver, facts_class(facts, ancestor)->body, name);
        if (marks & MEMBER_STORED) {
            uint32_t variable = value_attribute_variable(resolver, ancestor, name);
            result = type_join(types, result, read_for(resolver, variable, receiver, ancestor));
        }
        if (!fact_is(symbol)) continue;
        FunctionId function = resolver_function_of_symbol(resolver, symbol);
        if (fact_is(function))
            return type_join(types, result,
                             member_function(resolver, function, receiver, on_class));
        ClassId nested = resolver_class_of_symbol(resolver, symbol);
        if (fact_is(nested)) return type_make(types, TYPE_CLASS, nested.index, 0);
        if (is_enum_member(facts, ancestor, symbol))
            return type_make(types, TYPE_INSTANCE, ancestor.index, 0);
        return type_join(types, result,
                         read_for(resolver, value_symbol_variable(resolver, symbol), receiver,
                                  ancestor));
    }
    return result;
}

// Something that is called, made or asked was stored under NAME, by itself or in a container; a method or a class of that
// name was not.
static bool holds_of_tree(const Resolver *resolver, TypeId type, Name name) {
    const Types *types = &resolver->types;
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        TypeId inner = {term.kind == TYPE_LIST ? term.a : term.kind == TYPE_DICT ? term.b : 0};
        bool function = term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD;
        if (function && fact_is(facts_function(facts, (FunctionId){term.a})->klass)) {
            if (!name_equal(facts_function(facts, (FunctionId){term.a})->name, name)) return true;
        } else if (term.kind == TYPE_CLASS && term.a) {
            if (!name_equal(facts_class(facts, (ClassId){term.a})->name, name)) return true;
        } else if (function || term.kind == TYPE_INSTANCE || (inner.index && holds_of_tree(resolver, inner, NAME_NONE))) {
            return true;
        }
    }
    return false;
}

// `reader = read` in KLASS, `reader = other` or `self.reader = other` in a class below it: an object of KLASS may have
// either, and what is asked of it reaches both.
static TypeId with_overrides(Resolver *resolver, ClassId klass, Name name, TypeId found) {
    Types *types = &resolver->types;
    if (!holds_of_tree(resolver, found, name)) return found;
    for (uint32_t i = resolver->first_child_class[klass.index]; i < resolver->first_child_class[klass.index + 1]; i++) {
        ClassId child = resolver->child_classes[i];
        SymbolId symbol = resolver_symbol(resolver, facts_class(resolver->facts, child)->body, name);
        if (fact_is(resolver_function_of_symbol(resolver, symbol))) continue; // of the family
        if (fact_is(symbol))
            found = type_join(types, found, value_read(resolver, value_symbol_variable(resolver, symbol)));
        uint32_t variable = 0;
        if (map_get(&resolver->attribute_variables, map_key(child.index, name.index), &variable))
            found = type_join(types, found, value_read(resolver, variable));
    }
    return found;
}

static TypeId receiver_of(Resolver *resolver, ClassId klass, bool on_class) {
    return type_make(&resolver->types, on_class ? TYPE_CLASS : TYPE_INSTANCE, klass.index, 0);
}

// After KLASS the class CHILD has NAME from outside the tree, if at all; every class has a constructor.
static TypeId outside_attribute(Resolver *resolver, ClassId child, Name name) {
    uint32_t flags = facts_class(resolver->facts, child)->flags;
    if (name_equal(name, resolver->known.init))
        return type_make(&resolver->types, TYPE_EXTERNAL, resolver->known.object_new.index, 0);
    return flags & CLASS_FOREIGN_BASE ? foreign_type(resolver, FOREIGN_OPEN) : (TypeId){0};
}

// Nothing inherits from the class, so that there are objects of it; what it has not in the tree it has from outside.
static bool is_last_with_foreign_base(const Resolver *resolver, ClassId klass) {
    return resolver->first_child_class[klass.index] == resolver->first_child_class[klass.index + 1] &&
           (facts_class(resolver->facts, klass)->flags & CLASS_FOREIGN_BASE);
}

static bool has_method(const Types *types, const TypeMembers *members) {
    for (uint32_t i = 0; i < members->count; i++)
        if (types->terms.items[members->items[i].index].kind == TYPE_METHOD) return true;
    return false;
}

// The rest of the linearisation is that of the object's own class: a mixin's super() and what it expects of its neighbours are
// found in the classes that inherit it. self.save() in a table: one class has its own, the next that of the library.
static TypeId descendant_attribute(Resolver *resolver, ClassId klass, uint32_t after, Name name, bool on_class) {
    const Facts *facts = resolver->facts;
    TypeMembers members = {.count = 0};
    bool outside = false;
    for (uint32_t i = resolver->first_child_class[klass.index]; i < resolver->first_child_class[klass.index + 1]; i++) {
        ClassId child = resolver->child_classes[i];
        const ClassFact *row = facts_class(facts, child);
        uint32_t at = 0;
        while (at < row->ancestor_count &&
               !fact_same(facts->ancestors.items[row->first_ancestor + at], klass))
            at++;
        TypeId found = class_attribute(resolver, receiver_of(resolver, child, on_class),
                                       after ? at + 1 : 0, name, on_class);
        if (!found.index && after) found = outside_attribute(resolver, child, name);
        outside = outside || (!found.index && !after && is_last_with_foreign_base(resolver, child));
        type_add_members(&resolver->types, &members, found);
        // Nothing is added to it any more: in a chain of classes, each would ask all below it.
        if (members.count == TYPE_UNION_LIMIT) break;
    }
    if (outside && has_method(&resolver->types, &members))
        type_add_members(&resolver->types, &members, foreign_type(resolver, FOREIGN_OPEN));
    return type_of_members(&resolver->types, &members);
}

// class Louder(cls): what the classes have that `cls` may be; for SUPER, one of them may have it from outside the tree.
static TypeId given_attribute(Resolver *resolver, ClassId klass, Name name, bool on_class, bool super) {
    TypeId bases = given_bases(resolver, klass), result = {0};
    for (uint32_t i = 0; i < type_member_count(&resolver->types, bases); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, bases, i).index];
        ClassId base = {term.kind == TYPE_CLASS ? term.a : 0};
        if (!fact_is(base) && term.kind != TYPE_EXTERNAL) continue;
        TypeId found = {0};
        if (fact_is(base) && !fact_same(base, klass))
            found = class_attribute(resolver, receiver_of(resolver, base, on_class), 0, name, on_class);
        if (!found.index && super) found = outside_attribute(resolver, fact_is(base) ? base : klass, name);
        result = type_join(&resolver->types, result, found);
    }
    return result;
}

// A name that no class of the tree defines for KLASS.
static TypeId missing_attribute(Resolver *resolver, ClassId klass, Name name, bool on_class) {
    TypeId result = {0};
    if (!name_equal(name, resolver->known.init)) // Base.__init__(self) is that of a base outside
        result = type_join(&resolver->types, given_attribute(resolver, klass, name, on_class, false),
                           descendant_attribute(resolver, klass, 0, name, on_class));
    uint32_t flags = facts_class(resolver->facts, klass)->flags;
    if (!result.index && on_class && (flags & CLASS_METACLASS))
        result = metaclass_attribute(resolver, klass, name);
    if (result.index || !(flags & CLASS_FOREIGN_BASE)) return result;
    if (flags & (CLASS_UNKNOWN_BASE | CLASS_DYNAMIC_ATTRIBUTES)) return result;
    return foreign_attribute(resolver, foreign_type(resolver, FOREIGN_OPEN), name);
}

TypeId value_field(Resolver *resolver, ClassId klass, uint32_t index) {
    const Facts *facts = resolver->facts;
    if (!(facts_class(facts, klass)->flags & (CLASS_TUPLE | CLASS_DATA)))
        return (TypeId){0};
    SymbolId symbol = classes_field(facts, klass, index);
    return fact_is(symbol) ? value_read(resolver, value_symbol_variable(resolver, symbol))
                           : (TypeId){0};
}

static bool is_container(TypeKind kind) {
    return kind == TYPE_LIST || kind == TYPE_DICT || kind == TYPE_TUPLE;
}

static TypeId module_attribute(Resolver *resolver, Name module, Name name) {
    ModuleId row = resolver_module(resolver, module);
    SymbolId symbol = resolver_module_symbol(resolver, row, name);
    Name dotted = resolver_dotted(resolver, module, name);
    if (fact_is(row) && !fact_is(symbol)) {
        // Something the module imports from outside, or imports as a module.
        SymbolId own = resolver_symbol(resolver, facts_module(resolver->facts, row)->scope, name);
        if (fact_is(own) && !resolver_is_package_prefix(resolver, dotted))
            return symbol_value(resolver, own);
    }
    if (fact_is(symbol)) return symbol_value(resolver, symbol);
    return module_value(resolver, dotted);
}

// Every class has a __new__; the one that no class of the tree defines is that of object.
static TypeId allocator(Resolver *resolver, Name name) {
    return name_equal(name, resolver->known.new_)
               ? type_make(&resolver->types, TYPE_EXTERNAL, resolver->known.object_new.index, 0)
               : (TypeId){0};
}

// size.__wrapped__, page.title.__func__, size.__call__: names of the function itself.
static TypeId function_itself(Resolver *resolver, TypeId function, Name name) {
    Str text = facts_name(resolver->facts, name);
    if (str_is(text, "__func__"))
        return type_make(&resolver->types, TYPE_FUNCTION,
                         resolver->types.terms.items[function.index].a, 0);
    return str_is(text, "__wrapped__") || str_is(text, "__call__") ? function : (TypeId){0};
}

static TypeId member_attribute(Resolver *resolver, TypeId type, Name name) {
    Types *types = &resolver->types;
    TypeTerm term = types->terms.items[type.index];
    ClassId klass = {term.a};
    TypeId result;
    if (term.kind == TYPE_CLASS && !term.a) return (TypeId){0};
    switch (term.kind) {
    case TYPE_INSTANCE:
        if (name_equal(name, resolver->known.class_attribute))
            return type_make(types, TYPE_CLASS, term.a, 0);
        result = with_overrides(resolver, klass, name, class_attribute(resolver, type, 0, name, false));
        return result.index ? result : missing_attribute(resolver, klass, name, false);
    case TYPE_CLASS:
        if (name_equal(name, resolver->known.subclasses)) return type_make(types, TYPE_MEMBER, type.index, name.index);
        result = with_overrides(resolver, klass, name, class_attribute(resolver, type, 0, name, true));
        if (!result.index) result = missing_attribute(resolver, klass, name, true);
        return result.index ? result : allocator(resolver, name);
    case TYPE_SUPER:
        result = class_attribute(resolver, receiver_of(resolver, klass, false), 1, name, false);
        result = type_join(types, result, descendant_attribute(resolver, klass, 1, name, false));
        result = type_join(types, result, given_attribute(resolver, klass, name, false, true));
        if (result.index && bases_replaced(resolver, klass))
            result = type_join(types, result, outside_attribute(resolver, klass, name));
        return result.index ? result : allocator(resolver, name);
    case TYPE_MODULE: return module_attribute(resolver, (Name){term.a}, name);
    case TYPE_EXTERNAL: {
        Name dotted = resolver_dotted(resolver, (Name){term.a}, name);
        return dotted.index ? type_make(types, TYPE_EXTERNAL, dotted.index, 0) : (TypeId){0};
    }
    case TYPE_FOREIGN: return foreign_attribute(resolver, type, name);
    case TYPE_LIST: case TYPE_DICT: case TYPE_TUPLE: case TYPE_AWAITABLE:
        return type_make(types, TYPE_MEMBER, type.index, name.index);
    case TYPE_FUNCTION: case TYPE_METHOD: return function_itself(resolver, type, name);
    case TYPE_UNKNOWN: case TYPE_NONE: case TYPE_CONTEXT:
    case TYPE_MEMBER: case TYPE_DYNAMIC: case TYPE_CALLABLE: case TYPE_PARAMETER:
    case TYPE_UNION: return (TypeId){0};
    }
    return (TypeId){0};
}

TypeId value_instances_of(Types *types, TypeId type) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_CLASS && term.a)
            result = type_join(types, result, type_make(types, TYPE_INSTANCE, term.a, 0));
    }
    return result;
}

static TypeId members_attribute(Resolver *resolver, TypeId base, Name name) {
    TypeMembers members = {.count = 0};
    uint32_t count = type_member_count(&resolver->types, base);
    for (uint32_t i = 0; i < count; i++)
        type_add_members(&resolver->types, &members,
                         value_attribute(resolver, type_member(&resolver->types, base, i), name));
    return type_of_members(&resolver->types, &members);
}

static bool is_worth_keeping(TypeKind kind) {
    return kind == TYPE_INSTANCE || kind == TYPE_CLASS || kind == TYPE_SUPER || kind == TYPE_MODULE ||
           kind == TYPE_EXTERNAL || kind == TYPE_UNION;
}

TypeId value_attribute(Resolver *resolver, TypeId base, Name name) {
    TypeKind kind = type_kind(&resolver->types, base);
    TypeId result;
    if (!is_worth_keeping(kind)) return member_attribute(resolver, base, name);
    if (memo_find(resolver, base, name, &result)) return result;
    MemoStart start = memo_begin(resolver);
    result = kind == TYPE_UNION ? members_attribute(resolver, base, name) : member_attribute(resolver, base, name);
    memo_keep(resolver, start, base, name, result);
    return result;
}

// Class[1], Class[key] of a local: not the class for some type, but what its metaclass finds.
static bool is_key(const Resolver *resolver, ExprId id) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, id);
    SymbolId symbol = facts->expr_symbols.items[id.index];
    if (row->kind != EXPR_NAME || !fact_is(symbol)) return row->kind == EXPR_NUMBER;
    ScopeId scope = facts_symbol(facts, symbol)->scope;
    return facts_scope(facts, scope)->kind == SCOPE_FUNCTION;
}

// The value of a subscript that is a number; -1 for anything else.
static int32_t constant_index(const Facts *facts, ExprId index) {
    const ExprFact *row = facts_expr(facts, index);
    if (!fact_is(index) || row->kind != EXPR_NUMBER) return -1;
    Str text = facts_text(facts, facts_expr_module(facts, index), row->start, row->end);
    return text.length == 1 ? text.data[0] - '0' : -1;
}

static TypeId subscript_member(Resolver *resolver, TypeId type, const ExprFact *expr) {
    Types *types = &resolver->types;
    const Facts *facts = resolver->facts;
    TypeTerm term = types->terms.items[type.index];
    if (term.kind == TYPE_DICT) return (TypeId){term.b};
    if (term.kind == TYPE_FOREIGN) return type;
    if (term.kind == TYPE_EXTERNAL) return reflection_subscript(resolver, expr, (Name){term.a});
    if (term.kind == TYPE_CLASS && term.a && (facts->classes.items[term.a].flags & CLASS_ENUM))
        return type_make(types, TYPE_INSTANCE, term.a, 0);
    if (term.kind == TYPE_CLASS) return is_key(resolver, expr->first_child) ? (TypeId){0} : type;
    bool slice = fact_is(expr->first_child) &&
                 facts_expr(facts, expr->first_child)->operator_ == OPERATOR_SLICE;
    if (slice && is_container(term.kind))
        return type_make(types, TYPE_LIST, type_element(types, type).index, 0);
    int32_t index = constant_index(facts, expr->first_child);
    if (term.kind == TYPE_TUPLE && index >= 0 && (uint32_t)index < term.part_count)
        return types->parts.items[term.first_part + (uint32_t)index];
    if (term.kind == TYPE_INSTANCE && index >= 0) {
        TypeId field = value_field(resolver, (ClassId){term.a}, (uint32_t)index);
        if (field.index) return field;
    }
    if (is_container(term.kind)) return type_element(types, type);
    if (term.kind == TYPE_INSTANCE) {
        TypeId method = value_attribute(resolver, type, resolver->known.getitem);
        return value_call_result(resolver, FACT_NONE(CallId), method);
    }
    return (TypeId){0};
}

static TypeId subscript_value(Resolver *resolver, const ExprFact *expr) {
    TypeId base = value_of(resolver, expr->base);
    TypeMembers members = {.count = 0};
    type_add_members(&resolver->types, &members, reflection_global(resolver, expr));
    for (uint32_t i = 0; i < type_member_count(&resolver->types, base); i++)
        type_add_members(&resolver->types, &members,
                         subscript_member(resolver, type_member(&resolver->types, base, i), expr));
    return type_of_members(&resolver->types, &members);
}

TypeId value_awaited(Types *types, TypeId type) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_AWAITABLE) result = type_join(types, result, (TypeId){term.a});
        if (term.kind == TYPE_FOREIGN) result = type_join(types, result, member);
    }
    return result;
}

static TypeId joined_children(Resolver *resolver, const ExprFact *expr) {
    const Facts *facts = resolver->facts;
    TypeId result = {0};
    for (ExprId c = expr->first_child; fact_is(c); c = facts_expr(facts, c)->next_sibling) {
        const ExprFact *child = facts_expr(facts, c);
        if (child->flags & EXPR_CONDITION) continue;
        TypeId value = child->kind == EXPR_STAR
                           ? type_element(&resolver->types, value_of(resolver, child->base))
                           : value_of(resolver, c);
        result = type_join(&resolver->types, result, value);
    }
    return result;
}

// **x in a display of a dict.
static void spread_dict(Types *types, TypeId spread, TypeId *key, TypeId *value) {
    for (uint32_t i = 0; i < type_member_count(types, spread); i++) {
        TypeTerm term = types->terms.items[type_member(types, spread, i).index];
        if (term.kind != TYPE_DICT) continue;
        *key = type_join(types, *key, (TypeId){term.a});
        *value = type_join(types, *value, (TypeId){term.b});
    }
}

static TypeId dict_value(Resolver *resolver, const ExprFact *expr) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId key = {0}, value = {0};
    bool at_key = true;
    for (ExprId c = expr->first_child; fact_is(c); c = facts_expr(facts, c)->next_sibling) {
        if (facts_expr(facts, c)->kind == EXPR_STAR) {
            spread_dict(types, value_of(resolver, c), &key, &value);
            continue;
        }
        TypeId part = value_of(resolver, c);
        if (at_key)
            key = type_join(types, key, part);
        else
            value = type_join(types, value, part);
        at_key = !at_key;
    }
    return type_make(types, TYPE_DICT, key.index, value.index);
}

static TypeId tuple_value(Resolver *resolver, const ExprFact *expr) {
    const Facts *facts = resolver->facts;
    TypeId parts[12];
    uint32_t count = 0;
    for (ExprId c = expr->first_child; fact_is(c); c = facts_expr(facts, c)->next_sibling) {
        if (count == 12 || facts_expr(facts, c)->kind == EXPR_STAR)
            return type_make(&resolver->types, TYPE_LIST, joined_children(resolver, expr).index, 0);
        parts[count++] = value_of(resolver, c);
    }
    return type_tuple(&resolver->types, parts, count);
}

static TypeId comprehension_value(Resolver *resolver, const ExprFact *expr) {
    Types *types = &resolver->types;
    if (!fact_is(expr->first_child)) return (TypeId){0};
    TypeId first = value_of(resolver, expr->first_child);
    if (expr->kind != EXPR_DICT_COMPREHENSION) return type_make(types, TYPE_LIST, first.index, 0);
    ExprId second = facts_expr(resolver->facts, expr->first_child)->next_sibling;
    TypeId value = fact_is(second) ? value_of(resolver, second) : (TypeId){0};
    return type_make(types, TYPE_DICT, first.index, value.index);
}

// a + b, a * n, a | b: containers join what is in them; data stays data.
static TypeId operation_value(Resolver *resolver, const ExprFact *expr) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId containers = {0};
    bool data = true;
    for (ExprId c = expr->first_child; fact_is(c); c = facts_expr(facts, c)->next_sibling) {
        TypeId value = value_of(resolver, c);
        for (uint32_t i = 0; i < type_member_count(types, value); i++) {
            TypeId member = type_member(types, value, i);
            TypeKind kind = type_kind(types, member);
            if (kind == TYPE_LIST || kind == TYPE_DICT)
                containers = type_join(types, containers, member);
            else if (kind == TYPE_TUPLE)
                containers = type_join(
                    types, containers,
                    type_make(types, TYPE_LIST, type_element(types, member).index, 0));
        }
        TypeTerm term = types->terms.items[value.index];
        data = data && term.kind == TYPE_FOREIGN && term.a == FOREIGN_DATA;
    }
    return data ? foreign_type(resolver, FOREIGN_DATA) : containers;
}

static TypeId other_value(Resolver *resolver, const ExprFact *expr) {
    switch ((ExprOperator)expr->operator_) {
    case OPERATOR_ARITHMETIC: return operation_value(resolver, expr);
    case OPERATOR_NOT: case OPERATOR_IS: case OPERATOR_EQUAL: case OPERATOR_COMPARE:
        return foreign_type(resolver, FOREIGN_DATA);
    case OPERATOR_NONE: case OPERATOR_AND: case OPERATOR_OR: case OPERATOR_SLICE: break;
    }
    return (TypeId){0};
}

static TypeId evaluate(Resolver *resolver, ExprId id) {
    const ExprFact *expr = facts_expr(resolver->facts, id);
    Types *types = &resolver->types;
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME: return narrow_value(resolver, id, name_value(resolver, id));
    case EXPR_ATTRIBUTE:
        return narrow_value(
            resolver, id, value_attribute(resolver, value_of(resolver, expr->base), expr->name));
    case EXPR_SUBSCRIPT: return narrow_value(resolver, id, subscript_value(resolver, expr));
    case EXPR_CALL:
        return value_call_result(resolver, expr->call, value_of(resolver, expr->base));
    case EXPR_AWAIT: return value_awaited(types, value_of(resolver, expr->base));
    case EXPR_STAR: case EXPR_WALRUS: return value_of(resolver, expr->base);
    case EXPR_NONE: return type_make(types, TYPE_NONE, 0, 0);
    case EXPR_TUPLE: return tuple_value(resolver, expr);
    case EXPR_LIST: case EXPR_SET:
        return type_make(types, TYPE_LIST, joined_children(resolver, expr).index, 0);
    case EXPR_DICT: return dict_value(resolver, expr);
    case EXPR_CHOICE: return joined_children(resolver, expr);
    case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION: case EXPR_DICT_COMPREHENSION:
    case EXPR_GENERATOR: return comprehension_value(resolver, expr);
    case EXPR_LAMBDA: return type_make(types, TYPE_FUNCTION, expr->function.index, 0);
    case EXPR_STRING: case EXPR_NUMBER: case EXPR_TRUTH:
        return foreign_type(resolver, FOREIGN_DATA);
    case EXPR_UNION: return operation_value(resolver, expr);
    case EXPR_OTHER: return other_value(resolver, expr);
    case EXPR_YIELD: case EXPR_ELLIPSIS: return (TypeId){0};
    }
    return (TypeId){0};
}

static TypeId nested_value(Resolver *resolver, ExprId expr) {
    if (++resolver->depth > resolver->deepest) resolver->deepest = resolver->depth;
    TypeId result = evaluate(resolver, expr);
    resolver->depth--;
    return result;
}

TypeId value_of(Resolver *resolver, ExprId expr) {
    TypeId result;
    if (!fact_is(expr) || resolver->depth > VALUE_DEPTH) return (TypeId){0};
    if (!resolver->settled) return nested_value(resolver, expr);
    if (memo_find_value(resolver, expr, &result)) return result;
    MemoStart start = memo_begin_value(resolver);
    result = nested_value(resolver, expr);
    memo_keep_value(resolver, start, expr, result);
    return result;
}
