// Queries to sinks: who asks for rows of a table, or makes one. Comes in: query rules, and which values
// are classes. Goes out: sinks whose expression is what is to be wrapped: a model class, a function that
// makes queries, an object that runs them. What is not certain, and what no wrapping can scope, is
// refused here, with its code.
#include <stdlib.h>

#include "base/bug.h"
#include "solve/solver.h"

// One rule, and the classes that are its tables.
typedef struct Query {
    Solver *solver;
    uint32_t index; // of the rule
    const SinkRule *rule;
    bool *models;         // by class
    uint32_t *references; // by expression: its first row of Facts.class_references, 0 none
} Query;

// The function around it, or the module, may ask for the rows of all.
static bool may_see_all(const Query *query, ExprId expr) {
    const Facts *facts = query->solver->facts;
    ModuleId module = facts_expr_module(facts, expr);
    FunctionId function = facts_scope_function(facts, facts_expr(facts, expr)->scope);
    Name name = fact_is(function) ? facts_function(facts, function)->qualified
                                  : facts_module(facts, module)->name;
    return solver_in_runtime(query->solver, expr) ||
           solver_names_match(query->solver, &query->rule->except_functions,
                              facts_name(facts, name));
}

// a.b.c: its text can be written again with nothing in it that another edit wants.
static bool is_plain(const Facts *facts, ExprId expr) {
    while (facts_expr(facts, expr)->kind == EXPR_ATTRIBUTE)
        expr = facts_expr(facts, expr)->base;
    return facts_expr(facts, expr)->kind == EXPR_NAME;
}

// It was wrapped by an earlier run, or by hand.
static bool is_wrapped(const Query *query, ExprId expr) {
    const Facts *facts = query->solver->facts;
    const ExprFact *row = facts_expr(facts, expr);
    if (row->kind != EXPR_CALL) return false;
    Str replace = query->rule->replace;
    ptrdiff_t open = str_find(replace, '(');
    return open > 0 && str_equal(facts_name(facts, facts_call(facts, row->call)->dotted),
                                 str_slice(replace, 0, (size_t)open));
}

static void add_refused(const Query *query, ExprId expr, DiagnosticCode code) {
    Solver *solver = query->solver;
    Sink *sink = solver_add_sink(solver, expr, query->index, 0, query->rule->family);
    sink->call = FACT_NONE(CallId);
    if (!code || sink->outcome == OUTCOME_REFUSED) return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = code;
}

// EXPR is to be wrapped, unless something speaks against it.
static void add_query(const Query *query, ExprId expr, bool certain) {
    if (may_see_all(query, expr) || is_wrapped(query, expr)) return;
    bool plain = is_plain(query->solver->facts, expr);
    add_refused(query, expr,
                !certain ? DIAGNOSTIC_W211
                : plain  ? (DiagnosticCode)0
                         : DIAGNOSTIC_W213);
}

// ---- models --------------------------------------------------------------------------------------
static bool is_name_of_model(const SinkRule *rule, Str dotted) {
    for (uint32_t i = 0; i < rule->models.count; i++)
        if (str_equal(rule->models.items[i].text, dotted)) return true;
    return false;
}

// By class. A model of the rules may be a class of the tree or outside it, or a function that makes one.
static bool *find_models(const Solver *solver, const SinkRule *rule) {
    const Facts *facts = solver->facts;
    bool *direct = memory_alloc_zeroed(facts->classes.count + 1, sizeof *direct);
    bool *models = memory_alloc_zeroed(facts->classes.count + 1, sizeof *models);
    for (uint32_t i = 0; i < rule->models.count; i++)
        direct[solver_find_class(solver, rule->models.items[i].text).index] = true;
    for (uint32_t i = 0; i < facts->base_names.count; i++)
        if (is_name_of_model(rule, facts_name(facts, facts->base_names.items[i].dotted)))
            direct[facts->base_names.items[i].klass.index] = true;
    direct[0] = false;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        for (uint32_t k = 0; k < klass->ancestor_count && !models[i]; k++)
            models[i] = direct[facts->ancestors.items[klass->first_ancestor + k].index];
    }
    free(direct);
    return models;
}

bool query_has_models(const Solver *solver, const SinkRule *rule) {
    bool *models = find_models(solver, rule);
    bool found = false;
    for (uint32_t i = 1; i < solver->facts->classes.count; i++) found = found || models[i];
    free(models);
    return found;
}

// What one value may be, of the rows [from, to) of Facts.class_references.
typedef struct Asked {
    uint32_t from, to;
    bool model;    // a model
    bool some;     // a model, or a class of which nothing is known
    bool certain;  // nothing but models
    bool instance; // a row of one
} Asked;

static Asked read_reference(const Query *query, uint32_t from) {
    const Facts *facts = query->solver->facts;
    const ClassReference *rows = facts->class_references.items;
    Asked asked = {.from = from, .to = from, .certain = rows[from].certain};
    while (asked.to < facts->class_references.count &&
           fact_same(rows[asked.to].expr, rows[from].expr)) {
        const ClassReference *row = &rows[asked.to++];
        bool is_model = query->models[row->klass.index];
        asked.instance = asked.instance || (is_model && row->instance);
        asked.model = asked.model || (is_model && !row->instance);
        asked.some = asked.some || (!row->instance && (is_model || !fact_is(row->klass)));
        asked.certain = asked.certain && is_model && !row->instance;
    }
    return asked;
}

