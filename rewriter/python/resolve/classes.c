// Class hierarchy: bases to classes, linearisation, inherited flags and constructors.
// Comes in: names and imports resolved. Goes out: ClassFact.first_ancestor.., flags, constructor,
// creator, and member lookup. Must never loop on a class that (wrongly) inherits itself.
// Source: "The Python 2.3 Method Resolution Order" (C3), falling back to depth-first order where C3
// has no answer.
#include "base/bug.h"
#include "python/resolve/resolver.h"

enum { ANCESTOR_LIMIT = 128, BASE_LIMIT = 32 };

ClassId resolver_class_of_symbol(const Resolver *resolver, SymbolId symbol) {
    const Facts *facts = resolver->facts;
    ClassId result = {0};
    if (!fact_is(symbol)) return result;
    for (BindingId b = facts_symbol(facts, symbol)->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol)
        if (facts_binding(facts, b)->kind == BINDING_CLASS)
            result = facts_binding(facts, b)->klass;
    return result;
}

FunctionId resolver_function_of_symbol(const Resolver *resolver, SymbolId symbol) {
    const Facts *facts = resolver->facts;
    FunctionId result = {0};
    if (!fact_is(symbol)) return result;
    for (BindingId b = facts_symbol(facts, symbol)->first_binding; fact_is(b);
         b = facts_binding(facts, b)->next_of_symbol) {
        const BindingFact *binding = facts_binding(facts, b);
        if (binding->kind != BINDING_FUNCTION) continue;
        // The getter of a property, not its setter, stands for it; an overload only as a last resort.
        bool overload = facts_function(facts, binding->function)->flags & FUNCTION_OVERLOAD;
        bool property = facts_function(facts, binding->function)->flags & FUNCTION_PROPERTY;
        if (!fact_is(result) || (!overload && !property)) result = binding->function;
    }
    return result;
}

static Name module_dotted_of(Resolver *resolver, ExprId id) {
    Facts *facts = resolver->facts;
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind == EXPR_ATTRIBUTE) {
        Name base = module_dotted_of(resolver, expr->base);
        return base.index ? resolver_dotted(resolver, base, expr->name) : NAME_NONE;
    }
    if (expr->kind != EXPR_NAME) return NAME_NONE;
    SymbolId symbol = facts->expr_symbols.items[id.index];
    if (!fact_is(symbol)) return NAME_NONE;
    ImportId import_ = resolver->symbol_import[resolver->canonical[symbol.index].index];
    if (!fact_is(import_)) return NAME_NONE;
    const ImportFact *row = facts_import(facts, import_);
    if (row->kind == IMPORT_NAME) return row->target_is_module ? row->dotted : NAME_NONE;
    if (row->has_alias) return row->dotted;
    // `import a.b.c` binds a: cut as many parts off the end as the path has after its first.
    Str dotted = facts_name(facts, row->dotted), path = facts_name(facts, row->path);
    for (size_t i = 0; i < path.length; i++)
        if (path.data[i] == '.') dotted = str_slice(dotted, 0, (size_t)str_find_last(dotted, '.'));
    return intern(facts->names, dotted);
}

static SymbolId static_symbol(Resolver *resolver, ExprId id, int depth) {
    Facts *facts = resolver->facts;
    const ExprFact *expr = facts_expr(facts, id);
    if (depth > 8) return FACT_NONE(SymbolId);
    if (expr->kind == EXPR_NAME) {
        SymbolId symbol = facts->expr_symbols.items[id.index];
        return fact_is(symbol) ? facts->symbol_definitions.items[symbol.index] : symbol;
    }
    if (expr->kind == EXPR_SUBSCRIPT) return static_symbol(resolver, expr->base, depth + 1);
    if (expr->kind == EXPR_STRING && fact_is(expr->first_child))
        return static_symbol(resolver, expr->first_child, depth + 1);
    if (expr->kind != EXPR_ATTRIBUTE) return FACT_NONE(SymbolId);
    Name name = expr->name;
    Name module = module_dotted_of(resolver, expr->base);
    if (module.index)
        return resolver_module_symbol(resolver, resolver_module(resolver, module), name);
    ClassId klass =
        resolver_class_of_symbol(resolver, static_symbol(resolver, expr->base, depth + 1));
    if (!fact_is(klass)) return FACT_NONE(SymbolId);
    return resolver_symbol(resolver, facts_class(facts, klass)->body, name);
}

