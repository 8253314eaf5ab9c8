// Accesses that an earlier run, or a person in its place, has written already. They are accesses still:
// what was bridged stays bridged, and what leaks goes on leaking. Comes in: rules and calls. Goes out:
// sinks that change nothing. A rule's replacement is known by the function that it calls, an accessor by
// its decorator.
//
//     config = get_config(ctx)      of the rule whose `replace` is pkg.get_config({context})
#include "solve/find/written.h"

#include "base/bug.h"

// Where {context} stands among the arguments of a replacement; -1: not among them, or by name.
static int32_t context_position(Str text) {
    ptrdiff_t open = str_find(text, '('), context = str_find_str(text, STR("{context}"));
    if (open < 0 || context < open) return -1;
    int32_t position = 0;
    int depth = 0;
    for (ptrdiff_t i = open + 1; i < context; i++) {
        char c = text.data[i];
        if (c == '(' || c == '[') depth++;
        if (c == ')' || c == ']') depth--;
        if (depth < 0) return -1;
        if (c == ',' && depth == 0) position++;
        if (c == '=' && depth == 0) return -1;
    }
    return depth == 0 ? position : -1;
}

static void settle(const Solver *solver, Sink *sink) {
    Written written = written_context(solver, sink->context);
    switch (written.kind) {
    case WRITTEN_PARAMETER:
        sink->outcome = written.enclosed ? OUTCOME_CLOSURE : OUTCOME_THREADED;
        break;
    case WRITTEN_HELD: sink->outcome = OUTCOME_HELD; break;
    case WRITTEN_CARRIED: sink->outcome = OUTCOME_CARRIED; break;
    case WRITTEN_MADE:
    case WRITTEN_UNKNOWN:
        sink->outcome = written.enclosed ? OUTCOME_CLOSURE : OUTCOME_CREATED;
        break;
    case WRITTEN_AMBIENT: {
        if (fact_is(written.function) && each_is_decorated(solver, written.function)) {
            sink->outcome = OUTCOME_CREATED; // set by the decorator
            break;
        }
        uint32_t boundary = solver->solution->functions[written.function.index].boundary;
        bool background =
            boundary &&
            solver->program->rules->boundaries.items[boundary - 1].origin == ORIGIN_BACKGROUND;
        sink->outcome = OUTCOME_BRIDGED;
        sink->code = !fact_is(written.function) ? DIAGNOSTIC_W209
                     : background               ? DIAGNOSTIC_W303
                                                : DIAGNOSTIC_W301;
        break;
    }
    }
}

static void add(Solver *solver, ExprId expr, uint32_t rule, Family family, ExprId context,
                FunctionId keeper) {
    if (!fact_is(context) || solver_in_runtime(solver, expr)) return;
    if (!(solver->options->families & (1u << family))) return;
    const ExprFact *row = program_expr(solver->program, expr);
    Sink sink = {.rule = rule,
                 .family = family,
                 .expr = expr,
                 .call = row->call,
                 .function = program_scope_function(solver->program, row->scope),
                 .migrated = true,
                 .keeps_text = true,
                 .context = context,
                 .keeper = keeper};
    settle(solver, &sink);
    vec_add(&solver->solution->sinks, sink);
}

// ---- replacements ----------------------------------------------------------------------------------
static bool replaces_by(const Solver *solver, uint32_t index, Str dotted) {
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    return !rule->accessor &&
           program_is_named(solver->program, written_head(rule->replace), dotted);
}

// 1 + the first rule whose replacement calls NAME; 0 none. MEMO is by name, as long as nobody asked
// RULE_UNKNOWN.
static const uint32_t RULE_UNKNOWN = UINT32_MAX;
static uint32_t rule_of(const Solver *solver, Name name, uint32_t *memo) {
    if (memo[name.index] != RULE_UNKNOWN) return memo[name.index];
    uint32_t found = 0;
    for (uint32_t i = 0; i < solver->program->rules->sinks.count && !found; i++)
        if (replaces_by(solver, i, program_name(solver->program, name))) found = i + 1;
    return memo[name.index] = found;
}

// Rules of paths call the same function: the one whose `into` the call has is meant.
static uint32_t path_rule_of(const Solver *solver, CallId id, uint32_t rule) {
    const Program *program = solver->program;
    const CallFact *call = program_call(program, id);
    if (call->argument_count < 2) return rule;
    ExprId into = program_argument(program, (ArgumentId){call->first_argument + 1})->value;
    Str text = program_name(program, program_expr(program, into)->name);
    for (uint32_t i = 0; i < program->rules->sinks.count; i++) {
        const SinkRule *row = &program->rules->sinks.items[i];
        if (row->kind == SINK_PATH && str_equal(row->into, text)) return i + 1;
    }
    return rule;
}

static void add_replacements(Solver *solver) {
    const Program *program = solver->program;
    uint32_t names = intern_count(program->facts->names) + 1;
    uint32_t *memo = memory_alloc_zeroed(names, sizeof *memo);
    for (uint32_t i = 0; i < names; i++) memo[i] = RULE_UNKNOWN;
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        uint32_t rule = call->dotted.index ? rule_of(solver, call->dotted, memo) : 0;
        if (!rule) continue;
        if (program->rules->sinks.items[rule - 1].kind == SINK_PATH) rule = path_rule_of(solver, (CallId){i}, rule);
        const SinkRule *row = &program->rules->sinks.items[rule - 1];
        ExprId context = written_argument(solver, (CallId){i}, context_position(row->replace));
        add(solver, call->expr, rule - 1, row->family, context, FACT_NONE(FunctionId));
    }
    free(memo);
}

// ---- accessors and constructions -------------------------------------------------------------------
static void add_accessor(Solver *solver, FunctionId accessor) {
    const Program *program = solver->program;
    const Rules *rules = program->rules;
    Str name = program_name(program, program_function(program, accessor)->name);
    uint32_t rule = SINK_FOUND;
    Family family = rules->singleton_family;
    for (uint32_t i = 0; i < rules->sinks.count && rule == SINK_FOUND; i++)
        if (rules->sinks.items[i].accessor &&
            str_equal(rules->sinks.items[i].accessor_name, name)) {
            rule = i;
            family = rules->sinks.items[i].family;
        }
    for (RowList callers = program_callers(program, accessor); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if (edge->kind == EDGE_ESCAPE) continue; // the stand-in of an old name
        add(solver, edge->expr, rule, family, written_argument(solver, edge->call, 0), accessor);
    }
}

static void add_constructions(Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    const SinkRule *rule = &program->rules->sinks.items[index];
    if (rule->kind != SINK_CONSTRUCT) return;
    ClassId klass = program_find_class(program, rule->target.text);
    if (!fact_is(klass)) return;
    for (RowList sites = program_constructions(program, klass); sites.at < sites.end; sites.at++) {
        const EdgeFact *edge = program_edge(program, *sites.at);
        add(solver, edge->expr, index, rule->family, written_argument(solver, edge->call, -1),
            FACT_NONE(FunctionId));
    }
}

void solver_add_migrated(Solver *solver) {
    if (!solver->parameter.index) return; // no file says its name: nothing was migrated
    add_replacements(solver);
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        if (solver->written_accessor[i]) add_accessor(solver, (FunctionId){i});
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++) add_constructions(solver, i);
}
