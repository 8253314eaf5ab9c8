// Attributes as nodes of the flow graph: one node for an attribute of a class and all that inherit from
// its root. Comes in: what the front end knows of the values before a dot. Goes out: nodes.
#include "solve/escape/build.h"

#include "base/bug.h"

// The tree's outermost ancestor, so that what a base stores is what a subclass reads.
static ClassId root_class(const Facts *facts, ClassId klass) {
    const ClassFact *row = facts_class(facts, klass);
    if (!row->ancestor_count) return klass;
    return facts->ancestors.items[row->first_ancestor + row->ancestor_count - 1];
}

FunctionId builder_method(const Facts *facts, ClassId klass, Name name) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        const ClassFact *owner =
            facts_class(facts, facts->ancestors.items[row->first_ancestor + i]);
        SymbolId symbol = facts_symbol_in(facts, owner->body, name);
        if (!fact_is(symbol)) continue;
        return facts_binding(facts, facts_symbol(facts, symbol)->last_binding)->function;
    }
    return FACT_NONE(FunctionId);
}

static SymbolId class_symbol(const Facts *facts, ClassId klass, Name name) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        const ClassFact *owner =
            facts_class(facts, facts->ancestors.items[row->first_ancestor + i]);
        SymbolId symbol = facts_symbol_in(facts, owner->body, name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

bool builder_class_at(const Builder *builder, ExprId base, uint32_t row,
                      const ClassReference **found) {
    const Facts *facts = builder->facts;
    uint32_t first = builder->references[base.index];
    if (!first || first - 1 + row >= facts->class_references.count) return false;
    *found = &facts->class_references.items[first - 1 + row];
    return fact_same((*found)->expr, base) && fact_is((*found)->klass);
}

// Whether all instances share what the class body gives: `listeners = []`, unless they get their own.
static bool is_shared(const Builder *builder, ClassId klass, SymbolId symbol, Name name) {
    const Facts *facts = builder->facts;
    uint32_t given;
    if (map_get(&builder->assigned_fields, map_key(root_class(facts, klass).index, name.index), &given))
        return false;
    if (facts_class(facts, klass)->flags & (CLASS_DATA | CLASS_FIELDS_ONLY)) return false;
    ExprId value = facts_binding(facts, facts_symbol(facts, symbol)->last_binding)->value;
    uint8_t kind = facts_expr(facts, value)->kind;
    return fact_is(value) && kind != EXPR_NUMBER && kind != EXPR_NONE && kind != EXPR_TRUTH &&
           kind != EXPR_ELLIPSIS;
}

static uint32_t field_node(Builder *builder, ClassId klass, Name name) {
    uint32_t node;
    uint64_t own = map_key(root_class(builder->facts, klass).index, name.index);
    if (map_get(&builder->own_fields, own, &node)) return node;
    node = builder->flow->count++;
    map_put(&builder->own_fields, own, node);
    return node;
}

uint32_t builder_member(Builder *builder, const ClassReference *reference, Name name) {
    const Facts *facts = builder->facts;
    SymbolId symbol = class_symbol(facts, reference->klass, name);
    if (!reference->instance && fact_is(symbol)) return flow_symbol(facts, symbol);
    uint32_t node;
    uint64_t key = map_key(reference->klass.index, name.index);
    if (map_get(&builder->fields, key, &node)) return node;
    node = field_node(builder, reference->klass, name);
    map_put(&builder->fields, key, node);
    if (fact_is(symbol))
        builder_link(builder, flow_symbol(facts, symbol), node,
                     is_shared(builder, reference->klass, symbol, name) ? FLOW_SAME : FLOW_DERIVED);
    return node;
}

void builder_index_members(Builder *builder) {
    const Facts *facts = builder->facts;
    builder->references = memory_alloc_zeroed(facts->exprs.count + 1, sizeof *builder->references);
    for (uint32_t i = facts->class_references.count; i-- > 0;)
        builder->references[facts->class_references.items[i].expr.index] = i + 1;
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        ExprId target = facts->bindings.items[i].target;
        if (!fact_is(target) || facts_expr(facts, target)->kind != EXPR_ATTRIBUTE) continue;
        const ExprFact *row = facts_expr(facts, target);
        const ClassReference *reference;
        for (uint32_t k = 0; builder_class_at(builder, row->base, k, &reference); k++)
            if (reference->instance)
                map_put(&builder->assigned_fields,
                        map_key(root_class(facts, reference->klass).index, row->name.index), 1);
    }
}
