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

static void mention_words(const Facts *facts, Str text, Mention how, uint8_t *mentions) {
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && str_is_word_byte(text.data[end])) end++;
        if (end > at) mention(mentions, intern_find(facts->names, str_slice(text, at, end)), how);
        at = end > at ? end : at + 1;
    }
}

// A single word that is handed to a call is data, unless the call looks names up.
static Mention how_string_mentions(const Facts *facts, const ExprFact *expr, Str text) {
    bool dotted = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return MENTION_TEXT;
        dotted = dotted || c == '.' || c == ':';
    }
    const ExprFact *parent = facts_expr(facts, expr->parent);
    if (dotted || !fact_is(expr->parent) || parent->kind != EXPR_CALL) return MENTION_NAME;
    Str callee = facts_name(facts, facts_expr(facts, parent->base)->name);
    return str_ends_with(callee, STR("attr")) ? MENTION_NAME : MENTION_TEXT;
}

// By expression: it is what a call runs that resolves for certain.
static bool *find_callees(const Facts *facts) {
    bool *known = memory_alloc_zeroed(facts->exprs.count + 1, sizeof *known);
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind != EDGE_CALL || edge->mixed || !fact_is(edge->call)) continue;
        known[facts_call(facts, edge->call)->callee.index] =
            edge->evidence != EVIDENCE_UNIQUE_NAME;
    }
    return known;
}

// By name: something in the tree says it, besides a definition and the calls that resolve.
static uint8_t *find_mentions(const Facts *facts) {
    uint8_t *mentions = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *mentions);
    bool *known = find_callees(facts);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        bool is_name = expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE;
        if (is_name && !known[i]) mention(mentions, expr->name, MENTION_NAME);
        if (expr->kind != EXPR_STRING) continue;
        ModuleId module = facts_expr_module(facts, (ExprId){i});
        Str text = facts_text(facts, module, expr->start, expr->end);
        mention_words(facts, text, how_string_mentions(facts, expr, text), mentions);
    }
    for (uint32_t i = 1; i < facts->imports.count; i++)
        mention(mentions, facts->imports.items[i].name, MENTION_NAME);
    for (uint32_t i = 1; i < facts->arguments.count; i++)
        mention(mentions, facts->arguments.items[i].name, MENTION_NAME);
    free(known);
    return mentions;
}

static bool may_run_unseen(const Solver *solver, uint32_t index, const uint8_t *mentions) {
    const FunctionFact *function = &solver->facts->functions.items[index];
    bool on_object = fact_is(function->klass);
    const uint32_t unseen = FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_CONSTRUCTOR |
                            FUNCTION_CREATOR | FUNCTION_LAMBDA | FUNCTION_OVERRIDES_FOREIGN |
                            FUNCTION_WRAPPED;
    return (function->flags & unseen) || solver->public_function[index] ||
           solver->unread_file[function->name.index] ||
           solver->solution->functions[index].boundary ||
           mentions[function->name.index] >= (on_object ? MENTION_TEXT : MENTION_NAME);
}

bool dead_runs_at(const Solver *solver, ExprId expr) {
    FunctionId function =
        facts_scope_function(solver->facts, facts_expr(solver->facts, expr)->scope);
    for (; fact_is(function); function = facts_function(solver->facts, function)->enclosing)
        if (solver->solution->functions[function.index].dead) return true;
    return false;
}

// All who call a member of the family are dead; true also when nobody does.
static bool only_dead_call(const Solver *solver, uint32_t family) {
    for (uint32_t m = solver->members.first[family]; m < solver->members.first[family + 1]; m++) {
        uint32_t member = solver->members.items[m];
        for (uint32_t i = solver->callers.first[member]; i < solver->callers.first[member + 1];
             i++)
            if (!dead_runs_at(solver, solver->facts->edges.items[solver->callers.items[i]].expr))
                return false;
    }
    return true;
}

// Greatest fixpoint: assume that all run nowhere whom nobody can run unseen, and strike out whom a live
// place calls.
void solver_find_dead(Solver *solver) {
    const Facts *facts = solver->facts;
    FunctionPlan *plans = solver->solution->functions;
    uint8_t *mentions = find_mentions(facts);
    bool *unseen = memory_alloc_zeroed(facts->functions.count + 1, sizeof *unseen);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (may_run_unseen(solver, i, mentions)) unseen[facts->functions.items[i].family] = true;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        plans[i].dead = !unseen[facts->functions.items[i].family];
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 1; i < facts->functions.count; i++) {
            if (!plans[i].dead || only_dead_call(solver, facts->functions.items[i].family))
                continue;
            plans[i].dead = false;
            changed = true;
        }
    }
    free(unseen);
    free(mentions);
}
