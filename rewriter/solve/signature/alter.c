// A parameter that goes, or gets another name. In: the functions of a request. Out: rows of the plan for signatures,
// bodies and calls of their whole families, or an error for each place that would break: one that still reads what
// goes, or where the new name means something already.
#include "base/bug.h"
#include "facts/stretch.h"
#include "solve/signature/place.h"


// Families of the targets, each once.
static void find_families(Spread *spread) {
    for (uint32_t i = 0; i < spread->targets.count; i++) {
        uint32_t family = program_function(spread->program, spread->targets.items[i])->family;
        if (spread->depth[family] == 0) vec_add(&spread->families, family);
        spread->depth[family] = 1;
    }
}

static bool refuse_function(Spread *spread, FunctionId function, const char *why) {
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E510, spread_span(spread->program, function),
                   "the parameter '%.*s' of '%.*s' cannot change", STR_ARG(spread->request->parameter),
                   STR_ARG(spread_name(spread, function)));
    diagnostic_note(spread->diagnostics, "%s", why);
    return false;
}

static bool refuse_place(Spread *spread, Span span, const char *what, const char *why) {
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E511, span, "%s", what);
    diagnostic_note(spread->diagnostics, "%s", why);
    return false;
}

// Every member has it, or the family is not as it was thought to be.
static bool check_members(Spread *spread, uint32_t family) {
    const Program *program = spread->program;
    RowList members = program_members(program, family);
    bool good = true;
    for (; members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        const FunctionFact *function = program_function(program, member);
        if (!fact_is(spread_own_parameter(spread, member)))
            good = refuse_function(spread, member, "it has no such parameter");
        else if (spread_is_left_alone(program, function->module))
            good = refuse_function(spread, member, "its file is not edited");
        else if (function->flags & (FUNCTION_FIXED_SIGNATURE | FUNCTION_OVERRIDES_FOREIGN))
            good = refuse_function(spread, member, "something outside the tree may call it");
        else if (function->flags & FUNCTION_LAMBDA)
            good = refuse_function(spread, member, "a lambda is called by whoever got it");
    }
    return good;
}

// ---- who reads it ---------------------------------------------------------------------------------
// A name that means the parameter of FUNCTION; those stand in its own file.
static bool reads_parameter(const Spread *spread, ExprId expr, FunctionId function) {
    const Program *program = spread->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_NAME || !name_equal(row->name, spread->parameter)) return false;
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return false;
    ParameterId parameter =
        program_binding(program, program_symbol(program, symbol)->first_binding)->parameter;
    return fact_is(parameter) && fact_same(program_parameter(program, parameter)->function, function);
}

static Str argument_text(const Spread *spread, const ArgumentFact *argument) {
    ModuleId module = program_call(spread->program, argument->call)->module;
    return program_text(spread->program, module, argument->start, argument->end);
}

// What of CALL goes to the parameter; none when nothing does. False where that cannot be told.
static bool find_argument(const Spread *spread, const EdgeFact *edge, FunctionId callee, ArgumentId *found,
                          const char **why) {
    const Program *program = spread->program;
    const CallFact *call = program_call(program, edge->call);
    ParameterId own = spread_own_parameter(spread, callee);
    const FunctionFact *function = program_function(program, callee);
    bool positional = program_parameter(program, own)->kind <= PARAMETER_POSITIONAL;
    uint32_t index = place_index(program, callee, own.index - function->first_parameter) +
                     (edge->explicit_receiver ? 1 : 0);
    uint32_t passed = 0;
    bool unpacks = false;
    *found = FACT_NONE(ArgumentId);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ArgumentId id = {call->first_argument + i};
        const ArgumentFact *argument = program_argument(program, id);
        if (argument->kind == ARGUMENT_REST) unpacks = true;
        if (name_equal(argument->name, spread->parameter)) *found = id;
        if (argument->kind != ARGUMENT_POSITIONAL) continue;
        if (positional && !unpacks && passed == index) *found = id;
        passed++;
    }
    *why = "it unpacks a list among its arguments, and nobody knows which of them goes to the parameter";
    return fact_is(*found) || !unpacks || !positional;
}

