// Which functions gain the parameter. In: a request. Out: a plan, or errors. By breadth from the functions that were asked
// for: a caller that has nothing to pass, and may gain the parameter, is asked next. Everything is decided of families, so
// that a method and what overrides it move together.
#include "program/name.h"
#include "solve/signature/spread.h"

void signature_plan_release(SignaturePlan *plan) {
    vec_release(&plan->functions);
    vec_release(&plan->calls);
    vec_release(&plan->classes);
    vec_release(&plan->texts);
    vec_release(&plan->statements);
    vec_release(&plan->lost_parameters);
    vec_release(&plan->lost_arguments);
    arena_release(&plan->arena);
}

Str spread_name(const Spread *spread, FunctionId function) {
    return program_name(spread->program, program_function(spread->program, function)->qualified);
}

// ---- what the request names -------------------------------------------------------------------------
static bool mark_sources(Spread *spread) {
    const Program *program = spread->program;
    bool good = true;
    for (uint32_t k = 0; k < spread->request->sources.count; k++) {
        Str pattern = spread->request->sources.items[k].until;
        bool some = false;
        for (uint32_t i = 1; i < program_function_count(program); i++) {
            Str name = program_name(program, program_function(program, (FunctionId){i})->qualified);
            if (name.length == 0 || !program_name_matches(program, pattern, name)) continue;
            some = true;
            if (spread->source[i] == 0) spread->source[i] = k + 1;
        }
        if (some) continue;
        diagnostic_add(spread->diagnostics, DIAGNOSTIC_E512, SPAN_NONE, "no function fits --until '%.*s'",
                       STR_ARG(pattern));
        diagnostic_help(spread->diagnostics, "it is a dotted name or a glob: app.web.*, **.Handler.get");
        good = false;
    }
    return good;
}

// "app.Tenant", and nothing around it.
static ClassId class_of_type(const Program *program, Str type) {
    for (size_t i = 0; i < type.length; i++)
        if (!str_is_word_byte(type.data[i]) && type.data[i] != '.') return FACT_NONE(ClassId);
    return program_find_class(program, type);
}

// ---- by breadth -------------------------------------------------------------------------------------
static void join(Spread *spread, uint32_t family, uint32_t depth) {
    if (spread->depth[family] > 0) return;
    spread->depth[family] = depth;
    vec_add(&spread->families, family);
}

static void join_if_possible(Spread *spread, FunctionId function, uint32_t depth) {
    Span where;
    uint32_t family = program_function(spread->program, function)->family;
    if (fact_is(function) && spread->depth[family] == 0 && spread_obstacle(spread, family, &where) == NULL)
        join(spread, family, depth);
}

// What the same call may run besides: a method of another class of a union, what a test puts in its place.
static void ask_beside(Spread *spread, CallId call, uint32_t depth) {
    const Program *program = spread->program;
    for (RowList edges = program_call_edges(program, call); edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind == EDGE_CALL) join_if_possible(spread, edge->callee, depth);
        if (edge->kind != EDGE_CONSTRUCT) continue;
        for (RowList made = program_made_classes(program, edge); made.at < made.end; made.at++)
            join_if_possible(spread, program_class(program, (ClassId){*made.at})->constructor, depth);
    }
}

static void ask_caller(Spread *spread, const EdgeFact *edge, uint32_t depth) {
    const Program *program = spread->program;
    if (edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT) ask_beside(spread, edge->call, depth);
    if (edge->kind == EDGE_ESCAPE && !fact_is(edge->call)) return;
    if (depth > spread->request->hops || spread_passes(spread, edge)) return;
    if (spread_is_left_alone(program, program_expr_module(program, edge->expr))) return;
    SignatureSupply supply = spread_supply(spread, edge->expr);
    join_if_possible(spread, supply.asks, depth + 1);
}

static void spread_out(Spread *spread) {
    for (uint32_t i = 0; i < spread->families.count; i++) {
        uint32_t family = spread->families.items[i];
        RowNumbers callers = spread_callers(spread->program, family);
        for (uint32_t k = 0; k < callers.count; k++)
            ask_caller(spread, program_edge(spread->program, callers.items[k]), spread->depth[family]);
        vec_release(&callers);
    }
}

// The constructor that is written for a class asks the places that make instances of it, and of what inherits it.
static void spread_from_classes(Spread *spread) {
    const Program *program = spread->program;
    for (uint32_t i = 0; i < spread->plan->classes.count; i++) {
        RowNumbers made = {0};
        program_add_constructions(program, spread->plan->classes.items[i], &made);
        row_numbers_settle(&made);
        for (uint32_t k = 0; k < made.count; k++) ask_caller(spread, program_edge(program, made.items[k]), 1);
        vec_release(&made);
    }
}

static bool join_targets(Spread *spread) {
    const Program *program = spread->program;
    bool good = true;
    for (uint32_t i = 0; i < spread->targets.count; i++)
        spread->asked[program_function(program, spread->targets.items[i])->family] = true;
    for (uint32_t i = 0; i < spread->targets.count; i++) {
        uint32_t family = program_function(program, spread->targets.items[i])->family;
        Span where;
        const char *obstacle = spread->depth[family] > 0 ? NULL : spread_obstacle(spread, family, &where);
        join(spread, family, 1);
        if (obstacle == NULL) continue;
        diagnostic_add(spread->diagnostics, DIAGNOSTIC_E510, where, "'%.*s' cannot gain the parameter",
                       STR_ARG(spread_name(spread, spread->targets.items[i])));
        diagnostic_note(spread->diagnostics, "%s", obstacle);
        good = false;
    }
    return good;
}

static bool add(Spread *spread) {
    if (!spread_find_replaced(spread)) return false;
    spread_find_taken(spread);
    if (!join_targets(spread)) return false;
    spread_from_classes(spread);
    spread_out(spread);
    return spread_settle(spread);
}

// ---- the run ----------------------------------------------------------------------------------------
static void spread_open(Spread *spread) {
    const Program *program = spread->program;
    Arena *arena = &spread->plan->arena;
    uint32_t functions = program_function_count(program) + 1;
    spread->parameter = intern_find(program->facts->names, spread->request->parameter);
    spread->type = class_of_type(program, spread->request->type);
    spread->depth = arena_array(arena, uint32_t, functions);
    spread->asked = arena_array(arena, bool, functions);
    spread->rows = arena_array(arena, uint32_t, functions);
    spread->source = arena_array(arena, uint32_t, functions);
    spread->taken = arena_array(arena, bool, functions);
    spread->lead = arena_array(arena, StatementId, functions);
    spread->goes = arena_array(arena, bool, program_expr_count(program) + 1);
    spread->replaces = arena_array(arena, bool, program_call_count(program) + 1);
    for (uint32_t i = 0; i < program_replacement_count(program); i++)
        spread->replaces[program_replacement(program, i)->call.index] = true;
}

bool signature_plan(const Program *program, const SignatureRequest *request, SignaturePlan *plan,
                    Diagnostics *diagnostics) {
    Spread spread = {.program = program, .request = request, .plan = plan, .diagnostics = diagnostics};
    spread_open(&spread);
    bool good = spread_find_targets(&spread);
    good = mark_sources(&spread) && good;
    if (good && request->action == SIGNATURE_ADD) good = add(&spread);
    if (good && request->action == SIGNATURE_REMOVE) good = spread_remove(&spread);
    if (good && request->action == SIGNATURE_RENAME) good = spread_rename(&spread);
    vec_release(&spread.targets);
    vec_release(&spread.families);
    vec_release(&spread.replaced);
    return good;
}
