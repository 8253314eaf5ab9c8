// Where time passes between two evaluations of the same code: loops that await, sleep or block, by themselves or through
// what they call, comprehensions that await, and generators. What is read there may be something else the next time.
// Comes in: statements, expressions and call edges. Goes out: StatementFact.waits, ScopeFact.waits. Must rather say too
// often that something waits.
#include "base/bug.h"
#include "python/resolve/resolver.h"

// ---- calls that block ------------------------------------------------------------------------------
// They return when something has happened elsewhere.
static bool blocks_by_name(Str name) {
    static const char *const BLOCKING[] = {"sleep",
                                           "wait",
                                           "wait_for",
                                           "recv",
                                           "recvfrom",
                                           "accept",
                                           "poll",
                                           "select",
                                           "acquire",
                                           "input",
                                           "readline",
                                           "communicate",
                                           "sigwait",
                                           "urlopen",
                                           "check_output",
                                           "check_call",
                                           "blpop",
                                           "brpop",
                                           "consume",
                                           "listen",
                                           "run_forever",
                                           "serve_forever",
                                           "run_until_complete"};
    for (size_t i = 0; i < sizeof BLOCKING / sizeof *BLOCKING; i++)
        if (str_is(name, BLOCKING[i])) return true;
    return false;
}

static bool blocks_by_module(Str dotted) {
    static const char *const MODULES[] = {"subprocess.", "requests.", "httpx.", "urllib.request.",
                                          "socket."};
    for (size_t i = 0; i < sizeof MODULES / sizeof *MODULES; i++)
        if (str_starts_with(dotted, str_from(MODULES[i]))) return true;
    return false;
}

// queue.get(), thread.join(), future.result(timeout=3): those of dictionaries and strings are given something else.
static bool waits_for_other(const Facts *facts, const CallFact *call, Str name) {
    if (!str_is(name, "get") && !str_is(name, "join") && !str_is(name, "result")) return false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        uint8_t kind = facts_expr(facts, argument->value)->kind;
        bool limit =
            argument->kind == ARGUMENT_KEYWORD || kind == EXPR_NUMBER || kind == EXPR_TRUTH;
        if (!limit || str_is(facts_name(facts, argument->name), "default")) return false;
    }
    return true;
}

static bool blocks(const Facts *facts, const CallFact *call) {
    const ExprFact *callee = facts_expr(facts, call->callee);
    Str name = facts_name(facts, callee->name), dotted = facts_name(facts, call->dotted);
    bool sentinel = str_is(dotted, "iter") && call->argument_count == 2; // iter(queue.get, None)
    return blocks_by_name(name) || blocks_by_module(dotted) || sentinel ||
           (callee->kind == EXPR_ATTRIBUTE && waits_for_other(facts, call, name));
}

// ---- what is around --------------------------------------------------------------------------------
static bool is_loop(const StatementFact *statement) {
    return statement->kind == STATEMENT_LOOP || statement->kind == STATEMENT_WHILE;
}

// Marks the loops around STATEMENT, itself included.
static void mark_around(Facts *facts, StatementId statement) {
    while (fact_is(statement)) {
        StatementFact *row = &facts->statements.items[statement.index];
        if (row->kind == STATEMENT_FUNCTION || row->kind == STATEMENT_CLASS) return;
        if (is_loop(row)) row->waits = true;
        statement = row->parent;
    }
}

// The comprehensions that SCOPE is in.
static void mark_scopes(Facts *facts, ScopeId scope) {
    for (; facts_scope(facts, scope)->kind == SCOPE_BLOCK;
         scope = facts_scope(facts, scope)->parent)
        facts_scope_row(facts, scope)->waits = true;
}

static void mark_place(Facts *facts, ExprId expr) {
    mark_around(facts, facts_expr(facts, expr)->statement);
    mark_scopes(facts, facts_expr(facts, expr)->scope);
}

// ---- by themselves ---------------------------------------------------------------------------------
// `with lock:`, whoever has it; `async with`.
static bool enters_slowly(const Facts *facts, ExprId id) {
    const ExprFact *expr = facts_expr(facts, id);
    const StatementFact *statement = facts_statement(facts, expr->statement);
    if (fact_is(expr->parent) || statement->kind != STATEMENT_WITH) return false;
    Str name = facts_name(facts, expr->name);
    Str head =
        facts_text(facts, facts_expr_module(facts, id), statement->start, statement->start + 5);
    return str_is(head, "async") || str_find_str(name, STR("lock")) >= 0 ||
           str_find_str(name, STR("Lock")) >= 0 || str_find_str(name, STR("condition")) >= 0;
}

