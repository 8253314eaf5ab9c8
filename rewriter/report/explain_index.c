// Indexes that explanations ask: who calls, what a function runs, which calls pass the context; and
// the names and places of things. In: facts and a solution. Out: the first half of Explainer. Decides
// nothing: the solver's own indexes are gone by now, and these repeat what is asked of them.
#include "report/explain_internal.h"

#include "report/scan.h"

// Pushes in front: rows come in from the last to the first, so that a list is in table order.
static void push(Chained *list, uint32_t key, uint32_t row) {
    list->next[row] = list->first[key];
    list->first[key] = row;
}

static Chained open_list(Arena *arena, uint32_t keys, uint32_t rows) {
    return (Chained){arena_array(arena, uint32_t, keys + 1),
                     arena_array(arena, uint32_t, rows + 1)};
}

static void index_edges(Explainer *explainer) {
    const Facts *facts = explainer->facts;
    uint32_t count = facts->edges.count;
    explainer->edge_caller = arena_array(explainer->arena, FunctionId, count + 1);
    explainer->edges_to = open_list(explainer->arena, facts->functions.count, count);
    explainer->edges_from = open_list(explainer->arena, facts->functions.count, count);
    for (uint32_t i = count; i-- > 1;) {
        const EdgeFact *edge = &facts->edges.items[i];
        FunctionId caller = facts_scope_function(facts, facts_expr(facts, edge->expr)->scope);
        explainer->edge_caller[i] = caller;
        push(&explainer->edges_to, edge->callee.index, i);
        push(&explainer->edges_from, caller.index, i);
    }
}

static void index_functions(Explainer *explainer) {
    const Facts *facts = explainer->facts;
    uint32_t count = facts->functions.count;
    explainer->family_members = open_list(explainer->arena, count, count);
    explainer->inner_functions = open_list(explainer->arena, count, count);
    for (uint32_t i = count; i-- > 1;) {
        const FunctionFact *function = &facts->functions.items[i];
        push(&explainer->family_members, function->family, i);
        push(&explainer->inner_functions, function->enclosing.index, i);
    }
}

static void index_solution(Explainer *explainer) {
    const Facts *facts = explainer->facts;
    const Solution *solution = explainer->solution;
    Arena *arena = explainer->arena;
    uint32_t sinks = solution->sinks.count;
    explainer->function_sinks = open_list(arena, facts->functions.count, sinks);
    explainer->accessor_sinks = open_list(arena, solution->accessors.count, sinks);
    for (uint32_t i = sinks; i-- > 1;) {
        push(&explainer->function_sinks, solution->sinks.items[i].function.index, i);
        push(&explainer->accessor_sinks, solution->sinks.items[i].accessor, i);
    }
    explainer->call_plan = arena_array(arena, uint32_t, facts->calls.count + 1);
    for (uint32_t i = 0; i < solution->calls.count; i++)
        explainer->call_plan[solution->calls.items[i].call.index] = i + 1;
    explainer->forwarded = arena_array(arena, bool, facts->exprs.count + 1);
    for (uint32_t i = 0; i < solution->forwards.count; i++)
        explainer->forwarded[solution->forwards.items[i].expr.index] = true;
    explainer->statement_accessor = arena_array(arena, uint32_t, facts->statements.count + 1);
    explainer->function_accessor = arena_array(arena, uint32_t, facts->functions.count + 1);
    for (uint32_t i = 1; i < solution->accessors.count; i++) {
        const Accessor *accessor = &solution->accessors.items[i];
        StatementId statement = facts_binding(facts, accessor->binding)->statement;
        if (accessor->kind == ACCESSOR_GETTER)
            explainer->function_accessor[accessor->getter.index] = i;
        else
            explainer->statement_accessor[statement.index] = i;
    }
}

static SymbolId find_symbol(const Facts *facts, Str dotted) {
    ptrdiff_t dot = str_find_last(dotted, '.');
    if (dot < 0) return FACT_NONE(SymbolId);
    Str module = str_slice(dotted, 0, (size_t)dot);
    Name name = intern_find(facts->names, str_slice(dotted, (size_t)dot + 1, dotted.length));
    for (uint32_t i = 1; name.index && i < facts->modules.count; i++) {
        if (!str_equal(facts_name(facts, facts->modules.items[i].name), module)) continue;
        SymbolId symbol = facts_symbol_in(facts, facts->modules.items[i].scope, name);
        if (!fact_is(symbol)) continue;
        SymbolId definition = facts->symbol_definitions.items[symbol.index];
        return fact_is(definition) ? definition : symbol;
    }
    return FACT_NONE(SymbolId);
}

static void index_rules(Explainer *explainer) {
    const Rules *rules = explainer->rules;
    explainer->rule_symbol = arena_array(explainer->arena, SymbolId, rules->sinks.count + 1);
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        explainer->rule_symbol[i] =
            find_symbol(explainer->facts, rules->sinks.items[i].target.text);
}

SymbolId explain_sink_symbol(const Explainer *explainer, const Sink *sink) {
    if (sink->accessor) return explainer->solution->accessors.items[sink->accessor].symbol;
    return explainer->rule_symbol[sink->rule];
}

void explain_index(Explainer *explainer) {
    index_rules(explainer);
    index_edges(explainer);
    index_functions(explainer);
    index_solution(explainer);
}

