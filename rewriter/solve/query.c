// Queries to sinks: who asks a model class of the rules for rows, or makes one. Comes in: query rules,
// and which values are classes. Goes out: sinks whose expression is the class. A class that is not
// certain, and what no wrapping can scope, are refused here, with their codes.
#include "solve/solver.h"

// The function around it, or the module, may ask for the rows of all.
static bool may_see_all(const Solver *solver, ExprId expr, const SinkRule *rule) {
    const Facts *facts = solver->facts;
    ModuleId module = facts_expr_module(facts, expr);
    FunctionId function = facts_scope_function(facts, facts->exprs.items[expr.index].scope);
    Name name = fact_is(function) ? facts->functions.items[function.index].qualified
                                  : facts->modules.items[module.index].name;
    return solver->runtime_module[module.index] ||
           solver_names_match(&rule->except_functions, facts_name(facts, name));
}

static bool has_method(const SinkRule *rule, Str name) {
    for (uint32_t i = 0; i < rule->methods.count; i++)
        if (str_equal(rule->methods.items[i], name)) return true;
    return false;
}

// a.b.c: its text can be written again with nothing in it that another edit wants.
static bool is_plain(const Facts *facts, ExprId expr) {
    while (facts->exprs.items[expr.index].kind == EXPR_ATTRIBUTE)
        expr = facts->exprs.items[expr.index].base;
    return facts->exprs.items[expr.index].kind == EXPR_NAME;
}

// The class was wrapped by an earlier run, or by hand.
static bool is_wrapped(const Facts *facts, ExprId expr, const SinkRule *rule) {
    const ExprFact *row = &facts->exprs.items[expr.index];
    if (row->kind != EXPR_CALL) return false;
    ptrdiff_t open = str_find(rule->replace, '(');
    return open > 0 && str_equal(facts_name(facts, facts->calls.items[row->call.index].dotted),
                                 str_slice(rule->replace, 0, (size_t)open));
}

static void add_query(Solver *solver, uint32_t index, ExprId expr, DiagnosticCode code) {
    Sink *sink = solver_add_sink(solver, expr, index, 0, solver->rules->sinks.items[index].family);
    sink->call = FACT_NONE(CallId);
    if (!code || sink->outcome == OUTCOME_REFUSED) return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = code;
}

// The rows [from, to) of Facts.class_references say what one value may be.
static void add_reference(Solver *solver, uint32_t index, uint32_t from, uint32_t to,
                          ClassId model) {
    const Facts *facts = solver->facts;
    const SinkRule *rule = &solver->rules->sinks.items[index];
    const ClassReference *first = &facts->class_references.items[from];
    const ExprFact *attribute =
        &facts->exprs.items[facts->exprs.items[first->expr.index].parent.index];
    const uint32_t elsewhere = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    if (attribute->kind != EXPR_ATTRIBUTE || (attribute->flags & elsewhere) ||
        !has_method(rule, facts_name(facts, attribute->name)))
        return;
    bool some = false, all = first->certain;
    for (uint32_t i = from; i < to; i++) {
        ClassId klass = facts->class_references.items[i].klass;
        bool is_model = fact_is(klass) && facts_is_subclass(facts, klass, model);
        some = some || is_model || !fact_is(klass);
        all = all && is_model;
    }
    if (!some || may_see_all(solver, first->expr, rule) || is_wrapped(facts, first->expr, rule))
        return;
    bool certain = all && is_plain(facts, first->expr);
    add_query(solver, index, first->expr, certain ? (DiagnosticCode)0 : DIAGNOSTIC_W211);
}

static void add_references(Solver *solver, uint32_t index, ClassId model) {
    const ClassReference *rows = solver->facts->class_references.items;
    uint32_t count = solver->facts->class_references.count;
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && fact_same(rows[to].expr, rows[from].expr);) to++;
        add_reference(solver, index, from, to, model);
    }
}

static void add_raw_calls(Solver *solver, uint32_t index) {
    const Facts *facts = solver->facts;
    const SinkRule *rule = &solver->rules->sinks.items[index];
    for (uint32_t i = 1; rule->refuse.count && i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        if (solver_names_match(&rule->refuse, facts_name(facts, call->dotted)) &&
            !may_see_all(solver, call->callee, rule))
            add_query(solver, index, call->callee, DIAGNOSTIC_W210);
    }
}

// A row made by hand is a new row when it is saved.
static void add_rows(Solver *solver, uint32_t index, ClassId model) {
    const Facts *facts = solver->facts;
    const SinkRule *rule = &solver->rules->sinks.items[index];
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind != EDGE_CONSTRUCT || !facts_is_subclass(facts, edge->klass, model)) continue;
        ExprId callee = facts->calls.items[edge->call.index].callee;
        if (may_see_all(solver, callee, rule) || is_wrapped(facts, callee, rule)) continue;
        bool certain = !edge->mixed && is_plain(facts, callee);
        add_query(solver, index, callee, certain ? (DiagnosticCode)0 : DIAGNOSTIC_W211);
    }
}

void solver_add_queries(Solver *solver, uint32_t rule) {
    ClassId model = solver_find_class(solver, solver->rules->sinks.items[rule].target.text);
    if (!fact_is(model)) return;
    add_references(solver, rule, model);
    add_raw_calls(solver, rule);
    if (has_method(&solver->rules->sinks.items[rule], STR("__init__")))
        add_rows(solver, rule, model);
}

void query_refuse_around(const Solver *solver, const Sink *inner, Sink *outer) {
    Span within = facts_expr_span(solver->facts, inner->expr);
    Span around = facts_expr_span(solver->facts, outer->expr);
    if (outer->accessor || outer->outcome == OUTCOME_REFUSED ||
        solver->rules->sinks.items[outer->rule].kind != SINK_QUERY ||
        within.file.index != around.file.index || within.start != around.start)
        return;
    outer->outcome = OUTCOME_REFUSED;
    outer->code = DIAGNOSTIC_W211;
}
