// Calls in the flow graph: arguments to parameters, results to calls; and what code outside the tree does
// with what it is given, as the front end says (CALL_FILLS and the like).
#include "facts/called_method.h"
#include "solve/escape/build.h"

static bool has_receiver(const FunctionFact *function) {
    return fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
}

static ParameterId first_parameter(const FunctionFact *function) {
    return function->parameter_count ? (ParameterId){function->first_parameter}
                                     : FACT_NONE(ParameterId);
}

// The object before the dot, or the one that a construction makes.
static uint32_t receiver_of(const Program *program, const CallFact *call, const EdgeFact *edge) {
    if (edge->kind == EDGE_CONSTRUCT) return call->expr.index;
    const ExprFact *callee = program_expr(program, call->callee);
    return callee->kind == EXPR_ATTRIBUTE ? flow_expr(program, callee->base) : 0;
}

bool flow_argument(const Program *program, const ParameterIndex *parameters, const CallFact *call,
                   const EdgeFact *edge, uint32_t index, uint32_t *from, ParameterId *parameter) {
    const FunctionFact *function = program_function(program, edge->callee);
    bool bound = has_receiver(function) && !edge->explicit_receiver;
    if (index == call->argument_count) {
        *from = bound ? receiver_of(program, call, edge) : 0;
        *parameter = first_parameter(function);
        return *from && fact_is(*parameter);
    }
    const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + index});
    *from = flow_expr(program, argument->value);
    *parameter = parameter_index_find(parameters, edge->callee, argument, index + (bound ? 1 : 0));
    return fact_is(*parameter);
}

// record(word), where record is partial(write, rows): how many arguments were given before is not known.
static void link_behind(Builder *builder, const EdgeFact *edge, const ArgumentFact *argument, uint32_t from, ParameterId taken) {
    const Program *program = builder->program;
    const FunctionFact *function = program_function(program, edge->callee);
    if (!edge->bound || argument->kind != ARGUMENT_POSITIONAL) return;
    for (uint32_t i = taken.index + 1; i < function->first_parameter + function->parameter_count; i++)
        builder_link(builder, from, flow_symbol(program, program_parameter(program, (ParameterId){i})->symbol), FLOW_ENTER);
}

static void add_call_of(Builder *builder, const CallFact *call, const EdgeFact *edge) {
    const Program *program = builder->program;
    uint32_t from;
    ParameterId parameter;
    for (uint32_t i = 0; i <= call->argument_count; i++) {
        if (!flow_argument(program, &builder->parameters, call, edge, i, &from, &parameter)) continue;
        const ParameterFact *row = program_parameter(program, parameter);
        bool gathered = row->kind == PARAMETER_REST || row->kind == PARAMETER_KEYWORD_REST;
        builder_link(builder, from, flow_symbol(program, row->symbol),
                     gathered ? FLOW_INSIDE | FLOW_ENTER : FLOW_ENTER);
        if (i < call->argument_count)
            link_behind(builder, edge, program_argument(program, (ArgumentId){call->first_argument + i}), from, parameter);
        if (row->kind == PARAMETER_KEYWORD_REST && i < call->argument_count)
            builder_link_keyed(builder, from, row->symbol,
                               program_argument(program, (ArgumentId){call->first_argument + i})->name);
    }
    if (edge->kind == EDGE_CALL)
        builder_link(builder, flow_result(program, edge->callee), call->expr.index, FLOW_LEAVE);
}

// A constructor that is generated fills the fields; others get what they are given as parameters.
static void add_construction(Builder *builder, const CallFact *call, const EdgeFact *edge) {
    const Program *program = builder->program;
    builder_link(builder, flow_instance(program, edge->klass), call->expr.index, FLOW_INSIDE);
    builder_link_maker(builder, edge->klass, call->expr.index);
    if (fact_is(edge->callee)) {
        add_call_of(builder, call, edge);
        return;
    }
    ClassReference made = {.expr = call->expr, .klass = edge->klass, .instance = true};
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        uint32_t value = flow_expr(program, argument->value);
        builder_link(builder, value, call->expr.index, FLOW_INSIDE);
        if (argument->kind == ARGUMENT_KEYWORD)
            builder_link(builder, value, builder_member(builder, &made, argument->name), FLOW_SAME);
    }
}