static bool is_name(const Program *program, ExprId expr) {
    ExprKind kind = (ExprKind)program_expr(program, expr)->kind;
    return kind != EXPR_CALL && kind != EXPR_AWAIT && kind != EXPR_YIELD && kind != EXPR_WALRUS;
}

static bool remove_at_call(Spread *spread, const EdgeFact *edge) {
    const Program *program = spread->program;
    FunctionId callee = edge->callee;
    if (edge->kind == EDGE_CONSTRUCT) callee = program_class(program, edge->klass)->constructor;
    if (!fact_is(callee) || !fact_is(spread_own_parameter(spread, callee))) return true;
    Span span = program_expr_span(program, edge->expr);
    ArgumentId argument;
    const char *why;
    if (!find_argument(spread, edge, callee, &argument, &why))
        return refuse_place(spread, span, "nobody can say what this call passes for the parameter", why);
    if (!fact_is(argument)) return true;
    if (edge->mixed || spread_is_left_alone(program, program_expr_module(program, edge->expr)))
        return refuse_place(spread, span, "this call goes on passing the argument",
                            edge->mixed ? "what it calls may be something else, too" : "its file is not edited");
    const ArgumentFact *row = program_argument(program, argument);
    if (!is_name(program, row->value)) {
        diagnostic_add(spread->diagnostics, DIAGNOSTIC_W304, span, "what '%.*s' does is not done any more",
                       STR_ARG(argument_text(spread, row)));
        diagnostic_help(spread->diagnostics, "when something depends on it, call it in a statement of its own");
    }
    vec_add(&spread->plan->lost_arguments, argument);
    return true;
}

static bool check_reads(Spread *spread, FunctionId function) {
    const Program *program = spread->program;
    Stretch exprs = facts_exprs_of(program->facts, program_function(program, function)->module);
    bool good = true;
    for (uint32_t i = exprs.first; i < exprs.end; i++) {
        if (!reads_parameter(spread, (ExprId){i}, function)) continue;
        good = refuse_place(spread, program_expr_span(program, (ExprId){i}), "the parameter is still used here",
                            "it cannot go before this does; take the use out first");
    }
    return good;
}

static bool remove_family(Spread *spread, uint32_t family, bool *seen) {
    const Program *program = spread->program;
    bool good = check_members(spread, family);
    RowList members = program_members(program, family);
    for (RowList at = members; good && at.at < at.end; at.at++) good = check_reads(spread, (FunctionId){*at.at}) && good;
    if (!good) return false;
    for (; members.at < members.end; members.at++)
        vec_add(&spread->plan->lost_parameters, spread_own_parameter(spread, (FunctionId){*members.at}));
    RowNumbers edges = spread_callers(program, family);
    for (uint32_t i = 0; i < edges.count; i++) {
        const EdgeFact *edge = program_edge(program, edges.items[i]);
        bool called = edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT;
        if (!called) {
            good = refuse_place(spread, program_expr_span(program, edge->expr), "the function is handed on here as a value",
                                "nobody can see with which arguments that is called");
        } else if (!seen[edge->call.index]) {
            seen[edge->call.index] = true;
            good = remove_at_call(spread, edge) && good;
        }
    }
    vec_release(&edges);
    return good;
}

bool spread_remove(Spread *spread) {
    find_families(spread);
    bool *seen = memory_alloc_zeroed(program_call_count(spread->program) + 1, sizeof *seen);
    bool good = true;
    for (uint32_t i = 0; i < spread->families.count; i++)
        good = remove_family(spread, spread->families.items[i], seen) && good;
    free(seen);
    return good;
}

// ---- another name -----------------------------------------------------------------------------------
static void rename_at(Spread *spread, ModuleId module, uint32_t start, uint32_t length) {
    SignatureText text = {module, start, start + length, spread->request->new_name, FACT_NONE(ExprId)};
    vec_add(&spread->plan->texts, text);
}

