// Parameters that change their type: void *privdata -> struct dict *d. In: rules that name a field, and arguments that
// are this field of something. Out: every parameter that such an argument gets to, with the parameters of all that move
// with it, and the arguments, which become what the field belongs to; or what stands against it, and nothing.
//
//     d->type->compare(d->privdata, a, b);         d->type->compare(d, a, b);
//     int (*compare)(void *privdata, ...);         int (*compare)(struct dict *d, ...);
//     int by_text(void *privdata, ...)             int by_text(struct dict *d, ...)
//         return by_bytes(privdata, ...);              return by_bytes(d, ...);
#include "program/index.h"
#include "program/name.h"
#include "solve/find/retype.h"

typedef struct Retyping {
    Solver *solver;
    uint32_t rule;
    Vec(Slot) slots; // the first DONE of them are looked through
    uint32_t done;
    Map known;       // (family, index) -> 1
    bool failed;
} Retyping;

// ---- what stands against it ------------------------------------------------------------------------
static void fail_at(Retyping *retyping, Span span, const char *what, Str name) {
    Solver *solver = retyping->solver;
    const RetypeRule *rule = &solver->program->rules->retypes.items[retyping->rule];
    if (retyping->failed) return;
    retyping->failed = true;
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W415, span, "'%.*s' stays as it is: '%.*s' %s",
                   STR_ARG(rule->field.text), STR_ARG(name), what);
    diagnostic_help(solver->diagnostics, "all that may be called with it must change with it");
}

static void fail_function(Retyping *retyping, FunctionId id, const char *what) {
    const Program *program = retyping->solver->program;
    const FunctionFact *function = program_function(program, id);
    Span span = {program_module_file(program, function->module), function->name_start, function->name_end};
    fail_at(retyping, span, what, program_name(program, function->qualified));
}

static void fail_call(Retyping *retyping, CallId id, FunctionId callee, const char *what) {
    const Program *program = retyping->solver->program;
    const CallFact *call = program_call(program, id);
    Name name = program_function(program, callee)->qualified;
    fail_at(retyping, program_expr_span(program, call->expr), what, program_name(program, name));
}

// ---- slots -----------------------------------------------------------------------------------------
static void add_slot(Retyping *retyping, FunctionId callee, uint32_t index) {
    uint32_t family = program_function(retyping->solver->program, callee)->family, known = 0;
    if (map_get(&retyping->known, map_key(family, index), &known)) return;
    map_put(&retyping->known, map_key(family, index), 1);
    vec_add(&retyping->slots, ((Slot){family, index}));
}

// All that the call may run takes it.
static bool add_callees(Retyping *retyping, CallId call, uint32_t index) {
    const Program *program = retyping->solver->program;
    RowList edges = program_call_edges(program, call);
    bool any = false;
    for (; edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        bool macro = program_function(program, edge->callee)->flags & FUNCTION_MACRO; // takes anything
        if (edge->kind != EDGE_CALL || macro) continue;
        add_slot(retyping, edge->callee, index);
        any = true;
    }
    return any;
}

uint32_t retype_index_of(const Program *program, ArgumentId argument) {
    return argument.index - program_call(program, program_argument(program, argument)->call)->first_argument;
}

static bool is_field(const Retyping *retyping, const ArgumentFact *argument) {
    const Program *program = retyping->solver->program;
    const RetypeRule *rule = &program->rules->retypes.items[retyping->rule];
    return argument->member.index && program_is_named(program, rule->field.text, program_name(program, argument->member));
}

static void find_first(Retyping *retyping) {
    const Program *program = retyping->solver->program;
    for (uint32_t i = 1; i < program_argument_count(program); i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){i});
        if (!is_field(retyping, argument)) continue;
        if (!solver_is_within(retyping->solver, program_call(program, argument->call)->module)) continue;
        add_callees(retyping, argument->call, retype_index_of(program, (ArgumentId){i}));
    }
}

// ---- one slot --------------------------------------------------------------------------------------
// Where it is handed on as it is.
static void follow_reads(Retyping *retyping, SymbolId symbol) {
    const Program *program = retyping->solver->program;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        ExprId around = program_expr(program, (ExprId){*reads.at})->parent;
        CallId call = program_expr(program, around)->call;
        const CallFact *row = program_call(program, call);
        for (uint32_t i = 0; fact_is(call) && i < row->argument_count; i++)
            if (program_argument(program, (ArgumentId){row->first_argument + i})->value.index == *reads.at)
                add_callees(retyping, call, i);
    }
}