Name resolver_dotted_of(Resolver *resolver, ExprId id) {
    Facts *facts = resolver->facts;
    const ExprFact *expr = facts_expr(facts, id);
    if (expr->kind == EXPR_SUBSCRIPT || expr->kind == EXPR_CALL)
        return resolver_dotted_of(resolver, expr->base);
    if (expr->kind == EXPR_ATTRIBUTE) {
        Name name = expr->name;
        Name base = module_dotted_of(resolver, expr->base);
        if (!base.index && facts_expr(facts, expr->base)->kind != EXPR_CALL)
            base = resolver_dotted_of(resolver, expr->base);
        Str text = facts_name(facts, base);
        if (!base.index || text.data[0] == '?') base = intern(facts->names, STR("?"));
        return resolver_dotted(resolver, base, name);
    }
    if (expr->kind != EXPR_NAME) return NAME_NONE;
    SymbolId symbol = facts->expr_symbols.items[id.index];
    if (!fact_is(symbol)) return expr->name;
    symbol = resolver->canonical[symbol.index];
    ImportId import_ = resolver->symbol_import[symbol.index];
    SymbolId definition = facts->symbol_definitions.items[symbol.index];
    if (fact_is(import_) && !fact_is(definition)) {
        const ImportFact *row = facts_import(facts, import_);
        return row->kind == IMPORT_NAME || row->has_alias ? row->dotted
                                                          : module_dotted_of(resolver, id);
    }
    if (fact_is(definition)) symbol = definition;
    const ScopeFact *scope = facts_scope(facts, facts_symbol(facts, symbol)->scope);
    if (scope->kind != SCOPE_MODULE) return intern(facts->names, STR("?"));
    Name module = facts_module(facts, scope->module)->name;
    return resolver_dotted(resolver, module, facts_symbol(facts, symbol)->name);
}

Name resolver_last_name(const Resolver *resolver, ExprId id) {
    const ExprFact *expr = facts_expr(resolver->facts, id);
    if (expr->kind == EXPR_SUBSCRIPT || expr->kind == EXPR_CALL)
        return resolver_last_name(resolver, expr->base);
    return expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE ? expr->name : NAME_NONE;
}

// Bases that say nothing about construction: they do not make a class "foreign".
static bool is_neutral_base(Str last) {
    static const char *const NEUTRAL[] = {"object", "ABC", "Generic", "Protocol", "Hashable",
                                          "Sized", "Iterable", "Iterator", "Container",
                                          "Callable", "AsyncIterator", "AbstractContextManager"};
    for (size_t i = 0; i < sizeof NEUTRAL / sizeof *NEUTRAL; i++)
        if (str_is(last, NEUTRAL[i])) return true;
    return false;
}

// Models that check what is set: their constructor is generated, and an attribute that is no field is
// an error.
static bool is_model_base(Str last) {
    static const char *const MODELS[] = {"BaseModel", "BaseSettings", "GenericModel", "RootModel",
                                         "SQLModel", "Struct"};
    for (size_t i = 0; i < sizeof MODELS / sizeof *MODELS; i++)
        if (str_is(last, MODELS[i])) return true;
    return false;
}

typedef struct Linear {
    ClassId items[ANCESTOR_LIMIT];
    uint32_t count;
} Linear;

static bool linear_has(const Linear *list, uint32_t from, ClassId klass) {
    for (uint32_t i = from; i < list->count; i++)
        if (fact_same(list->items[i], klass)) return true;
    return false;
}

static void linear_add(Linear *list, ClassId klass) {
    if (list->count < ANCESTOR_LIMIT && !linear_has(list, 0, klass))
        list->items[list->count++] = klass;
}