// ---- calls that leave the tree -------------------------------------------------------------------------
static ExprId argument_at(const Program *program, const CallFact *call, uint32_t index) {
    return index < call->argument_count
               ? program_argument(program, (ArgumentId){call->first_argument + index})->value
               : FACT_NONE(ExprId);
}

static void fill(Builder *builder, const CallFact *call, ExprId holder, uint32_t first) {
    const Program *program = builder->program;
    const ClassReference *reference;
    bool sets_attribute = call->flags & CALL_SETS_ATTRIBUTE;
    // Model.update(...) of a class is a method of its own, and fills nothing.
    if (!sets_attribute && flow_class_at(builder->flow, builder->program, holder, 0, &reference) &&
        !reference->instance)
        return;
    FunctionId function = program_scope_function(program, program_expr(program, call->expr)->scope);
    // x.insert(key, value), x.setdefault(key, value): the key decides whose it is.
    ExprId key = call->argument_count > first + 1 ? argument_at(program, call, first)
                                                  : FACT_NONE(ExprId);
    for (uint32_t i = first; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        uint32_t value = flow_expr(program, argument->value);
        if (i == first && fact_is(key) && !builder_is_listed(builder, holder)) continue; // as in x[key] = value
        builder_link_into(builder, value, holder);
        if (!fact_is(function)) continue;
        builder_add_store(builder,
                          (FlowStore){.value = value,
                                      .place = builder_place(builder, holder),
                                      .key = key,
                                      .at = call->expr,
                                      .function = function},
                          holder);
    }
}

// call_soon(words.append, word) does words.append(word).
static void fill_by_method(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId method = argument_at(program, call, i), object;
        Str name;
        if (!fact_is(program_symbol_of(program, method)) || program_expr(program, method)->kind == EXPR_NAME)
            if (facts_called_method(program->facts, method, &object, &name)) fill(builder, call, object, 0);
    }
}

static void register_arguments(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    FunctionId function = program_scope_function(program, program_expr(program, call->expr)->scope);
    for (uint32_t i = 0; fact_is(function) && i < call->argument_count; i++)
        vec_add(&builder->flow->stores,
                ((FlowStore){.value = flow_expr(program, argument_at(program, call, i)),
                             .lasting = true,
                             .registers = true,
                             .at = call->expr,
                             .function = function}));
}

// heapq.heappush(heap, value): what stands before the dot is a module, and has no part in it.
bool builder_is_module(const Program *program, ExprId expr) {
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return false;
    BindingId last = program_symbol(program, symbol)->last_binding;
    if (!fact_is(last) || program_binding(program, last)->kind != BINDING_IMPORT) return false;
    const ImportFact *row = program_import(program, program_binding(program, last)->import_);
    return row->kind == IMPORT_MODULE || row->target_is_module;
}

bool builder_is_method(const Program *program, const CallFact *call) {
    const ExprFact *callee = program_expr(program, call->callee);
    return callee->kind == EXPR_ATTRIBUTE && !builder_is_module(program, callee->base);
}

// What the call gives of the object before the dot.
static void link_receiver(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    ExprId receiver = program_expr(program, call->callee)->base;
    FlowKind kind = FLOW_DERIVED;
    if (call->flags & CALL_SIFTS) kind = FLOW_COPY;
    if (call->flags & CALL_GIVES_PART) kind = builder_keyed_kind(builder, call->expr);
    builder_link(builder, flow_expr(program, receiver), call->expr.index, kind);
    if (call->flags & CALL_GIVES_PART)
        builder_link_part(builder, call->expr, receiver, argument_at(program, call, 0));
}

static void link_arguments(Builder *builder, const CallFact *call, uint32_t first) {
    const Program *program = builder->program;
    bool is_function = !builder_is_method(program, call);
    for (uint32_t i = first; i < call->argument_count; i++) {
        uint32_t value = flow_expr(program, argument_at(program, call, i)), to = call->expr.index;
        builder_link(builder, value, to, call->flags & CALL_KEEPS ? FLOW_INSIDE : FLOW_DERIVED);
        if (is_function && (call->flags & CALL_GIVES_PART)) // vars(x): what x has
            builder_link(builder, value, to, FLOW_PART);
        if (is_function && (call->flags & CALL_SIFTS)) builder_link(builder, value, to, FLOW_COPY);
    }
}

