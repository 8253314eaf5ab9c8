// Assignments in the flow graph, and the places that something is stored in.
#include "solve/escape/build.h"

static void link_into_attribute(Builder *builder, uint32_t from, ExprId expr, const ExprFact *row) {
    const Program *program = builder->program;
    const ClassReference *reference;
    SymbolId symbol = program_symbol_of(program, expr);
    if (fact_is(symbol))
        builder_link(builder, from, flow_symbol(program, flow_meant(program, symbol)), FLOW_INSIDE);
    else if (!builder->flow->references[row->base.index])
        builder_link_into(builder, from, row->base);
    for (uint32_t i = 0; flow_class_at(builder->flow, builder->program, row->base, i, &reference);
         i++) {
        uint32_t member = builder_member(builder, reference, row->name);
        builder_link(builder, from, member, FLOW_INSIDE);
        vec_add(&builder->filled, member);
    }
}

// What a constructor puts into its object is inside every object that it makes.
static void link_into_instances(Builder *builder, uint32_t value, FunctionId function,
                                ExprId base) {
    const FunctionFact *row = program_function(builder->program, function);
    SymbolId symbol = program_symbol_of(builder->program, base);
    if (!(row->flags & FUNCTION_CONSTRUCTOR) || !row->parameter_count || !fact_is(symbol) ||
        !fact_same(symbol, program_parameter(builder->program, (ParameterId){row->first_parameter})->symbol))
        return;
    for (RowList lineage = program_lineage(builder->program, row->klass); lineage.at < lineage.end;
         lineage.at++)
        builder_link(builder, value, flow_instance(builder->program, (ClassId){*lineage.at}),
                     FLOW_INSIDE);
}

// What is put into EXPR stays in the name, attribute or container that EXPR is read from.
void builder_link_into(Builder *builder, uint32_t from, ExprId expr) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
        builder_link(builder, from, flow_symbol(program, symbol), FLOW_INSIDE);
        uint32_t place = builder_place(builder, expr);
        if (place != flow_symbol(program, symbol) && place != expr.index) builder_link(builder, from, place, FLOW_INSIDE);
        vec_add(&builder->filled, place);
        FunctionId function = program_scope_function(program, row->scope);
        if (fact_is(function)) link_into_instances(builder, from, function, expr);
    } else if (row->kind == EXPR_ATTRIBUTE) {
        link_into_attribute(builder, from, expr, row);
    } else if (row->kind == EXPR_SUBSCRIPT) {
        builder_link_into(builder, from, row->base);
    } else if (row->kind == EXPR_CALL) { // table.setdefault(key, []).append(x)
        const CallFact *call = program_call(program, row->call);
        if (row_count(program_call_edges(program, row->call)) > 0) { // desk.get_rows().append(x)
            builder_link(builder, from, expr.index, FLOW_INSIDE);
            vec_add(&builder->filled, expr.index);
        }
        if (!(call->flags & (CALL_GIVES_PART | CALL_SIFTS))) return;
        if (builder_is_method(program, call))
            builder_link_into(builder, from, program_expr(program, call->callee)->base);
        else // vars(x), zip(x, y)
            for (uint32_t i = 0; i < call->argument_count; i++)
                builder_link_into(builder, from, program_argument(program, (ArgumentId){call->first_argument + i})->value);
    }
}

// os.environ["X"] = ...: what a module outside the tree owns.
static bool is_of_foreign_module(const Program *program, ExprId base) {
    ExprId root = base;
    while (program_expr(program, root)->kind == EXPR_ATTRIBUTE) root = program_expr(program, root)->base;
    SymbolId symbol = program_symbol_of(program, root);
    if (program_expr(program, root)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    SymbolId meant = flow_meant(program, symbol);
    const BindingFact *binding = program_binding(program, program_symbol(program, meant)->first_binding);
    if (binding->kind != BINDING_IMPORT) return false;
    const ImportFact *row = program_import(program, binding->import_);
    return row->kind == IMPORT_MODULE || (facts_name_flags(program->facts, row->module, row->dotted) & NAME_LASTS);
}

// cls.kept[key] = x in a metaclass: what a class has lasts as the class does.
static bool is_of_class(const Builder *builder, ExprId base) {
    const Program *program = builder->program;
    const ClassReference *reference;
    for (const ExprFact *row = program_expr(program, base); row->kind == EXPR_ATTRIBUTE; row = program_expr(program, row->base))
        for (uint32_t i = 0; flow_class_at(builder->flow, program, row->base, i, &reference); i++)
            if (reference->instance && (program_class(program, reference->klass)->flags & CLASS_OF_CLASSES)) return true;
    return false;
}

// A class, a function or a module is a place that lasts whoever stores there.
static bool is_lasting_object(const Builder *builder, ExprId base) {
    const Program *program = builder->program;
    const ClassReference *reference;
    for (uint32_t i = 0; flow_class_at(builder->flow, builder->program, base, i, &reference); i++)
        if (!reference->instance || (program_class(program, reference->klass)->flags & CLASS_OF_CLASSES)) return true;
    if (is_of_foreign_module(program, base) || is_of_class(builder, base)) return true;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, base));
    if (program_expr(program, base)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    BindingId binding = program_symbol(program, symbol)->first_binding;
    return program_binding(program, binding)->kind == BINDING_FUNCTION;
}

