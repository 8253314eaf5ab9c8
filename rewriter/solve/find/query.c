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
    uint32_t *names;      // by what a call is called: NameFit bits; the same in every attempt
} Query;

// How the name of a call fits the rule. From FIT_FIRST_CALL on there is a bit for each of SinkRule.calls; those that have
// none are compared each time.
enum { FIT_KNOWN = 1 << 0, FIT_REFUSED = 1 << 1, FIT_FIRST_CALL = 2, FIT_CALLS = 32 - FIT_FIRST_CALL };

// The function around it, or the module, may ask for the rows of all.
static bool may_see_all(const Query *query, ExprId expr) {
    return solver_in_runtime(query->solver, expr) ||
           solver_is_exempt_place(query->solver, expr, query->rule);
}

// a.b.c: its text can be written again with nothing in it that another edit wants.
static bool is_plain(const Program *program, ExprId expr) {
    while (program_expr(program, expr)->kind == EXPR_ATTRIBUTE)
        expr = program_expr(program, expr)->base;
    return program_expr(program, expr)->kind == EXPR_NAME;
}

// It was wrapped by an earlier run, or by hand.
static bool is_wrapped(const Query *query, ExprId expr) {
    const Program *program = query->solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_CALL) return false;
    Str replace = query->rule->replace;
    ptrdiff_t open = str_find(replace, '(');
    return open > 0 &&
           program_is_named(query->solver->program, str_slice(replace, 0, (size_t)open),
                            program_name(program, program_call(program, row->call)->dotted));
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
    bool plain = is_plain(query->solver->program, expr);
    add_refused(query, expr,
                !certain ? DIAGNOSTIC_W211
                : plain  ? (DiagnosticCode)0
                         : DIAGNOSTIC_W213);
}

// ---- models --------------------------------------------------------------------------------------
static bool is_name_of_model(const Solver *solver, const SinkRule *rule, Str dotted) {
    for (uint32_t i = 0; i < rule->models.count; i++)
        if (program_is_named(solver->program, rule->models.items[i].text, dotted)) return true;
    return false;
}

// By class. A model of the rules may be a class of the tree or outside it, or a function that makes one.
static bool *find_models(const Solver *solver, const SinkRule *rule) {
    const Program *program = solver->program;
    bool *direct = memory_alloc_zeroed(program_class_count(program) + 1, sizeof *direct);
    bool *models = memory_alloc_zeroed(program_class_count(program) + 1, sizeof *models);
    for (uint32_t i = 0; i < rule->models.count; i++)
        direct[program_find_class(solver->program, rule->models.items[i].text).index] = true;
    for (uint32_t i = 0; i < program_base_name_count(program); i++)
        if (is_name_of_model(solver, rule,
                             program_name(program, program_base_name(program, i)->dotted)))
            direct[program_base_name(program, i)->klass.index] = true;
    direct[0] = false;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        for (uint32_t k = 0; k < klass->ancestor_count && !models[i]; k++)
            models[i] = direct[program_ancestor(program, klass->first_ancestor + k)->index];
    }
    free(direct);
    return models;
}

bool query_has_models(const Solver *solver, const SinkRule *rule) {
    bool *models = find_models(solver, rule);
    bool found = false;
    for (uint32_t i = 1; i < program_class_count(solver->program); i++) found = found || models[i];
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
    const Program *program = query->solver->program;
    const ClassReference *rows = program->facts->class_references.items;
    Asked asked = {.from = from, .to = from, .certain = rows[from].certain};
    while (asked.to < program_class_reference_count(program) &&
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
static bool defines_member(const Program *program, ClassId klass, Name name) {
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, row->first_ancestor + i);
        if (fact_is(program_symbol_in(program, program_class(program, ancestor)->body, name)))
            return true;
    }
    return false;
}

static void add_reference(const Query *query, Asked asked) {
    const Program *program = query->solver->program;
    const SinkRule *rule = query->rule;
    const ClassReference *row = program_class_reference(program, asked.from);
    Str name = program_name(program, row->asked);
    bool refused = has_name(rule->refuse_methods.items, rule->refuse_methods.count, name);
    if (!row->asked.index ||
        (!refused && !has_name(rule->methods.items, rule->methods.count, name)))
        return;
    ExprId parent = program_expr(program, row->expr)->parent;
    bool attribute = program_expr(program, parent)->kind == EXPR_ATTRIBUTE;
    if (attribute && program_expr(program, parent)->flags & (EXPR_STORED | EXPR_DELETED)) return;
    // That an unknown class is indexed or looped over says little: most are type arguments.
    if (!attribute && !asked.model) return;
    if (asked.some && refused) {
        if (!may_see_all(query, row->expr)) add_refused(query, parent, DIAGNOSTIC_W210);
    } else if (asked.some || (asked.instance && !defines_member(program, row->klass, row->asked))) {
        bool told_apart = rule->wraps_uncertain && !asked.instance; // by `replace`, when it runs
        add_query(query, row->expr, asked.certain || told_apart);
    }
}

static void add_references(const Query *query) {
    uint32_t count = program_class_reference_count(query->solver->program);
    for (uint32_t from = 0; from < count;) {
        Asked asked = read_reference(query, from);
        add_reference(query, asked);
        from = asked.to;
    }
}

