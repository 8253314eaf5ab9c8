// What happens to a value where it stands: whether the edges of the flow graph say all of it. Comes in: expressions and
// what is around them. Goes out: HandedWay bits. In doubt the answer is HANDED_LEAVES.
#include "base/bug.h"
#include "solve/escape/handed.h"

enum { DEPTH_LIMIT = 8 }; // a part of a part of ...

// ---- places ----------------------------------------------------------------------------------------
bool handed_base_is_known(const Solver *solver, ExprId attribute) {
    const Program *program = solver->program;
    if (fact_is(program_symbol_of(program, attribute))) return true; // of a module
    ExprId base = program_expr(program, attribute)->base;
    const ClassReference *reference;
    bool some = false;
    for (uint32_t i = 0; flow_class_at(&solver->flow, program, base, i, &reference); i++) some = true;
    return some && reference->certain;
}

// Nobody else has the container under another name: all that is bound there is a display or made by a library.
static bool is_fresh(const Solver *solver, uint32_t node) {
    const Program *program = solver->program;
    const FlowLinks *links = &solver->flow.backward;
    bool some = false;
    for (uint32_t i = links->first[node]; i < links->first[node + 1]; i++) {
        if (links->kinds[i] & (FLOW_INSIDE | FLOW_DERIVED)) continue;
        uint32_t from = links->nodes[i];
        if (from >= program_expr_count(program)) return false;
        const ExprFact *row = program_expr(program, (ExprId){from});
        bool display = row->kind == EXPR_LIST || row->kind == EXPR_SET || row->kind == EXPR_DICT ||
                       row->kind == EXPR_NONE;
        bool made = row->kind == EXPR_CALL &&
                    !(program_call(program, row->call)->flags & CALL_GIVES_PART) &&
                    !row_count(program_call_edges(program, row->call));
        if (!display && !made) return false;
        some = true;
    }
    return some;
}

// What is put into EXPR is found again wherever the container is read.
static bool is_known_place(const Solver *solver, ExprId expr, int depth) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (depth > DEPTH_LIMIT) return false;
    if (row->kind == EXPR_SUBSCRIPT) return is_known_place(solver, row->base, depth + 1);
    if (row->kind == EXPR_CALL) {
        const CallFact *call = program_call(program, row->call);
        const ExprFact *callee = program_expr(program, call->callee);
        return (call->flags & CALL_GIVES_PART) && callee->kind == EXPR_ATTRIBUTE &&
               is_known_place(solver, callee->base, depth + 1);
    }
    if (row->kind == EXPR_NAME || fact_is(program_symbol_of(program, expr))) {
        SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
        return fact_is(symbol) && !(program_symbol(program, symbol)->flags & SYMBOL_PARAMETER) &&
               is_fresh(solver, flow_symbol(program, symbol));
    }
    if (row->kind != EXPR_ATTRIBUTE || !handed_base_is_known(solver, expr)) return false;
    // The node of the attribute is what the expression is read from.
    const FlowLinks *links = &solver->flow.backward;
    bool some = false;
    for (uint32_t i = links->first[expr.index]; i < links->first[expr.index + 1]; i++) {
        if (links->kinds[i] != FLOW_SAME) continue;
        if (!is_fresh(solver, links->nodes[i])) return false;
        some = true;
    }
    return some;
}

// ---- bindings --------------------------------------------------------------------------------------
static bool goes_into_graph(const Solver *solver, const BindingFact *binding) {
    const Program *program = solver->program;
    if (binding->kind == BINDING_EXCEPT || binding->kind == BINDING_MATCH) return false;
    if (fact_is(binding->symbol)) return true;
    const ExprFact *target = program_expr(program, binding->target);
    if (target->kind == EXPR_ATTRIBUTE) return handed_base_is_known(solver, binding->target);
    return target->kind == EXPR_SUBSCRIPT && is_known_place(solver, target->base, 0);
}