static bool has_name(const Str *names, uint32_t count, Str name) {
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(names[i], name)) return true;
    return false;
}

// The tree's own method of that name is what the row runs.
static bool defines_member(const Facts *facts, ClassId klass, Name name) {
    const ClassFact *row = facts_class(facts, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[row->first_ancestor + i];
        if (fact_is(facts_symbol_in(facts, facts_class(facts, ancestor)->body, name)))
            return true;
    }
    return false;
}

static void add_reference(const Query *query, Asked asked) {
    const Facts *facts = query->solver->facts;
    const SinkRule *rule = query->rule;
    const ClassReference *row = &facts->class_references.items[asked.from];
    Str name = facts_name(facts, row->asked);
    bool refused = has_name(rule->refuse_methods.items, rule->refuse_methods.count, name);
    if (!row->asked.index ||
        (!refused && !has_name(rule->methods.items, rule->methods.count, name)))
        return;
    ExprId parent = facts_expr(facts, row->expr)->parent;
    bool attribute = facts_expr(facts, parent)->kind == EXPR_ATTRIBUTE;
    if (attribute && facts_expr(facts, parent)->flags & (EXPR_STORED | EXPR_DELETED)) return;
    // That an unknown class is indexed or looped over says little: most are type arguments.
    if (!attribute && !asked.model) return;
    if (asked.some && refused) {
        if (!may_see_all(query, row->expr)) add_refused(query, parent, DIAGNOSTIC_W210);
    } else if (asked.some || (asked.instance && !defines_member(facts, row->klass, row->asked))) {
        add_query(query, row->expr, asked.certain);
    }
}

static void add_references(const Query *query) {
    uint32_t count = query->solver->facts->class_references.count;
    for (uint32_t from = 0; from < count;) {
        Asked asked = read_reference(query, from);
        add_reference(query, asked);
        from = asked.to;
    }
}

// ---- calls ---------------------------------------------------------------------------------------
static bool mentions_model(const Query *query, ExprId expr) {
    const Facts *facts = query->solver->facts;
    const ExprFact *row = facts_expr(facts, expr);
    uint32_t from = query->references[expr.index];
    if (from && read_reference(query, from - 1).some) return true;
    if (fact_is(row->base) && mentions_model(query, row->base)) return true;
    for (ExprId child = row->first_child; fact_is(child);
         child = facts_expr(facts, child)->next_sibling)
        if (mentions_model(query, child)) return true;
    return false;
}

// Whether the arguments are those of a query. *CERTAIN becomes false when that depends on the class.
static bool is_given(const Query *query, const CallFact *call, QueryGiven given, bool *certain) {
    const Facts *facts = query->solver->facts;
    *certain = true;
    if (given == GIVEN_ANYTHING) return true;
    if (given == GIVEN_MENTION) {
        for (uint32_t i = 0; i < call->argument_count; i++)
            if (mentions_model(query, facts->arguments.items[call->first_argument + i].value))
                return true;
        return false;
    }
    if (!call->argument_count) return false;
    uint32_t from = query->references[facts->arguments.items[call->first_argument].value.index];
    if (!from) return false;
    Asked asked = read_reference(query, from - 1);
    *certain = asked.certain || asked.instance;
    return asked.some || asked.instance;
}

static void add_call(const Query *query, const CallFact *call, Str dotted) {
    const Facts *facts = query->solver->facts;
    for (uint32_t i = 0; i < query->rule->calls.count; i++) {
        const QueryCall *kind = &query->rule->calls.items[i];
        bool certain = true;
        if (!solver_names_match(query->solver, &kind->targets, dotted) ||
            !is_given(query, call, kind->given, &certain))
            continue;
        const ExprFact *callee = facts_expr(facts, call->callee);
        if (kind->wraps_object && callee->kind != EXPR_ATTRIBUTE) continue;
        add_query(query, kind->wraps_object ? callee->base : call->callee, certain);
        return;
    }
}

static void add_calls(const Query *query) {
    const Facts *facts = query->solver->facts;
    const SinkRule *rule = query->rule;
    for (uint32_t i = 1; (rule->calls.count || rule->refuse.count) && i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        Str dotted = facts_name(facts, call->dotted);
        if (!solver_names_match(query->solver, &rule->refuse, dotted))
            add_call(query, call, dotted);
        else if (!may_see_all(query, call->callee))
            add_refused(query, call->callee, DIAGNOSTIC_W210);
    }
}

// A row made by hand is a new row when it is saved.
static void add_rows(const Query *query) {
    const Facts *facts = query->solver->facts;
    if (!has_name(query->rule->methods.items, query->rule->methods.count, STR("__init__"))) return;
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind == EDGE_CONSTRUCT && query->models[edge->klass.index])
            add_query(query, facts_call(facts, edge->call)->callee, !edge->mixed);
    }
}

void solver_add_queries(Solver *solver, uint32_t index) {
    const Facts *facts = solver->facts;
    const SinkRule *rule = &solver->rules->sinks.items[index];
    Query query = {.solver = solver, .index = index, .rule = rule};
    query.models = find_models(solver, rule);
    query.references = memory_alloc_zeroed(facts->exprs.count + 1, sizeof *query.references);
    for (uint32_t i = facts->class_references.count; i > 0; i--)
        query.references[facts->class_references.items[i - 1].expr.index] = i;
    add_references(&query);
    add_calls(&query);
    add_rows(&query);
    free(query.references);
    free(query.models);
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