uint32_t explain_accessor_around(const Explainer *explainer, ExprId expr) {
    const Facts *facts = explainer->facts;
    const ExprFact *row = facts_expr(facts, expr);
    uint32_t accessor = explainer->statement_accessor[row->statement.index];
    FunctionId function = facts_scope_function(facts, row->scope);
    while (!accessor && fact_is(function)) {
        accessor = explainer->function_accessor[function.index];
        function = facts_function(facts, function)->enclosing;
    }
    return accessor;
}

bool explain_edge_passes(const Explainer *explainer, uint32_t index) {
    const EdgeFact *edge = &explainer->facts->edges.items[index];
    if (explainer->forwarded[edge->expr.index]) return true;
    uint32_t plan = edge->kind == EDGE_ESCAPE ? 0 : explainer->call_plan[edge->call.index];
    if (!plan) return false;
    CallSupply supply = explainer->solution->calls.items[plan - 1].supply;
    return supply == CALL_PASSES || supply == CALL_HAS_IT;
}

bool explain_edge_makes(const Explainer *explainer, const EdgeFact *edge, ClassId klass) {
    if (edge->kind != EDGE_CONSTRUCT) return false;
    return facts_is_subclass(explainer->facts, edge->klass, klass) ||
           (edge->through_class_value && facts_is_subclass(explainer->facts, klass, edge->klass));
}

bool explain_decided(const Explainer *explainer, FunctionId function) {
    const FunctionPlan *plan = &explainer->solution->functions[function.index];
    return plan->supply != SUPPLY_NONE || plan->gains_parameter || plan->has_parameter ||
           plan->stores || plan->reads_ambient || explainer->function_accessor[function.index];
}

// ---- places and names ----------------------------------------------------------------------------
Place explain_place(const Explainer *explainer, FileId file, uint32_t offset) {
    const SourceFile *source = source_file(explainer->facts->sources, file);
    return (Place){source->path, source_line_column(source, offset)};
}

Place explain_expr_place(const Explainer *explainer, ExprId expr) {
    Span span = facts_expr_span(explainer->facts, expr);
    return explain_place(explainer, span.file, span.start);
}

Place explain_sink_place(const Explainer *explainer, const Sink *sink) {
    Span span = sink_span(explainer->facts, sink);
    return explain_place(explainer, span.file, span.start);
}

Place explain_function_place(const Explainer *explainer, FunctionId id) {
    const FunctionFact *function = facts_function(explainer->facts, id);
    bool lambda = function->flags & FUNCTION_LAMBDA;
    return explain_place(explainer, facts_module_file(explainer->facts, function->module),
                         lambda ? function->start : function->keyword_start);
}

Place explain_class_place(const Explainer *explainer, ClassId id) {
    const ClassFact *klass = facts_class(explainer->facts, id);
    return explain_place(explainer, facts_module_file(explainer->facts, klass->module),
                         klass->name_start);
}

Str explain_function_name(const Explainer *explainer, FunctionId id) {
    const Facts *facts = explainer->facts;
    Str name = facts_name(facts, facts_function(facts, id)->qualified);
    return name.length ? name : STR("a lambda");
}

Str explain_class_name(const Explainer *explainer, ClassId id) {
    return facts_name(explainer->facts, facts_class(explainer->facts, id)->qualified);
}

Str explain_symbol_name(const Explainer *explainer, SymbolId symbol) {
    return symbol_dotted(explainer->arena, explainer->facts, symbol);
}

const SinkRule *explain_sink_rule(const Explainer *explainer, const Sink *sink) {
    uint32_t rule = sink->rule + 1;
    if (sink->accessor) rule = explainer->solution->accessors.items[sink->accessor].rule;
    return rule ? &explainer->rules->sinks.items[rule - 1] : NULL;
}

Str explain_sink_name(const Explainer *explainer, const Sink *sink) {
    const SinkRule *rule = explain_sink_rule(explainer, sink);
    if (rule) return rule->target.text;
    return explain_symbol_name(explainer,
                               explainer->solution->accessors.items[sink->accessor].symbol);
}

Str explain_brief(const Explainer *explainer, Str name) {
    size_t most = 0;
    for (uint32_t i = 1; i < explainer->facts->modules.count; i++) {
        Str module = facts_name(explainer->facts, explainer->facts->modules.items[i].name);
        if (module.length > most && module.length < name.length &&
            name.data[module.length] == '.' && str_starts_with(name, module))
            most = module.length;
    }
    return most ? str_slice(name, most + 1, name.length) : name;
}

Str explain_where(const Explainer *explainer, ExprId expr) {
    const Facts *facts = explainer->facts;
    ScopeId scope = facts_expr(facts, expr)->scope;
    FunctionId function = facts_scope_function(facts, scope);
    if (fact_is(function)) return explain_function_name(explainer, function);
    return facts_scope_in_class_body(facts, scope) ? STR("a class body") : STR("module level");
}

Str explain_sink_where(const Explainer *explainer, const Sink *sink) {
    return fact_is(sink->expr) ? explain_where(explainer, sink->expr)
                               : explain_function_name(explainer, sink->function);
}

const char *evidence_words(Evidence evidence) {
    switch (evidence) {
    case EVIDENCE_IMPORT: return "named import";
    case EVIDENCE_CLASS: return "declared class";
    case EVIDENCE_SELF: return "receiver";
    case EVIDENCE_INFERRED: return "inferred";
    case EVIDENCE_UNIQUE_NAME: return "only function of that name";
    }
    return "";
}