// C3 merge of the bases' linearisations and the list of bases itself.
static bool c3_merge(Linear *lists, uint32_t count, Linear *out) {
    uint32_t at[BASE_LIMIT + 1] = {0};
    for (;;) {
        ClassId pick = {0};
        bool any = false;
        for (uint32_t i = 0; i < count && !fact_is(pick); i++) {
            if (at[i] >= lists[i].count) continue;
            any = true;
            ClassId head = lists[i].items[at[i]];
            bool in_tail = false;
            for (uint32_t k = 0; k < count && !in_tail; k++)
                in_tail = at[k] < lists[k].count && linear_has(&lists[k], at[k] + 1, head);
            if (!in_tail) pick = head;
        }
        if (!any) return true;
        if (!fact_is(pick)) return false;
        linear_add(out, pick);
        for (uint32_t i = 0; i < count; i++)
            if (at[i] < lists[i].count && fact_same(lists[i].items[at[i]], pick)) at[i]++;
    }
}

typedef struct Bases {
    ClassId items[BASE_LIMIT];
    uint32_t count;
} Bases;

// `Base = make()`: what makes it.
static Name maker_of(Resolver *resolver, SymbolId symbol) {
    const Facts *facts = resolver->facts;
    BindingId first = facts_symbol(facts, symbol)->first_binding;
    const BindingFact *binding = facts_binding(facts, first);
    if (!fact_is(symbol) || binding->kind != BINDING_ASSIGN || fact_is(binding->next_of_symbol) ||
        facts_expr(facts, binding->value)->kind != EXPR_CALL)
        return NAME_NONE;
    return resolver_dotted_of(resolver, binding->value);
}

static void name_base(Resolver *resolver, ClassId klass, ExprId base) {
    Name dotted = resolver_dotted_of(resolver, base);
    Name maker = maker_of(resolver, static_symbol(resolver, base, 0));
    if (dotted.index) vec_add(&resolver->facts->base_names, ((BaseName){klass, dotted}));
    if (maker.index) vec_add(&resolver->facts->base_names, ((BaseName){klass, maker}));
}

bool resolver_is_foreign_base(Resolver *resolver, ExprId base) {
    return !fact_is(resolver_class_of_symbol(resolver, static_symbol(resolver, base, 0))) &&
           !is_neutral_base(facts_name(resolver->facts, resolver_last_name(resolver, base)));
}

static void collect_bases(Resolver *resolver, ClassFact *klass, Bases *bases) {
    Facts *facts = resolver->facts;
    bases->count = 0;
    bool foreign = false;
    for (ExprId b = klass->first_base; fact_is(b); b = facts_expr(facts, b)->next_sibling) {
        ClassId base = resolver_class_of_symbol(resolver, static_symbol(resolver, b, 0));
        if (fact_is(base)) {
            if (foreign) resolver->foreign_first[klass - facts->classes.items] = true;
            if (bases->count < BASE_LIMIT) bases->items[bases->count++] = base;
        } else if (!is_neutral_base(facts_name(facts, resolver_last_name(resolver, b)))) {
            klass->flags |= CLASS_FOREIGN_BASE;
            foreign = true;
            if (is_model_base(facts_name(facts, resolver_last_name(resolver, b))))
                klass->flags |= CLASS_FIELDS_ONLY | CLASS_DATA;
            Name dotted = resolver_dotted_of(resolver, b);
            if (!dotted.index || facts_name(facts, dotted).data[0] == '?')
                klass->flags |= CLASS_UNKNOWN_BASE;
        }
    }
}

typedef enum Visit { VISIT_NOT, VISIT_OPEN, VISIT_DONE } Visit;