// The new name is bound or read in FUNCTION, or in one inside it.
static bool is_in_use(const Spread *spread, FunctionId id, Name name) {
    const Program *program = spread->program;
    if (!name.index) return false;
    ScopeId body = program_function(program, id)->body;
    if (fact_is(program_symbol_in(program, body, name))) return true;
    Stretch exprs = facts_exprs_of(program->facts, program_function(program, id)->module);
    for (uint32_t i = exprs.first; i < exprs.end; i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind != EXPR_NAME || !name_equal(expr->name, name)) continue;
        for (ScopeId scope = expr->scope; fact_is(scope); scope = program_scope(program, scope)->parent)
            if (fact_same(scope, body)) return true;
    }
    return false;
}

static bool rename_members(Spread *spread, uint32_t family) {
    const Program *program = spread->program;
    Name name = intern_find(program->facts->names, spread->request->new_name);
    RowList members = program_members(program, family);
    bool good = true;
    for (; members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        if (is_in_use(spread, member, name)) {
            good = refuse_function(spread, member, "the new name means something else in it");
            continue;
        }
        ParameterId own = spread_own_parameter(spread, member);
        const BindingFact *binding =
            program_binding(program, program_symbol(program, program_parameter(program, own)->symbol)->first_binding);
        rename_at(spread, program_function(program, member)->module, binding->start,
                  (uint32_t)spread->request->parameter.length);
    }
    return good;
}

static void rename_reads(Spread *spread, FunctionId function) {
    const Program *program = spread->program;
    Stretch exprs = facts_exprs_of(program->facts, program_function(program, function)->module);
    for (uint32_t i = exprs.first; i < exprs.end; i++)
        if (reads_parameter(spread, (ExprId){i}, function))
            rename_at(spread, program_expr_module(program, (ExprId){i}), program_expr(program, (ExprId){i})->start,
                      (uint32_t)spread->request->parameter.length);
}

static bool rename_at_call(Spread *spread, const CallFact *call) {
    const Program *program = spread->program;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        if (!name_equal(argument->name, spread->parameter)) continue;
        if (spread_is_left_alone(program, call->module))
            return refuse_place(spread, program_expr_span(program, call->expr), "this call goes on using the old name",
                                "its file is not edited");
        rename_at(spread, call->module, argument->start, (uint32_t)spread->request->parameter.length);
    }
    return true;
}

static bool rename_calls(Spread *spread, uint32_t family, bool *seen) {
    const Program *program = spread->program;
    bool good = true;
    RowNumbers edges = spread_callers(program, family);
    for (uint32_t i = 0; i < edges.count; i++) {
        const EdgeFact *edge = program_edge(program, edges.items[i]);
        if (!fact_is(edge->call) || seen[edge->call.index]) continue; // a value is called by position, perhaps
        seen[edge->call.index] = true;
        good = rename_at_call(spread, program_call(program, edge->call)) && good;
    }
    vec_release(&edges);
    return good;
}

static int compare_texts(const void *a, const void *b) {
    const SignatureText *left = a, *right = b;
    if (left->module.index != right->module.index) return left->module.index < right->module.index ? -1 : 1;
    return (left->start > right->start) - (left->start < right->start);
}

bool spread_rename(Spread *spread) {
    find_families(spread);
    bool *seen = memory_alloc_zeroed(program_call_count(spread->program) + 1, sizeof *seen);
    bool good = true;
    for (uint32_t i = 0; i < spread->families.count; i++) {
        uint32_t family = spread->families.items[i];
        if (!check_members(spread, family) || !rename_members(spread, family)) {
            good = false;
            continue;
        }
        RowList members = program_members(spread->program, family);
        for (; members.at < members.end; members.at++) rename_reads(spread, (FunctionId){*members.at});
        good = rename_calls(spread, family, seen) && good;
    }
    free(seen);
    SignaturePlan *plan = spread->plan;
    if (plan->texts.count > 1) qsort(plan->texts.items, plan->texts.count, sizeof *plan->texts.items, compare_texts);
    return good;
}
