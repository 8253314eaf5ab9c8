// Functions that nothing runs: not called, not handed on, and not mentioned by name anywhere. Comes in:
// callers and every name and string in the tree. Goes out: FunctionPlan.dead. Must not call dead what a name
// in a string, an attribute of an unknown value, a decorator or the rules may run.
#include <stdlib.h>

#include "base/bug.h"
#include "solve/solver.h"

// How the tree speaks of a name.
typedef enum Mention {
    MENTION_NONE,
    MENTION_TEXT, // a string that may be about anything; enough for getattr on an object
    MENTION_NAME, // a name, or a string that can only be one: "app.jobs.run", a table of names
} Mention;

static void mention(uint8_t *mentions, Name name, Mention how) {
    if (mentions[name.index] < how) mentions[name.index] = (uint8_t)how;
}

static void mention_words(const Program *program, Str text, Mention how, uint8_t *mentions) {
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && str_is_word_byte(text.data[end])) end++;
        if (end > at)
            mention(mentions, intern_find(program->facts->names, str_slice(text, at, end)), how);
        at = end > at ? end : at + 1;
    }
}

// A single word that is handed to a call is data, unless the call looks names up.
static Mention how_string_mentions(const Program *program, const ExprFact *expr, Str text) {
    bool dotted = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return MENTION_TEXT;
        dotted = dotted || c == '.' || c == ':';
    }
    const ExprFact *parent = program_expr(program, expr->parent);
    if (dotted || !fact_is(expr->parent) || parent->kind != EXPR_CALL) return MENTION_NAME;
    return program_name_flags(program, parent->base) & NAME_ASKS ? MENTION_NAME : MENTION_TEXT;
}

// By expression: it is what a call runs that resolves for certain.
static bool *find_callees(const Program *program) {
    bool *known = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *known);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_CALL || edge->mixed || !fact_is(edge->call)) continue;
        known[program_call(program, edge->call)->callee.index] =
            edge->evidence != EVIDENCE_UNIQUE_NAME;
    }
    return known;
}

// By name: something in the tree says it, besides a definition and the calls that resolve.
static uint8_t *find_mentions(const Program *program) {
    uint8_t *mentions =
        memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *mentions);
    bool *known = find_callees(program);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        bool is_name = expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE;
        if (is_name && !known[i]) mention(mentions, expr->name, MENTION_NAME);
        if (expr->kind != EXPR_STRING) continue;
        ModuleId module = program_expr_module(program, (ExprId){i});
        Str text = program_text(program, module, expr->start, expr->end);
        mention_words(program, text, how_string_mentions(program, expr, text), mentions);
    }
    for (uint32_t i = 1; i < program_import_count(program); i++)
        mention(mentions, program_import(program, (ImportId){i})->name, MENTION_NAME);
    for (uint32_t i = 1; i < program_argument_count(program); i++)
        mention(mentions, program_argument(program, (ArgumentId){i})->name, MENTION_NAME);
    free(known);
    return mentions;
}

static bool may_run_unseen(const Solver *solver, uint32_t index, const uint8_t *mentions) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    bool on_object = fact_is(function->klass);
    const uint32_t unseen = FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_CONSTRUCTOR |
                            FUNCTION_CREATOR | FUNCTION_LAMBDA | FUNCTION_OVERRIDES_FOREIGN |
                            FUNCTION_WRAPPED;
    return (function->flags & unseen) || solver->public_function[index] ||
           solver->unread_file[function->name.index] || solver->named_function[index] ||
           solver->solution->functions[index].boundary ||
           mentions[function->name.index] >= (on_object ? MENTION_TEXT : MENTION_NAME);
}

bool dead_runs_at(const Solver *solver, ExprId expr) {
    FunctionId function =
        program_scope_function(solver->program, program_expr(solver->program, expr)->scope);
    for (; fact_is(function); function = program_function(solver->program, function)->enclosing)
        if (solver->solution->functions[function.index].dead) return true;
    return false;
}

// All who call a member of the family are dead; true also when nobody does.
static bool only_dead_call(const Solver *solver, uint32_t family) {
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++) {
        uint32_t member = *members.at;
        for (RowList callers = program_callers(solver->program, (FunctionId){member});
             callers.at < callers.end; callers.at++)
            if (!dead_runs_at(solver, program_edge(solver->program, *callers.at)->expr))
                return false;
    }
    return true;
}

// Greatest fixpoint: assume that all run nowhere whom nobody can run unseen, and strike out whom a live
// place calls.
void solver_find_dead(Solver *solver) {
    const Program *program = solver->program;
    FunctionPlan *plans = solver->solution->functions;
    uint8_t *mentions = find_mentions(program);
    bool *unseen = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *unseen);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (may_run_unseen(solver, i, mentions))
            unseen[program_function(program, (FunctionId){i})->family] = true;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        plans[i].dead = !unseen[program_function(program, (FunctionId){i})->family];
    bool down = true; // callers stand above or below what they call: sweeps go both ways in turn
    for (bool changed = true; changed; down = !down) {
        changed = false;
        for (uint32_t k = 1; k < program_function_count(program); k++) {
            uint32_t i = down ? k : program_function_count(program) - k;
            if (!plans[i].dead ||
                only_dead_call(solver, program_function(program, (FunctionId){i})->family))
                continue;
            plans[i].dead = false;
            changed = true;
        }
    }
    free(unseen);
    free(mentions);
}
