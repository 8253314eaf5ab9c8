// What explanations ask of a solution: whose accesses, which calls pass the context; and the names and places
// of things. In: a program and its solution. Out: the first half of Explainer. Decides nothing.
#include "explain/explainer.h"

#include "program/name.h"

// Pushes in front: rows come in from the last to the first, so that a list is in table order.
static void push(Chained *list, uint32_t key, uint32_t row) {
    list->next[row] = list->first[key];
    list->first[key] = row;
}

static Chained open_list(Arena *arena, uint32_t keys, uint32_t rows) {
    return (Chained){arena_array(arena, uint32_t, keys + 1),
                     arena_array(arena, uint32_t, rows + 1)};
}

static void index_solution(Explainer *explainer) {
    const Program *program = explainer->program;
    const Solution *solution = explainer->solution;
    Arena *arena = explainer->arena;
    uint32_t sinks = solution->sinks.count;
    explainer->function_sinks = open_list(arena, program_function_count(program), sinks);
    explainer->accessor_sinks = open_list(arena, solution->accessors.count, sinks);
    for (uint32_t i = sinks; i-- > 1;) {
        push(&explainer->function_sinks, solution->sinks.items[i].function.index, i);
        push(&explainer->accessor_sinks, solution->sinks.items[i].accessor, i);
    }
    explainer->carried =
        open_list(arena, program_class_count(program), program_function_count(program));
    for (uint32_t i = program_function_count(program); i-- > 1;) {
        const FunctionPlan *plan = &solution->functions[i];
        if (plan->supply == SUPPLY_CARRIER)
            push(&explainer->carried, program_parameter(program, plan->carrier)->klass.index, i);
    }
    explainer->call_plan = arena_array(arena, uint32_t, program_call_count(program) + 1);
    for (uint32_t i = 0; i < solution->calls.count; i++)
        explainer->call_plan[solution->calls.items[i].call.index] = i + 1;
    explainer->forwarded = arena_array(arena, bool, program_expr_count(program) + 1);
    for (uint32_t i = 0; i < solution->forwards.count; i++)
        explainer->forwarded[solution->forwards.items[i].expr.index] = true;
    explainer->statement_accessor =
        arena_array(arena, uint32_t, program_statement_count(program) + 1);
    explainer->function_accessor =
        arena_array(arena, uint32_t, program_function_count(program) + 1);
    for (uint32_t i = 1; i < solution->accessors.count; i++) {
        const Accessor *accessor = &solution->accessors.items[i];
        StatementId statement = program_binding(program, accessor->binding)->statement;
        if (accessor->kind == ACCESSOR_GETTER)
            explainer->function_accessor[accessor->getter.index] = i;
        else
            explainer->statement_accessor[statement.index] = i;
    }
}

static void index_rules(Explainer *explainer) {
    const Rules *rules = explainer->program->rules;
    explainer->rule_symbol = arena_array(explainer->arena, SymbolId, rules->sinks.count + 1);
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        explainer->rule_symbol[i] =
            program_find_symbol(explainer->program, rules->sinks.items[i].target.text);
}

SymbolId explain_sink_symbol(const Explainer *explainer, const Sink *sink) {
    if (sink->accessor) return explainer->solution->accessors.items[sink->accessor].symbol;
    if (fact_is(sink->keeper)) {
        const FunctionFact *keeper = program_function(explainer->program, sink->keeper);
        return program_symbol_in(explainer->program, keeper->scope, keeper->name);
    }
    return explainer->rule_symbol[sink->rule];
}

void explain_index(Explainer *explainer) {
    index_rules(explainer);
    index_solution(explainer);
}

uint32_t explain_accessor_around(const Explainer *explainer, ExprId expr) {
    const Program *program = explainer->program;
    const ExprFact *row = program_expr(program, expr);
    uint32_t accessor = explainer->statement_accessor[row->statement.index];
    FunctionId function = program_scope_function(program, row->scope);
    while (!accessor && fact_is(function)) {
        accessor = explainer->function_accessor[function.index];
        function = program_function(program, function)->enclosing;
    }
    return accessor;
}