void handed_uses_build(HandedUses *uses, const Solver *solver) {
    const Program *program = solver->program;
    *uses = (HandedUses){.solver = solver,
                         .placed = memory_alloc_zeroed(program_expr_count(program) + 1, 1),
                         .strayed = memory_alloc_zeroed(program_expr_count(program) + 1, 1)};
    parameter_index_build(&uses->parameters, program->facts);
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        if (!fact_is(binding->value)) continue;
        uses->placed[binding->value.index] = true;
        if (!goes_into_graph(solver, binding)) uses->strayed[binding->value.index] = true;
    }
}

void handed_uses_release(HandedUses *uses) {
    parameter_index_release(&uses->parameters);
    free(uses->placed);
    free(uses->strayed);
}

// ---- calls -----------------------------------------------------------------------------------------
bool handed_result_is_seen(const Solver *solver, FunctionId function) {
    const Program *program = solver->program;
    const FunctionFact *row = program_function(program, function);
    const uint32_t unseen = FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_OVERRIDES_FOREIGN |
                            FUNCTION_WRAPPED | FUNCTION_CONTEXT_MANAGER | FUNCTION_CACHED;
    if ((row->flags & unseen) || solver->public_function[function.index] ||
        solver->named_function[function.index] || solver->unread_file[row->name.index] ||
        solver->solution->functions[function.index].boundary ||
        row_count(program_members(program, row->family)) > 1)
        return false;
    RowList callers = program_callers(program, function);
    for (; callers.at < callers.end; callers.at++)
        if (program_edge(program, *callers.at)->kind == EDGE_ESCAPE) return false;
    return true;
}

static bool enters_parameter(const HandedUses *uses, const CallFact *call, uint32_t index,
                             const EdgeFact *edge) {
    const Program *program = uses->solver->program;
    uint32_t from;
    ParameterId parameter;
    if (edge->mixed || edge->wrapped) return false;
    if (!fact_is(edge->callee)) // a constructor that is generated fills the fields by their names
        return program_argument(program, (ArgumentId){call->first_argument + index})->kind == ARGUMENT_KEYWORD;
    bool one = edge->kind == EDGE_CONSTRUCT
                   ? row_count(program_made_classes(program, edge)) == 1
                   : row_count(program_members(program, program_function(program, edge->callee)->family)) == 1;
    return one && flow_argument(program, &uses->parameters, call, edge, index, &from, &parameter);
}

static uint8_t use_as_argument(const HandedUses *uses, ExprId expr, const CallFact *call, CallId id) {
    const Program *program = uses->solver->program;
    uint32_t index = 0;
    while (index < call->argument_count &&
           !fact_same(program_argument(program, (ArgumentId){call->first_argument + index})->value, expr))
        index++;
    if (index == call->argument_count) return HANDED_LEAVES;
    RowList edges = program_call_edges(program, id);
    for (RowList at = edges; at.at < at.end; at.at++)
        if (!enters_parameter(uses, call, index, program_edge(program, *at.at))) return HANDED_LEAVES;
    if (row_count(edges)) return 0;
    const ExprFact *callee = program_expr(program, call->callee);
    if (call->flags & (CALL_LOOKS | CALL_EMPTIES)) return 0;
    if (call->flags & CALL_FILLS && callee->kind == EXPR_ATTRIBUTE)
        return is_known_place(uses->solver, callee->base, 0) ? 0 : HANDED_LEAVES;
    return HANDED_LEAVES;
}

// handlers.append(x), handlers.get(name): what is asked of a container. Of a function nothing of this is known.
static uint8_t use_before_dot(const Program *program, const ExprFact *attribute) {
    const ExprFact *around = program_expr(program, attribute->parent);
    bool called = fact_is(attribute->parent) && around->kind == EXPR_CALL &&
                  program_expr(program, around->base) == attribute;
    if (called) {
        const CallFact *call = program_call(program, around->call);
        const uint32_t known = CALL_GIVES_PART | CALL_FILLS | CALL_EMPTIES;
        return row_count(program_call_edges(program, around->call)) || (call->flags & known)
                   ? 0
                   : HANDED_LEAVES;
    }
    bool of_any_object = facts_name_flags(program->facts, program_scope(program, attribute->scope)->module,
                                          attribute->name) & NAME_OF_ANY; // handler.__name__
    return of_any_object ? 0 : HANDED_LEAVES;
}

