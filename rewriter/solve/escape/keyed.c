// Names that are read from **rest, so that one argument is not taken for another. Comes in: expressions, calls. Goes
// out: edges from arguments to the reads of their names.
//
//     def run(**rest):
//         return rest.get("event")      is the argument `event`, and not what `stream` is
//     run(event=e, stream=s)
//
// A rest that also gets what somebody gathered (run(**more)), or that is written to, may have anything by any name.
// And parts of tables that are written out: what `tables["names"]` reads of tables = {"names": NAMES} is NAMES.
#include "solve/escape/build.h"

#include "base/bug.h"

// The symbol of a **rest that EXPR is; none for the rest.
static SymbolId rest_of(const Program *program, ExprId expr) {
    const SymbolId none = FACT_NONE(SymbolId);
    if (!fact_is(expr) || program_expr(program, expr)->kind != EXPR_NAME) return none;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (!fact_is(symbol) || !(program_symbol(program, symbol)->flags & SYMBOL_PARAMETER)) return none;
    const SymbolFact *row = program_symbol(program, symbol);
    ParameterId parameter = program_binding(program, row->first_binding)->parameter;
    bool once = fact_same(row->first_binding, row->last_binding);
    return once && program_parameter(program, parameter)->kind == PARAMETER_KEYWORD_REST ? symbol : none;
}

// What EXPR, `rest["name"]` or `rest.get("name")`, reads; *KEY is none when that is computed.
static SymbolId read_of(const Program *program, ExprId expr, Name *key) {
    const ExprFact *row = program_expr(program, expr);
    ExprId base = row->base, name = row->first_child;
    if (row->kind == EXPR_CALL) {
        const CallFact *call = program_call(program, row->call);
        const ExprFact *callee = program_expr(program, call->callee);
        if (!(call->flags & CALL_GIVES_PART) || callee->kind != EXPR_ATTRIBUTE || !call->argument_count)
            return FACT_NONE(SymbolId);
        base = callee->base;
        name = program_argument(program, (ArgumentId){call->first_argument})->value;
    } else if (row->kind != EXPR_SUBSCRIPT) {
        return FACT_NONE(SymbolId);
    }
    const ExprFact *literal = program_expr(program, name);
    *key = fact_is(name) && literal->kind == EXPR_STRING && !fact_is(literal->first_child) ? literal->name : NAME_NONE;
    return rest_of(program, base);
}

static void note_read(Builder *builder, ExprId expr) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, expr);
    Name key = NAME_NONE;
    SymbolId rest = read_of(program, expr, &key);
    if (!fact_is(rest)) return;
    bool written = (row->flags & EXPR_STORED) ||
                   (row->kind == EXPR_CALL && (program_call(program, row->call)->flags & CALL_FILLS));
    if (written) builder->mixed[rest.index] = true;
    if (written || !key.index) return;
    uint64_t at = map_key(rest.index, key.index);
    uint32_t before = 0;
    map_get(&builder->keyed_reads, at, &before);
    builder->next_read[expr.index] = before;
    map_put(&builder->keyed_reads, at, expr.index);
}

// rest.update(more), and run(**more) of a function that has a rest.
static void note_call(Builder *builder, CallId id) {
    const Program *program = builder->program;
    const CallFact *call = program_call(program, id);
    const ExprFact *callee = program_expr(program, call->callee);
    if ((call->flags & CALL_FILLS) && callee->kind == EXPR_ATTRIBUTE)
        builder->mixed[rest_of(program, callee->base).index] = true;
    bool gathered = false;
    for (uint32_t i = 0; i < call->argument_count; i++)
        gathered = gathered || program_argument(program, (ArgumentId){call->first_argument + i})->kind ==
                                   ARGUMENT_KEYWORD_REST;
    for (RowList edges = program_call_edges(program, id); gathered && edges.at < edges.end; edges.at++) {
        const FunctionFact *function = program_function(program, program_edge(program, *edges.at)->callee);
        for (uint32_t k = 0; k < function->parameter_count; k++) {
            const ParameterFact *row = program_parameter(program, (ParameterId){function->first_parameter + k});
            if (row->kind == PARAMETER_KEYWORD_REST) builder->mixed[row->symbol.index] = true;
        }
    }
}