static void linearise(Resolver *resolver, ClassId id, uint8_t *visits, int depth) {
    Facts *facts = resolver->facts;
    if (visits[id.index] != VISIT_NOT || depth > 200) return;
    visits[id.index] = VISIT_OPEN;
    Bases bases;
    collect_bases(resolver, facts_class_row(facts, id), &bases);
    Linear *lists = memory_alloc_zeroed(bases.count + 2, sizeof *lists);
    uint32_t count = 0;
    Linear direct = {.count = 0}, out = {.count = 0};
    linear_add(&out, id);
    for (uint32_t i = 0; i < bases.count; i++) {
        linearise(resolver, bases.items[i], visits, depth + 1);
        if (visits[bases.items[i].index] != VISIT_DONE) continue; // inherits itself
        const ClassFact *base = facts_class(facts, bases.items[i]);
        linear_add(&direct, bases.items[i]);
        for (uint32_t k = 0; k < base->ancestor_count; k++)
            linear_add(&lists[count], facts->ancestors.items[base->first_ancestor + k]);
        count++;
    }
    lists[count++] = direct;
    if (!c3_merge(lists, count, &out))
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < lists[i].count; k++) linear_add(&out, lists[i].items[k]);
    free(lists);
    ClassFact *klass = facts_class_row(facts, id);
    klass->first_ancestor = facts->ancestors.count;
    klass->ancestor_count = out.count;
    for (uint32_t i = 0; i < out.count; i++) vec_add(&facts->ancestors, out.items[i]);
    visits[id.index] = VISIT_DONE;
}

SymbolId resolver_member(Resolver *resolver, ClassId id, uint32_t position, Name name,
                         ClassId *owner) {
    const Facts *facts = resolver->facts;
    const ClassFact *klass = facts_class(facts, id);
    for (uint32_t i = position; i < klass->ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[klass->first_ancestor + i];
        SymbolId symbol =
            resolver_symbol(resolver, facts_class(facts, ancestor)->body, name);
        if (!fact_is(symbol)) continue;
        if (owner) *owner = ancestor;
        return symbol;
    }
    return FACT_NONE(SymbolId);
}

static void inherit(Resolver *resolver, ClassId id) {
    Facts *facts = resolver->facts;
    ClassFact *klass = facts_class_row(facts, id);
    const uint32_t heritable = CLASS_FOREIGN_BASE | CLASS_UNKNOWN_BASE | CLASS_ENUM | CLASS_TUPLE |
                               CLASS_TYPED_DICT | CLASS_EXCEPTION | CLASS_METACLASS |
                               CLASS_DYNAMIC_ATTRIBUTES | CLASS_OF_CLASSES | CLASS_FIELDS_ONLY;
    bool generated = false;
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor_id = facts->ancestors.items[klass->first_ancestor + i];
        const ClassFact *ancestor = facts_class(facts, ancestor_id);
        klass->flags |= ancestor->flags & heritable;
        SymbolId constructor = resolver_symbol(resolver, ancestor->body, resolver->known.init);
        if (fact_is(constructor) && !fact_is(klass->constructor) && !generated)
            klass->constructor = resolver_function_of_symbol(resolver, constructor);
        if ((ancestor->flags & CLASS_DATA) && !fact_is(klass->constructor)) generated = true;
        SymbolId creator = resolver_symbol(resolver, ancestor->body, resolver->known.new_);
        if (fact_is(creator) && !fact_is(klass->creator))
            klass->creator = resolver_function_of_symbol(resolver, creator);
    }
    if (generated) klass->flags |= CLASS_DATA;
}

// x: int; x = attr.ib()
static bool is_field(const Facts *facts, BindingId id) {
    const BindingFact *binding = facts_binding(facts, id);
    if (!fact_is(id) || fact_is(binding->annotation)) return fact_is(id);
    const ExprFact *value = facts_expr(facts, binding->value);
    if (binding->kind != BINDING_ASSIGN || value->kind != EXPR_CALL) return false;
    Str maker = facts_name(facts, facts_expr(facts, value->base)->name);
    return str_is(maker, "ib") || str_is(maker, "attrib") || str_is(maker, "field");
}

SymbolId classes_field(const Facts *facts, ClassId klass, uint32_t index) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = row->ancestor_count; i-- > 0;) { // fields of a base come first
        ClassId ancestor = facts->ancestors.items[row->first_ancestor + i];
        ScopeId body = facts_class(facts, ancestor)->body;
        for (SymbolId s = facts_scope(facts, body)->first_symbol; fact_is(s);
             s = facts_symbol(facts, s)->next_in_scope) {
            if (!is_field(facts, facts_symbol(facts, s)->first_binding)) continue;
            if (index-- == 0) return s;
        }
    }
    return FACT_NONE(SymbolId);
}