void builder_add_store(Builder *builder, FlowStore store, ExprId base) {
    const ClassReference *reference;
    store.lasting = store.lasting || is_lasting_object(builder, base);
    if (flow_class_at(builder->flow, builder->program, base, 0, &reference) &&
        reference->instance && reference->certain)
        store.klass = reference->klass;
    vec_add(&builder->flow->stores, store);
}

// ---- bindings ------------------------------------------------------------------------------------------
static FlowKind kind_of(const BindingFact *binding) {
    switch (binding->kind) {
    case BINDING_ASSIGN: case BINDING_ENTER: case BINDING_ENTER_ASYNC:
    case BINDING_MATCH: case BINDING_AUGMENT:
        return binding->element == -1 ? FLOW_SAME : FLOW_PART;
    case BINDING_ITERATE: case BINDING_ITERATE_ASYNC: return FLOW_PART;
    case BINDING_DECLARE: case BINDING_EXCEPT: case BINDING_IMPORT: case BINDING_FUNCTION:
    case BINDING_CLASS: case BINDING_PARAMETER: case BINDING_DELETE: case BINDING_TYPE_PARAMETER:
        break;
    }
    return FLOW_SAME;
}

// The node of what BINDING, in FUNCTION, puts into its name: what is caught is whatever the function lets out or calls
// for, and what a pattern captures is at least part of what it is matched against. 0 when nothing is put there.
static uint32_t bound_value(const Program *program, const BindingFact *binding, FunctionId function) {
    if (binding->kind == BINDING_EXCEPT) return fact_is(function) ? flow_thrown(program, function) : 0;
    ExprId value = binding->value;
    if (binding->kind == BINDING_MATCH && !fact_is(value)) value = program_statement(program, binding->statement)->value;
    return fact_is(value) ? flow_expr(program, value) : 0;
}

// The part of a tuple or list that is written out, at INDEX; none when it has no such part, or a star before it.
static ExprId element_of(const Program *program, ExprId display, int32_t index) {
    const ExprFact *row = program_expr(program, display);
    if (!fact_is(display) || (row->kind != EXPR_TUPLE && row->kind != EXPR_LIST)) return FACT_NONE(ExprId);
    ExprId child = row->first_child;
    for (; fact_is(child); child = program_expr(program, child)->next_sibling, index--) {
        if (program_expr(program, child)->kind == EXPR_STAR) return FACT_NONE(ExprId);
        if (index == 0) return child;
    }
    return FACT_NONE(ExprId);
}

// VALUE gets to NODE, the name of BINDING: all of it, or what stands at its place in `a, b = x, y`.
static void link_bound(Builder *builder, const BindingFact *binding, uint32_t value, uint32_t node) {
    const Program *program = builder->program;
    bool takes = binding->kind == BINDING_ASSIGN && binding->element >= 0;
    ExprId element = takes ? element_of(program, binding->value, binding->element) : FACT_NONE(ExprId);
    if (fact_is(element)) {
        builder_link(builder, flow_expr(program, element), node, FLOW_SAME);
        return;
    }
    builder_link(builder, value, node, kind_of(binding));
    if (binding->kind != BINDING_ITERATE || program_expr(program, binding->value)->kind != EXPR_TUPLE) return;
    for (ExprId child = program_expr(program, binding->value)->first_child; fact_is(child);
         child = program_expr(program, child)->next_sibling)
        builder_link(builder, flow_expr(program, child), node, binding->element == -1 ? FLOW_SAME : FLOW_PART);
}

// rows += [x] adds to the list that the name has, whoever else has it. Of a text or a number it makes a new one.
static void add_to_local_list(Builder *builder, BindingId id, const BindingFact *binding, FunctionId function) {
    const Program *program = builder->program;
    const ExprFact *value = program_expr(program, binding->value);
    bool list = value->kind == EXPR_LIST || value->kind == EXPR_SET || value->kind == EXPR_DICT ||
                value->kind == EXPR_LIST_COMPREHENSION || value->kind == EXPR_SET_COMPREHENSION ||
                value->kind == EXPR_DICT_COMPREHENSION;
    if (binding->kind != BINDING_AUGMENT || !list || !fact_is(function)) return;
    vec_add(&builder->filled, flow_symbol(program, flow_meant(program, binding->symbol)));
    vec_add(&builder->flow->stores, ((FlowStore){.value = flow_expr(program, binding->value),
                                                 .place = flow_symbol(program, flow_meant(program, binding->symbol)),
                                                 .at = binding->value,
                                                 .binding = id,
                                                 .function = function}));
}

