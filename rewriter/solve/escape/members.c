// Attributes as nodes of the flow graph: one node for an attribute of a class and all that inherit from
// its root. Comes in: what the front end knows of the values before a dot. Goes out: nodes.
#include "solve/escape/build.h"

#include "base/bug.h"

enum { FIELD_GIVEN = 1, FIELD_ADDED_TO }; // Builder.assigned_fields

// The tree's outermost ancestor, so that what a base stores is what a subclass reads.
static ClassId root_class(const Program *program, ClassId klass) {
    const ClassFact *row = program_class(program, klass);
    if (!row->ancestor_count) return klass;
    return *program_ancestor(program, row->first_ancestor + row->ancestor_count - 1);
}

FunctionId builder_method(const Program *program, ClassId klass, Name name) {
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        const ClassFact *owner =
            program_class(program, *program_ancestor(program, row->first_ancestor + i));
        SymbolId symbol = program_symbol_in(program, owner->body, name);
        if (!fact_is(symbol)) continue;
        return program_binding(program, program_symbol(program, symbol)->last_binding)->function;
    }
    return FACT_NONE(FunctionId);
}

static SymbolId class_symbol(const Program *program, ClassId klass, Name name) {
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        const ClassFact *owner =
            program_class(program, *program_ancestor(program, row->first_ancestor + i));
        SymbolId symbol = program_symbol_in(program, owner->body, name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

bool flow_class_at(const Flow *flow, const Program *program, ExprId base, uint32_t row,
                   const ClassReference **found) {
    uint32_t first = flow->references[base.index];
    if (!first || first - 1 + row >= program_class_reference_count(program)) return false;
    *found = program_class_reference(program, first - 1 + row);
    return fact_same((*found)->expr, base) && fact_is((*found)->klass);
}

// Whether all instances share what the class body gives: `listeners = []`, unless they get their own.
static bool is_shared(const Builder *builder, ClassId klass, SymbolId symbol, Name name) {
    const Program *program = builder->program;
    uint32_t given = 0;
    map_get(&builder->assigned_fields, map_key(root_class(program, klass).index, name.index), &given);
    if (given == FIELD_GIVEN || (program_class(program, klass)->flags & (CLASS_DATA | CLASS_FIELDS_ONLY))) return false;
    ExprId value = program_binding(program, program_symbol(program, symbol)->last_binding)->value;
    uint8_t kind = program_expr(program, value)->kind;
    if (given == FIELD_ADDED_TO) return kind == EXPR_LIST || kind == EXPR_SET || kind == EXPR_DICT;
    return fact_is(value) && kind != EXPR_NUMBER && kind != EXPR_NONE && kind != EXPR_TRUTH &&
           kind != EXPR_ELLIPSIS;
}

uint32_t builder_shared_field(const Builder *builder, const ClassReference *reference, Name name) {
    SymbolId symbol = class_symbol(builder->program, reference->klass, name);
    bool shared = reference->instance && fact_is(symbol) && is_shared(builder, reference->klass, symbol, name);
    return shared ? flow_symbol(builder->program, symbol) : 0;
}

// names: list = field(default_factory=make): a function that the description of a field is given makes what is in it.
static void link_makers(Builder *builder, ClassId klass, SymbolId symbol, uint32_t node) {
    const Program *program = builder->program;
    ExprId value = program_binding(program, program_symbol(program, symbol)->last_binding)->value;
    if (!(program_class(program, klass)->flags & (CLASS_DATA | CLASS_FIELDS_ONLY)) || !fact_is(value)) return;
    const CallFact *call = program_call(program, program_expr(program, value)->call);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId given = program_argument(program, (ArgumentId){call->first_argument + i})->value;
        const ExprFact *row = program_expr(program, given);
        SymbolId meant = flow_meant(program, program_symbol_of(program, given));
        FunctionId maker = row->function;
        if (fact_is(meant))
            maker = program_binding(program, program_symbol(program, meant)->first_binding)->function;
        if (fact_is(maker)) builder_link(builder, flow_result(program, maker), node, FLOW_SAME);
    }
}

static uint32_t field_node(Builder *builder, ClassId klass, Name name) {
    uint32_t node;
    uint64_t own = map_key(root_class(builder->program, klass).index, name.index);
    if (map_get(&builder->own_fields, own, &node)) return node;
    node = builder->flow->count++;
    vec_add(&builder->flow->attributes, ((FlowAttribute){root_class(builder->program, klass), name}));
    map_put(&builder->own_fields, own, node);
    return node;
}

uint32_t builder_member(Builder *builder, const ClassReference *reference, Name name) {
    const Program *program = builder->program;
    SymbolId symbol = class_symbol(program, reference->klass, name);
    if (!reference->instance && fact_is(symbol)) return flow_symbol(program, symbol);
    uint32_t node;
    uint64_t key = map_key(reference->klass.index, name.index);
    if (map_get(&builder->fields, key, &node)) return node;
    node = field_node(builder, reference->klass, name);
    map_put(&builder->fields, key, node);
    if (fact_is(symbol)) {
        builder_link(builder, flow_symbol(program, symbol), node,
                     is_shared(builder, reference->klass, symbol, name) ? FLOW_SAME : FLOW_DERIVED);
        link_makers(builder, reference->klass, symbol, node);
    }
    return node;
}

// self.rows += x adds to the list that is there, and gives the object a number or a text of its own.
static void note_assigned(Builder *builder, const BindingFact *binding, const ClassReference *reference, Name name) {
    uint64_t key = map_key(root_class(builder->program, reference->klass).index, name.index);
    uint32_t known = 0;
    map_get(&builder->assigned_fields, key, &known);
    if (known != FIELD_GIVEN)
        map_put(&builder->assigned_fields, key, binding->kind == BINDING_AUGMENT ? FIELD_ADDED_TO : FIELD_GIVEN);
}

void builder_index_members(Builder *builder) {
    const Program *program = builder->program;
    builder->flow->references =
        memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *builder->flow->references);
    for (uint32_t i = program_class_reference_count(program); i-- > 0;)
        builder->flow->references[program_class_reference(program, i)->expr.index] = i + 1;
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        ExprId target = binding->target;
        if (!fact_is(target) || program_expr(program, target)->kind != EXPR_ATTRIBUTE) continue;
        const ExprFact *row = program_expr(program, target);
        const ClassReference *reference;
        for (uint32_t k = 0;
             flow_class_at(builder->flow, builder->program, row->base, k, &reference); k++)
            if (reference->instance) note_assigned(builder, binding, reference, row->name);
    }
}