// class Meta(type), and what another class names as its metaclass.
static void mark_metaclasses(Resolver *resolver, ClassFact *klass) {
    Facts *facts = resolver->facts;
    for (ExprId b = klass->first_base; fact_is(b); b = facts_expr(facts, b)->next_sibling)
        if (str_is(facts_name(facts, resolver_dotted_of(resolver, b)), "type"))
            klass->flags |= CLASS_OF_CLASSES;
    if (!(klass->flags & CLASS_METACLASS)) return;
    for (ExprId k = klass->first_keyword; fact_is(k); k = facts_expr(facts, k)->next_sibling) {
        ClassId meta = resolver_class_of_symbol(resolver, static_symbol(resolver, k, 0));
        if (fact_is(meta)) facts_class_row(facts, meta)->flags |= CLASS_OF_CLASSES;
    }
}

static void index_descendants(Resolver *resolver) {
    Facts *facts = resolver->facts;
    uint32_t count = facts->classes.count;
    uint32_t *first = arena_array(&facts->arena, uint32_t, count + 2);
    for (uint32_t i = 1; i < count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        for (uint32_t k = 1; k < row->ancestor_count; k++)
            first[facts->ancestors.items[row->first_ancestor + k].index + 1]++;
    }
    for (uint32_t i = 0; i <= count; i++) first[i + 1] += first[i];
    ClassId *children = arena_array(&facts->arena, ClassId, first[count] + 1);
    uint32_t *next = memory_alloc_zeroed(count + 1, sizeof *next);
    for (uint32_t i = 1; i < count; i++) {
        const ClassFact *row = &facts->classes.items[i];
        for (uint32_t k = 1; k < row->ancestor_count; k++) {
            uint32_t ancestor = facts->ancestors.items[row->first_ancestor + k].index;
            children[first[ancestor] + next[ancestor]++] = (ClassId){i};
        }
    }
    free(next);
    resolver->first_child_class = first;
    resolver->child_classes = children;
}

static bool makes_fields(Str dotted) {
    static const char *const MAKERS[] = {"dataclasses.dataclass", "attr.s",       "attr.attrs",
                                         "attr.define",           "attr.frozen",  "attrs.define",
                                         "attrs.frozen",          "pydantic.dataclasses.dataclass"};
    for (size_t i = 0; i < sizeof MAKERS / sizeof *MAKERS; i++)
        if (str_is(dotted, MAKERS[i])) return true;
    return false;
}

// from dataclasses import dataclass as std_dataclass: known by what was imported.
static void mark_data_class(Resolver *resolver, ClassId id) {
    Facts *facts = resolver->facts;
    ClassFact *klass = facts_class_row(facts, id);
    if (fact_is(facts_symbol_in(facts, klass->body, resolver->known.init))) return;
    for (ExprId d = klass->first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
        const ExprFact *row = facts_expr(facts, d);
        bool plain = row->kind == EXPR_NAME; // with arguments, `init=False` may be among them
        if (plain && makes_fields(facts_name(facts, resolver_dotted_of(resolver, d))))
            klass->flags |= CLASS_DATA;
    }
}

void resolve_classes(Resolver *resolver) {
    Facts *facts = resolver->facts;
    uint8_t *visits = memory_alloc_zeroed(facts->classes.count + 1, 1);
    resolver->foreign_first = arena_array(&facts->arena, bool, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        linearise(resolver, (ClassId){i}, visits, 0);
    free(visits);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        for (ExprId b = facts->classes.items[i].first_base; fact_is(b);
             b = facts_expr(facts, b)->next_sibling)
            name_base(resolver, (ClassId){i}, b);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        mark_metaclasses(resolver, &facts->classes.items[i]);
    for (uint32_t i = 1; i < facts->classes.count; i++) mark_data_class(resolver, (ClassId){i});
    for (uint32_t i = 1; i < facts->classes.count; i++) inherit(resolver, (ClassId){i});
    index_descendants(resolver);
}