bool explain_edge_passes(const Explainer *explainer, uint32_t index) {
    const EdgeFact *edge = program_edge(explainer->program, index);
    if (explainer->forwarded[edge->expr.index]) return true;
    uint32_t plan = edge->kind == EDGE_ESCAPE ? 0 : explainer->call_plan[edge->call.index];
    if (!plan) return false;
    CallSupply supply = explainer->solution->calls.items[plan - 1].supply;
    return supply == CALL_PASSES || supply == CALL_HAS_IT;
}

bool explain_decided(const Explainer *explainer, FunctionId function) {
    const FunctionPlan *plan = &explainer->solution->functions[function.index];
    return plan->supply != SUPPLY_NONE || plan->gains_parameter || plan->has_parameter ||
           plan->stores || plan->reads_ambient || explainer->function_accessor[function.index];
}

// ---- places and names ----------------------------------------------------------------------------
Place explain_place(const Explainer *explainer, FileId file, uint32_t offset) {
    const SourceFile *source = source_file(explainer->program->facts->sources, file);
    return (Place){source->path, source_line_column(source, offset)};
}

Place explain_expr_place(const Explainer *explainer, ExprId expr) {
    Span span = program_expr_span(explainer->program, expr);
    return explain_place(explainer, span.file, span.start);
}

Place explain_sink_place(const Explainer *explainer, const Sink *sink) {
    Span span = sink_span(explainer->program, sink);
    return explain_place(explainer, span.file, span.start);
}

Place explain_function_place(const Explainer *explainer, FunctionId id) {
    const FunctionFact *function = program_function(explainer->program, id);
    bool lambda = function->flags & FUNCTION_LAMBDA;
    return explain_place(explainer, program_module_file(explainer->program, function->module),
                         lambda ? function->start : function->keyword_start);
}

Place explain_class_place(const Explainer *explainer, ClassId id) {
    const ClassFact *klass = program_class(explainer->program, id);
    return explain_place(explainer, program_module_file(explainer->program, klass->module),
                         klass->name_start);
}

Str explain_function_name(const Explainer *explainer, FunctionId id) {
    const Program *program = explainer->program;
    Str name = program_name(program, program_function(program, id)->qualified);
    return name.length ? name : STR("a lambda");
}

Str explain_class_name(const Explainer *explainer, ClassId id) {
    return program_name(explainer->program, program_class(explainer->program, id)->qualified);
}

Str explain_symbol_name(const Explainer *explainer, SymbolId symbol) {
    return program_symbol_name(explainer->arena, explainer->program, symbol);
}

const char *explain_family(const Explainer *explainer, Family family) {
    return family_name(&explainer->program->rules->families, family);
}

const SinkRule *explain_sink_rule(const Explainer *explainer, const Sink *sink) {
    if (sink->rule == SINK_FOUND) return NULL;
    uint32_t rule = sink->rule + 1;
    if (sink->accessor) rule = explainer->solution->accessors.items[sink->accessor].rule;
    return rule ? &explainer->program->rules->sinks.items[rule - 1] : NULL;
}

Str explain_sink_name(const Explainer *explainer, const Sink *sink) {
    const SinkRule *rule = explain_sink_rule(explainer, sink);
    if (rule) return rule->target.text;
    return explain_symbol_name(explainer, explain_sink_symbol(explainer, sink));
}

Str explain_brief(const Explainer *explainer, Str name) {
    for (size_t end = name.length; end-- > 1;) {
        if (name.data[end] != '.') continue;
        Str module = str_slice(name, 0, end);
        ModuleId found = program_find_module(explainer->program, module);
        Str own = program_name(explainer->program, program_module(explainer->program, found)->name);
        if (str_equal(own, module)) return str_slice(name, end + 1, name.length);
    }
    return name;
}

Str explain_where(const Explainer *explainer, ExprId expr) {
    const Program *program = explainer->program;
    ScopeId scope = program_expr(program, expr)->scope;
    FunctionId function = program_scope_function(program, scope);
    if (fact_is(function)) return explain_function_name(explainer, function);
    return program_scope_in_class_body(program, scope) ? STR("a class body") : STR("module level");
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