// ---- calls ---------------------------------------------------------------------------------------
static bool mentions_model(const Query *query, ExprId expr) {
    const Program *program = query->solver->program;
    const ExprFact *row = program_expr(program, expr);
    uint32_t from = query->references[expr.index];
    if (from && read_reference(query, from - 1).some) return true;
    if (fact_is(row->base) && mentions_model(query, row->base)) return true;
    for (ExprId child = row->first_child; fact_is(child);
         child = program_expr(program, child)->next_sibling)
        if (mentions_model(query, child)) return true;
    return false;
}

// Whether the arguments are those of a query. *CERTAIN becomes false when that depends on the class.
static bool is_given(const Query *query, const CallFact *call, QueryGiven given, bool *certain) {
    const Program *program = query->solver->program;
    *certain = true;
    if (given == GIVEN_ANYTHING) return true;
    if (given == GIVEN_MENTION) {
        for (uint32_t i = 0; i < call->argument_count; i++)
            if (mentions_model(
                    query,
                    program_argument(program, (ArgumentId){call->first_argument + i})->value))
                return true;
        return false;
    }
    if (!call->argument_count) return false;
    uint32_t from = query->references[program_argument(program, (ArgumentId){call->first_argument})
                                          ->value.index];
    if (!from) return false;
    Asked asked = read_reference(query, from - 1);
    *certain = asked.certain || asked.instance;
    return asked.some || asked.instance;
}

static uint32_t fit_of(const Query *query, Name dotted) {
    const Program *program = query->solver->program;
    const SinkRule *rule = query->rule;
    uint32_t *fit = &query->names[dotted.index];
    if (*fit) return *fit;
    Str text = program_name(program, dotted);
    *fit = FIT_KNOWN | (program_names_match(program, &rule->refuse, text) ? FIT_REFUSED : 0);
    for (uint32_t i = 0; i < rule->calls.count && i < FIT_CALLS; i++)
        if (program_names_match(program, &rule->calls.items[i].targets, text)) *fit |= 1u << (FIT_FIRST_CALL + i);
    return *fit;
}

static bool fits_call(const Query *query, const CallFact *call, uint32_t kind, uint32_t fit) {
    if (kind < FIT_CALLS) return fit >> (FIT_FIRST_CALL + kind) & 1;
    const Program *program = query->solver->program;
    return program_names_match(program, &query->rule->calls.items[kind].targets, program_name(program, call->dotted));
}

static void add_call(const Query *query, const CallFact *call, uint32_t fit) {
    const Program *program = query->solver->program;
    for (uint32_t i = 0; i < query->rule->calls.count; i++) {
        const QueryCall *kind = &query->rule->calls.items[i];
        bool certain = true;
        if (!fits_call(query, call, i, fit) || !is_given(query, call, kind->given, &certain)) continue;
        const ExprFact *callee = program_expr(program, call->callee);
        if (kind->wraps_object && callee->kind != EXPR_ATTRIBUTE) continue;
        add_query(query, kind->wraps_object ? callee->base : call->callee, certain);
        return;
    }
}

static void add_calls(const Query *query) {
    const Program *program = query->solver->program;
    const SinkRule *rule = query->rule;
    for (uint32_t i = 1;
         (rule->calls.count || rule->refuse.count) && i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        uint32_t fit = fit_of(query, call->dotted);
        if (!(fit & FIT_REFUSED))
            add_call(query, call, fit);
        else if (!may_see_all(query, call->callee))
            add_refused(query, call->callee, DIAGNOSTIC_W210);
    }
}

// A row made by hand is a new row when it is saved.
static void add_rows(const Query *query) {
    const Program *program = query->solver->program;
    if (!query->rule->makes_rows) return;
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind == EDGE_CONSTRUCT && query->models[edge->klass.index])
            add_query(query, program_call(program, edge->call)->callee, !edge->mixed);
    }
}

static uint32_t *names_of(Solver *solver, uint32_t index) {
    uint32_t rules = solver->program->rules->sinks.count;
    if (!solver->query_names) solver->query_names = arena_array(solver->arena, uint32_t *, rules);
    uint32_t **names = &solver->query_names[index];
    if (!*names) *names = arena_array(solver->arena, uint32_t, intern_count(solver->program->facts->names));
    return *names;
}

void solver_add_queries(Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    Query query = {.solver = solver, .index = index, .rule = rule};
    query.models = find_models(solver, rule);
    query.names = names_of(solver, index);
    query.references =
        memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *query.references);
    for (uint32_t i = program_class_reference_count(program); i > 0; i--)
        query.references[program_class_reference(program, i - 1)->expr.index] = i;
    add_references(&query);
    add_calls(&query);
    add_rows(&query);
    free(query.references);
    free(query.models);
}

void query_refuse_around(const Solver *solver, const Sink *inner, Sink *outer) {
    if (inner->migrated || outer->migrated) return;
    Span within = program_expr_span(solver->program, inner->expr);
    Span around = program_expr_span(solver->program, outer->expr);
    if (outer->accessor || outer->outcome == OUTCOME_REFUSED ||
        solver->program->rules->sinks.items[outer->rule].kind != SINK_QUERY ||
        within.file.index != around.file.index || within.start != around.start)
        return;
    outer->outcome = OUTCOME_REFUSED;
    outer->code = DIAGNOSTIC_W211;
}