// ---- all -------------------------------------------------------------------------------------------
static bool is_element(const Program *program, const ExprFact *comprehension, ExprId expr) {
    ExprId first = comprehension->first_child;
    if (fact_same(first, expr)) return true;
    return comprehension->kind == EXPR_DICT_COMPREHENSION &&
           fact_same(program_expr(program, first)->next_sibling, expr);
}

static uint8_t use_as_statement(const HandedUses *uses, const ExprFact *row) {
    const Solver *solver = uses->solver;
    if (row->flags & EXPR_IN_DECORATOR) return HANDED_LEAVES;
    if (row->flags & EXPR_IN_DEFAULT) return 0;
    switch (program_statement(solver->program, row->statement)->kind) {
    case STATEMENT_RETURN:
        return handed_result_is_seen(solver, program_scope_function(solver->program, row->scope))
                   ? 0
                   : HANDED_LEAVES;
    case STATEMENT_EXPRESSION: case STATEMENT_IF: case STATEMENT_WHILE: case STATEMENT_ASSERT:
    case STATEMENT_DELETE:
        return 0;
    case STATEMENT_OTHER: case STATEMENT_ASSIGN: case STATEMENT_LOOP: case STATEMENT_TRY: case STATEMENT_WITH:
    case STATEMENT_FUNCTION: case STATEMENT_CLASS: case STATEMENT_IMPORT: case STATEMENT_SCOPE:
    case STATEMENT_PASS: case STATEMENT_RAISE: case STATEMENT_MATCH: case STATEMENT_JUMP: break;
    }
    return HANDED_LEAVES;
}

static bool is_around(uint8_t kind) {
    return kind == EXPR_AWAIT || kind == EXPR_STAR || kind == EXPR_WALRUS;
}

uint8_t handed_use(const HandedUses *uses, ExprId expr, CallId *called) {
    const Program *program = uses->solver->program;
    const ExprFact *row = program_expr(program, expr);
    *called = FACT_NONE(CallId);
    if (uses->strayed[expr.index]) return HANDED_LEAVES;
    if (row->flags & (EXPR_STORED | EXPR_DELETED | EXPR_CONDITION)) return 0;
    if (uses->placed[expr.index] && (!fact_is(row->parent) || program_expr(program, row->parent)->kind != EXPR_CALL))
        return 0;
    if (!fact_is(row->parent)) return use_as_statement(uses, row);
    const ExprFact *parent = program_expr(program, row->parent);
    if (is_around(parent->kind)) return handed_use(uses, row->parent, called);
    switch ((ExprKind)parent->kind) {
    case EXPR_CALL:
        if (!fact_same(parent->base, expr))
            return use_as_argument(uses, expr, program_call(program, parent->call), parent->call);
        *called = parent->call;
        return 0;
    case EXPR_ATTRIBUTE: return use_before_dot(program, parent);
    case EXPR_SUBSCRIPT: return fact_same(parent->base, expr) ? 0 : HANDED_LEAVES;
    case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT: case EXPR_CHOICE: case EXPR_STRING:
        return 0;
    case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION: case EXPR_DICT_COMPREHENSION:
    case EXPR_GENERATOR:
        return is_element(program, parent, expr) ? 0 : HANDED_LEAVES;
    case EXPR_LAMBDA: return handed_result_is_seen(uses->solver, parent->function) ? 0 : HANDED_LEAVES;
    case EXPR_YIELD:
        return handed_result_is_seen(uses->solver, program_scope_function(program, parent->scope)) ? 0 : HANDED_LEAVES;
    case EXPR_OTHER:
        return parent->operator_ == OPERATOR_NOT || parent->operator_ == OPERATOR_IS ||
                       parent->operator_ == OPERATOR_EQUAL || parent->operator_ == OPERATOR_COMPARE
                   ? 0
                   : HANDED_LEAVES;
    case EXPR_NAME: case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS: case EXPR_UNION:
    case EXPR_AWAIT: case EXPR_STAR: case EXPR_WALRUS: break;
    }
    return HANDED_LEAVES;
}