void builder_index_keyed(Builder *builder) {
    const Program *program = builder->program;
    builder->next_read = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *builder->next_read);
    builder->mixed = memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *builder->mixed);
    for (uint32_t i = 1; i < program_expr_count(program); i++) note_read(builder, (ExprId){i});
    for (uint32_t i = 1; i < program_call_count(program); i++) note_call(builder, (CallId){i});
}

void builder_release_keyed(Builder *builder) {
    map_release(&builder->keyed_reads);
    free(builder->next_read);
    free(builder->mixed);
}

FlowKind builder_keyed_kind(const Builder *builder, ExprId expr) {
    Name key = NAME_NONE;
    SymbolId rest = read_of(builder->program, expr, &key);
    // What the argument is, an edge of its own says; that some argument comes back, this one.
    return fact_is(rest) && key.index && !builder->mixed[rest.index] ? FLOW_THROUGH : FLOW_PART;
}

void builder_link_keyed(Builder *builder, uint32_t from, SymbolId rest, Name name) {
    uint32_t read = 0;
    if (!name.index || builder->mixed[rest.index]) return;
    map_get(&builder->keyed_reads, map_key(rest.index, name.index), &read);
    for (; read; read = builder->next_read[read]) builder_link(builder, from, read, FLOW_ENTER);
}

// ---- tables that are written out -----------------------------------------------------------------------
// The display that EXPR is, or that the local it names is bound to first.
static ExprId display_of(const Program *program, ExprId expr) {
    if (fact_is(expr) && program_expr(program, expr)->kind == EXPR_NAME) {
        SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
        if (!fact_is(symbol)) return FACT_NONE(ExprId);
        const BindingFact *binding = program_binding(program, program_symbol(program, symbol)->first_binding);
        expr = binding->kind == BINDING_ASSIGN && binding->element == -1 ? binding->value : FACT_NONE(ExprId);
    }
    uint8_t kind = program_expr(program, expr)->kind;
    return fact_is(expr) && (kind == EXPR_DICT || kind == EXPR_TUPLE || kind == EXPR_LIST) ? expr : FACT_NONE(ExprId);
}

static Str literal_text(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    bool literal = (row->kind == EXPR_STRING && !fact_is(row->first_child)) || row->kind == EXPR_NUMBER;
    return fact_is(expr) && literal ? program_text(program, program_expr_module(program, expr), row->start, row->end)
                                    : STR_NONE;
}

// The part of the display that KEY, a literal, means; none when that is not known.
static ExprId part_of(const Program *program, ExprId display, ExprId key) {
    const ExprFact *row = program_expr(program, display);
    Str wanted = literal_text(program, key);
    uint32_t index = 0;
    if (!wanted.length) return FACT_NONE(ExprId);
    for (ExprId child = row->first_child; fact_is(child); child = program_expr(program, child)->next_sibling, index++) {
        if (program_expr(program, child)->kind == EXPR_STAR) return FACT_NONE(ExprId);
        if (row->kind == EXPR_DICT) {
            ExprId value = program_expr(program, child)->next_sibling;
            if (str_equal(literal_text(program, child), wanted)) return value;
            child = value;
        } else if (wanted.length == 1 && wanted.data[0] == (char)('0' + index)) {
            return child;
        }
        if (!fact_is(child)) break;
    }
    return FACT_NONE(ExprId);
}

void builder_link_part(Builder *builder, ExprId read, ExprId container, ExprId key) {
    const Program *program = builder->program;
    ExprId display = display_of(program, container);
    ExprId part = fact_is(display) && fact_is(key) ? part_of(program, display, key) : FACT_NONE(ExprId);
    if (fact_is(part)) builder_link(builder, flow_expr(program, part), read.index, FLOW_SAME);
}