static void mark_expr(Facts *facts, ExprId id) {
    const ExprFact *expr = facts_expr(facts, id);
    bool stdin_ = expr->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, expr->name), "stdin");
    bool waits =
        expr->kind == EXPR_AWAIT || expr->kind == EXPR_YIELD || enters_slowly(facts, id) || stdin_;
    if (expr->kind == EXPR_CALL) waits = waits || blocks(facts, facts_call(facts, expr->call));
    if (waits) mark_place(facts, id);
    if (expr->kind == EXPR_GENERATOR && fact_is(expr->first_child)) // it runs when somebody asks it
        mark_scopes(facts, facts_expr(facts, expr->first_child)->scope);
}

// `while True` goes on until something breaks it off, `while self.running` until somebody changes that.
static bool waits_for_change(const Facts *facts, ExprId condition) {
    const ExprFact *row = facts_expr(facts, condition);
    if (!fact_is(condition)) return false;
    bool length = row->kind == EXPR_CALL &&
                  str_is(facts_name(facts, facts_expr(facts, row->base)->name), "len");
    if (row->kind == EXPR_ATTRIBUTE || (row->kind == EXPR_CALL && !length)) return true;
    for (ExprId child = row->first_child; fact_is(child);
         child = facts_expr(facts, child)->next_sibling)
        if (waits_for_change(facts, child)) return true;
    return fact_is(row->base) && !length && waits_for_change(facts, row->base);
}

static void mark_while(Facts *facts, StatementFact *statement) {
    uint8_t kind = facts_expr(facts, statement->value)->kind;
    if (kind == EXPR_TRUTH || kind == EXPR_NUMBER || waits_for_change(facts, statement->value))
        statement->waits = true;
}

// ---- by what they call -----------------------------------------------------------------------------
// Calls by what they run: a list for each function.
typedef struct Callers {
    uint32_t *first, *next; // by function; by edge: 1 + index of an edge
    bool *blocks;           // by function: a call of it does not return at once
    Vec(FunctionId) work;
} Callers;

static void add_blocking(const Facts *facts, Callers *callers, FunctionId function) {
    if (!fact_is(function) || callers->blocks[function.index] ||
        (facts_function(facts, function)->flags & FUNCTION_ASYNC))
        return;
    callers->blocks[function.index] = true;
    vec_add(&callers->work, function);
}

static FunctionId function_around(const Facts *facts, ExprId expr) {
    return facts_scope_function(facts, facts_expr(facts, expr)->scope);
}

static void index_callers(const Facts *facts, Callers *callers) {
    for (uint32_t i = 0; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if ((edge->kind != EDGE_CALL && edge->kind != EDGE_CONSTRUCT) || !fact_is(edge->callee))
            continue;
        callers->next[i] = callers->first[edge->callee.index];
        callers->first[edge->callee.index] = i + 1;
    }
    for (uint32_t i = 1; i < facts->calls.count; i++)
        if (blocks(facts, &facts->calls.items[i]))
            add_blocking(facts, callers, function_around(facts, facts->calls.items[i].expr));
}

static void mark_callers(Facts *facts) {
    Callers callers = {
        .first = memory_alloc_zeroed(facts->functions.count + 1, sizeof(uint32_t)),
        .next = memory_alloc_zeroed(facts->edges.count + 1, sizeof(uint32_t)),
        .blocks = memory_alloc_zeroed(facts->functions.count + 1, sizeof(bool)),
    };
    index_callers(facts, &callers);
    while (callers.work.count) {
        FunctionId function = *vec_last(&callers.work);
        callers.work.count--;
        for (uint32_t i = callers.first[function.index]; i; i = callers.next[i - 1]) {
            ExprId expr = facts->edges.items[i - 1].expr;
            mark_place(facts, expr);
            add_blocking(facts, &callers, function_around(facts, expr));
        }
    }
    vec_release(&callers.work);
    free(callers.first);
    free(callers.next);
    free(callers.blocks);
}

void resolve_waits(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++) mark_expr(facts, (ExprId){i});
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (binding->kind != BINDING_ITERATE_ASYNC && binding->kind != BINDING_ENTER_ASYNC)
            continue;
        mark_around(facts, binding->statement);
        mark_scopes(facts, binding->scope);
    }
    for (uint32_t i = 1; i < facts->statements.count; i++)
        if (facts->statements.items[i].kind == STATEMENT_WHILE)
            mark_while(facts, &facts->statements.items[i]);
    mark_callers(facts);
}