// heappush(heap, x), list.append(rows, x), methodcaller("append", x)(rows): what fills is what stands behind the argument,
// and what the callee was made of.
static void fill_arguments(Builder *builder, const CallFact *call) {
    for (uint32_t i = 0; i < 2 && i + 1 < call->argument_count; i++)
        fill(builder, call, argument_at(builder->program, call, i), i + 1);
    FunctionId function = program_scope_function(builder->program, program_expr(builder->program, call->expr)->scope);
    if (!call->argument_count || !fact_is(function)) return;
    ExprId first = argument_at(builder->program, call, 0);
    uint32_t made = flow_expr(builder->program, call->callee);
    builder_link_into(builder, made, first);
    builder_add_store(builder,
                      (FlowStore){.value = made, .place = flow_expr(builder->program, first), .at = call->expr, .function = function},
                      first);
}

// print(x, file=buffer), json.dump(x, buffer): what is filled is an argument, by what stands before it.
static void fill_buffer(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    ExprId buffer = argument_at(program, call, 1);
    for (uint32_t i = 0; (call->flags & CALL_PRINTS) && i < call->argument_count; i++) {
        const ArgumentFact *row = program_argument(program, (ArgumentId){call->first_argument + i});
        if (row->kind == ARGUMENT_KEYWORD && str_is(program_name(program, row->name), "file")) buffer = row->value;
    }
    FunctionId function = program_scope_function(program, program_expr(program, call->expr)->scope);
    for (uint32_t i = 0; fact_is(function) && i < call->argument_count; i++) {
        uint32_t value = flow_expr(program, argument_at(program, call, i));
        if (fact_same(argument_at(program, call, i), buffer)) continue;
        builder_link_into(builder, value, buffer);
        builder_add_store(builder,
                          (FlowStore){.value = value, .place = flow_expr(program, buffer), .at = call->expr, .function = function},
                          buffer);
    }
}

// bus.on(event)(x), where `on` returns self.listeners[event].append: the object before that dot is filled.
static void fill_by_result(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    const ExprFact *callee = program_expr(program, call->callee);
    if (callee->kind != EXPR_CALL) return;
    for (RowList edges = program_call_edges(program, callee->call); edges.at < edges.end; edges.at++) {
        uint32_t method = 0;
        if (map_get(&builder->returned, program_edge(program, *edges.at)->callee.index, &method))
            fill(builder, call, program_expr(program, (ExprId){method})->base, 0);
    }
}

void builder_index_returned(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *row = program_statement(program, (StatementId){i});
        if (row->kind != STATEMENT_RETURN || program_expr(program, row->value)->kind != EXPR_ATTRIBUTE) continue;
        FunctionId function = program_scope_function(program, program_expr(program, row->value)->scope);
        map_put(&builder->returned, function.index, row->value.index);
    }
}

// super().__init__(text), where the constructor is one outside the tree: the object keeps what it is made with.
static void fill_own_object(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    const ExprFact *callee = program_expr(program, call->callee);
    FunctionId function = program_scope_function(program, program_expr(program, call->expr)->scope);
    const FunctionFact *row = program_function(program, function);
    if (callee->kind != EXPR_ATTRIBUTE || !fact_is(function) || !(row->flags & FUNCTION_CONSTRUCTOR) ||
        !row->parameter_count || !fact_is(row->klass) || !name_equal(callee->name, row->name))
        return;
    SymbolId self = program_parameter(program, first_parameter(row))->symbol;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId argument = argument_at(program, call, i);
        uint32_t value = flow_expr(program, argument);
        if (fact_same(program_symbol_of(program, argument), self)) continue; // Base.__init__(self, text)
        builder_link(builder, value, flow_symbol(program, self), FLOW_INSIDE);
        for (RowList lineage = program_lineage(program, row->klass); lineage.at < lineage.end; lineage.at++)
            builder_link(builder, value, flow_instance(program, (ClassId){*lineage.at}), FLOW_INSIDE);
    }
}