static void add_named(Builder *builder, BindingId id, const BindingFact *binding) {
    const Program *program = builder->program;
    SymbolId symbol = flow_meant(program, binding->symbol);
    uint32_t node = flow_symbol(program, symbol);
    if (binding->kind == BINDING_FUNCTION) {
        builder_link(builder, flow_function(program, binding->function), node, FLOW_SAME);
        return;
    }
    if (binding->kind == BINDING_PARAMETER) {
        const ParameterFact *parameter = program_parameter(program, binding->parameter);
        if (!fact_is(parameter->default_value)) return;
        uint32_t value = flow_expr(program, parameter->default_value);
        builder_link(builder, value, node, FLOW_SAME);
        builder_link(builder, value, flow_function(program, parameter->function), FLOW_INSIDE); // keeps it
        return;
    }
    FunctionId function = program_scope_function(program, binding->scope);
    uint32_t value = bound_value(program, binding, function);
    if (!value) return;
    link_bound(builder, binding, value, node);
    add_to_local_list(builder, id, binding, function);
    if (!fact_is(function) || fact_same(symbol, binding->symbol)) return;
    if (fact_is(program_scope_function(program, program_symbol(program, symbol)->scope)))
        builder_note_capture(builder, function, symbol);
    vec_add(&builder->flow->stores, ((FlowStore){.value = value,
                                                 .place = node,
                                                 .binding = id,
                                                 .symbol = symbol,
                                                 .function = function}));
}

// self.rows += more, of a list that the class body gives all its objects: that list gets more.
static void add_to_shared_list(Builder *builder, BindingId id, const BindingFact *binding, FunctionId function) {
    const ExprFact *target = program_expr(builder->program, binding->target);
    const ClassReference *reference;
    for (uint32_t i = 0; flow_class_at(builder->flow, builder->program, target->base, i, &reference); i++) {
        uint32_t list = builder_shared_field(builder, reference, target->name);
        if (list)
            vec_add(&builder->flow->stores, ((FlowStore){.value = flow_expr(builder->program, binding->value),
                                                         .place = list,
                                                         .at = binding->target,
                                                         .binding = id,
                                                         .function = function}));
    }
}

static void add_to_attribute(Builder *builder, BindingId id, const BindingFact *binding,
                             const ExprFact *target) {
    const Program *program = builder->program;
    uint32_t value = flow_expr(program, binding->value);
    SymbolId symbol = program_symbol_of(program, binding->target);
    const ClassReference *reference;
    if (fact_is(symbol))
        builder_link(builder, value, flow_symbol(program, flow_meant(program, symbol)), FLOW_SAME);
    for (uint32_t i = 0;
         flow_class_at(builder->flow, builder->program, target->base, i, &reference); i++)
        builder_link(builder, value, builder_member(builder, reference, target->name), FLOW_SAME);
    if (!builder->flow->references[target->base.index])
        builder_link_into(builder, value, target->base);
    FunctionId function = program_scope_function(program, binding->scope);
    if (!fact_is(function)) return;
    link_into_instances(builder, value, function, target->base);
    if (binding->kind == BINDING_AUGMENT) add_to_shared_list(builder, id, binding, function);
    builder_add_store(builder,
                      (FlowStore){.value = value,
                                  .place = builder_place(builder, target->base),
                                  .lasting = fact_is(symbol),
                                  .at = binding->target,
                                  .binding = id,
                                  .function = function},
                      target->base);
}

// jobs[job.name] = ...: an attribute that every object of the tree's class has is no more its own for coming with it.
static bool is_attribute_of_argument(const Builder *builder, ExprId key) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, key);
    if (row->kind != EXPR_ATTRIBUTE || !builder->flow->references[row->base.index]) return false;
    SymbolId symbol = program_symbol_of(program, row->base);
    return fact_is(symbol) && (program_symbol(program, symbol)->flags & SYMBOL_PARAMETER);
}

static void add_to_item(Builder *builder, BindingId id, const BindingFact *binding,
                        const ExprFact *target) {
    const Program *program = builder->program;
    uint32_t value = flow_expr(program, binding->value);
    builder_link_into(builder, value, target->base);
    FunctionId function = program_scope_function(program, binding->scope);
    if (!fact_is(function)) return;
    FlowStore store = {.value = value,
                       .place = builder_place(builder, target->base),
                       .key = target->first_child,
                       .at = binding->target,
                       .binding = id,
                       .function = function};
    builder_add_store(builder, store, target->base);
    if (!fact_is(target->first_child) || !builder_is_listed(builder, target->base)) return;
    for (ExprId key = target->first_child; fact_is(key); key = program_expr(program, key)->next_sibling) { // x[a, b]
        if (is_attribute_of_argument(builder, key)) continue;
        store.value = flow_expr(program, key);
        builder_link_into(builder, store.value, target->base);
        builder_add_store(builder, store, target->base);
    }
}

void builder_add_binding(Builder *builder, BindingId id) {
    const BindingFact *binding = program_binding(builder->program, id);
    if (fact_is(binding->symbol)) {
        add_named(builder, id, binding);
        return;
    }
    if (!fact_is(binding->target) || !fact_is(binding->value)) return;
    const ExprFact *target = program_expr(builder->program, binding->target);
    if (target->kind == EXPR_ATTRIBUTE) add_to_attribute(builder, id, binding, target);
    if (target->kind == EXPR_SUBSCRIPT) add_to_item(builder, id, binding, target);
}