static void look_at_function(Retyping *retyping, FunctionId id, uint32_t index) {
    Solver *solver = retyping->solver;
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    const ModuleFact *module = program_module(program, function->module);
    const LanguageWriter *writer = module->language->writer;
    if (function->flags & FUNCTION_HOLDS_FAMILY)
        fail_function(retyping, id, "is used or declared where nothing can be edited");
    else if (solver->public_function[id.index] || solver_keeps_signature(solver, id))
        fail_function(retyping, id, "keeps its parameters");
    else if (module->left_out || !solver_is_within(solver, function->module))
        fail_function(retyping, id, "stands in a file that stays");
    else if (index >= function->parameter_count ||
             !writer->is_untyped(program->facts, (ParameterId){function->first_parameter + index}))
        fail_function(retyping, id, "takes something else there");
    else
        follow_reads(retyping, program_parameter(program, (ParameterId){function->first_parameter + index})->symbol);
}

static void look_through(Retyping *retyping) {
    const Program *program = retyping->solver->program;
    for (; retyping->done < retyping->slots.count; retyping->done++) {
        Slot slot = retyping->slots.items[retyping->done];
        RowList members = program_members(program, slot.family);
        for (; members.at < members.end; members.at++)
            look_at_function(retyping, (FunctionId){*members.at}, slot.index);
    }
}

// ---- whoever else calls it -------------------------------------------------------------------------
ParameterId retype_own_parameter(const Program *program, const ArgumentFact *argument) {
    SymbolId symbol = fact_is(argument->value) ? program_symbol_of(program, argument->value) : FACT_NONE(SymbolId);
    if (!fact_is(symbol)) return FACT_NONE(ParameterId);
    return program_binding(program, program_symbol(program, symbol)->first_binding)->parameter;
}

// The parameter of a slot, as it is.
static bool is_slot(const Retyping *retyping, const ArgumentFact *argument) {
    const Program *program = retyping->solver->program;
    ParameterId parameter = retype_own_parameter(program, argument);
    if (!fact_is(parameter)) return false;
    const FunctionFact *function = program_function(program, program_parameter(program, parameter)->function);
    uint32_t known = 0;
    return map_get(&retyping->known, map_key(function->family, parameter.index - function->first_parameter), &known);
}

static bool is_nothing(const Program *program, const ArgumentFact *argument) {
    ModuleId module = program_call(program, argument->call)->module;
    Str text = program_text(program, module, argument->start, argument->end);
    const Language *language = program_module(program, module)->language;
    return language->is_nothing && language->is_nothing(text);
}

static void judge_call(Retyping *retyping, const EdgeFact *edge, uint32_t index) {
    Solver *solver = retyping->solver;
    const Program *program = solver->program;
    if (edge->kind != EDGE_CALL) {
        fail_function(retyping, edge->callee, "is a value that nobody follows");
        return;
    }
    const CallFact *call = program_call(program, edge->call);
    if (solver_is_frozen(solver, edge->expr) || index >= call->argument_count) {
        fail_call(retyping, edge->call, edge->callee, "is called where nothing can change");
        return;
    }
    const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + index});
    if (!is_field(retyping, argument) && !is_slot(retyping, argument) && !is_nothing(program, argument))
        fail_call(retyping, edge->call, edge->callee, "is given something else here");
}

static void judge_calls(Retyping *retyping) {
    const Program *program = retyping->solver->program;
    for (uint32_t i = 0; i < retyping->slots.count; i++) {
        Slot slot = retyping->slots.items[i];
        RowList members = program_members(program, slot.family);
        for (; members.at < members.end; members.at++) {
            RowList callers = program_callers(program, (FunctionId){*members.at});
            for (; callers.at < callers.end; callers.at++)
                judge_call(retyping, program_edge(program, *callers.at), slot.index);
        }
    }
}

// ---- the result --------------------------------------------------------------------------------------
static void keep(const Retyping *retyping) {
    const Program *program = retyping->solver->program;
    Solution *solution = retyping->solver->solution;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        for (uint32_t k = 0; k < function->parameter_count; k++) {
            uint32_t known = 0;
            if (map_get(&retyping->known, map_key(function->family, k), &known))
                vec_add(&solution->retyped, ((Retyped){retyping->rule, {function->first_parameter + k}, {0}}));
        }
    }
    for (uint32_t i = 1; i < program_argument_count(program); i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){i});
        RowList edges = program_call_edges(program, argument->call);
        if (!is_field(retyping, argument) || edges.at == edges.end) continue;
        const EdgeFact *edge = program_edge(program, *edges.at);
        uint32_t family = program_function(program, edge->callee)->family, known = 0;
        if (map_get(&retyping->known, map_key(family, retype_index_of(program, (ArgumentId){i})), &known))
            vec_add(&solution->retyped, ((Retyped){retyping->rule, {0}, {i}}));
    }
}

void solver_find_retyped(Solver *solver) {
    for (uint32_t i = 0; i < solver->program->rules->retypes.count; i++) {
        Retyping retyping = {.solver = solver, .rule = i};
        find_first(&retyping);
        look_through(&retyping);
        judge_calls(&retyping);
        if (!retyping.failed) keep(&retyping);
        if (!retyping.failed && solver->program->rules->retypes.items[i].removes) retype_find_lost(solver, i);
        vec_release(&retyping.slots);
        map_release(&retyping.known);
    }
}