static void add_foreign(Builder *builder, const CallFact *call) {
    const Program *program = builder->program;
    bool is_method = builder_is_method(program, call);
    // table.get(key, default): the key says which part it is, and is no part itself.
    bool keyed = is_method && (call->flags & CALL_GIVES_PART);
    link_arguments(builder, call, keyed ? 1 : 0);
    if (keyed && call->argument_count)
        builder_link(builder, flow_expr(program, argument_at(program, call, 0)), call->expr.index, FLOW_DERIVED);
    if (is_method)
        link_receiver(builder, call);
    else
        builder_link(builder, flow_expr(program, call->callee), call->expr.index, FLOW_DERIVED);
    ExprId object;
    Str name;
    bool to_file = call->flags & (CALL_PRINTS | CALL_WRITES_TO);
    if (call->flags & CALL_FILLS && to_file) fill_buffer(builder, call);
    bool fills = (call->flags & CALL_FILLS) && !to_file;
    if (fills && facts_called_method(program->facts, call->callee, &object, &name))
        fill(builder, call, object, 0);
    else if (fills)
        fill_by_result(builder, call);
    if (is_method && (call->flags & CALL_CHOOSES) == CALL_CHOOSES) builder_add_choice(builder, call);
    if (call->flags & CALL_FILLS_ARGUMENT) fill_arguments(builder, call);
    if (call->flags & CALL_SETS_ATTRIBUTE && call->argument_count == 3)
        fill(builder, call, argument_at(program, call, 0), 2);
    if (call->flags & CALL_REGISTERS) register_arguments(builder, call);
    if (call->flags & CALL_HANDS_FILLER) fill_by_method(builder, call);
    fill_own_object(builder, call);
}

// map(lambda name: NAMES.append(name), names): whoever runs the function gives it what stands beside it, or parts of that.
static void feed_function(Builder *builder, const CallFact *call, FunctionId function, ExprId own) {
    const Program *program = builder->program;
    const FunctionFact *row = program_function(program, function);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = argument_at(program, call, i);
        if (fact_same(value, own)) continue;
        for (uint32_t k = has_receiver(row) ? 1 : 0; k < row->parameter_count; k++)
            builder_link(builder, flow_expr(program, value),
                         flow_symbol(program, program_parameter(program, (ParameterId){row->first_parameter + k})->symbol),
                         FLOW_PART | FLOW_ENTER);
    }
}

static bool runs_tree(const Program *program, CallId call) {
    for (RowList edges = program_call_edges(program, call); edges.at < edges.end; edges.at++)
        if (program_edge(program, *edges.at)->kind != EDGE_ESCAPE) return true;
    return false;
}

static void feed_handed(Builder *builder, ExprId handed, FunctionId function) {
    const Program *program = builder->program;
    ExprId parent = program_expr(program, handed)->parent;
    if (!fact_is(function) || !fact_is(parent) || program_expr(program, parent)->kind != EXPR_CALL) return;
    CallId call = program_expr(program, parent)->call;
    uint32_t exact = 0;
    // partial(f, x): which parameter x gets is known.
    if (map_get(&builder->exact, map_key(call.index, function.index), &exact)) return;
    if (!runs_tree(program, call)) feed_function(builder, program_call(program, call), function, handed);
}

// (call, function): the rows of special arguments say which parameter each argument of the call gets to.
static void index_exact(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 0; i < program_special_argument_count(program); i++) {
        const SpecialArgument *row = program_special_argument(program, i);
        if (row->part || row->inside || !fact_is(row->value)) continue;
        ExprId around = program_expr(program, row->value)->parent;
        if (!fact_is(around) || program_expr(program, around)->kind != EXPR_CALL) continue;
        FunctionId function = program_parameter(program, row->parameter)->function;
        map_put(&builder->exact, map_key(program_expr(program, around)->call.index, function.index), 1);
    }
}

void builder_feed_handed(Builder *builder) {
    const Program *program = builder->program;
    index_exact(builder);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind == EDGE_ESCAPE) feed_handed(builder, edge->expr, edge->callee);
    }
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if (row->kind == EXPR_LAMBDA) feed_handed(builder, (ExprId){i}, row->function);
    }
}

void builder_add_call(Builder *builder, CallId id) {
    const CallFact *call = program_call(builder->program, id);
    RowList edges = program_call_edges(builder->program, id);
    bool foreign = row_count(edges) == 0;
    for (; edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(builder->program, *edges.at);
        if (edge->kind == EDGE_CONSTRUCT)
            add_construction(builder, call, edge);
        else if (edge->kind == EDGE_CALL && !edge->mistyped)
            add_call_of(builder, call, edge);
    }
    if (foreign) add_foreign(builder, call);
}
