// What functions, calls and values become. In: the families that gain the parameter. Out: the rows of the plan, or an
// error for each place that cannot follow: a plan never leaves a call behind that would no longer run.
#include "base/bug.h"

#include "base/message.h"
#include "program/forward.h"
#include "solve/signature/place.h"

// What a call may run, taken together.
typedef struct Callees {
    uint32_t index;     // arguments by position before the parameter: the least of all
    bool some;          // some take it by position
    bool differ;        // not all at the same place
    bool by_name;       // all take it by name
    bool followed;      // place_is_followed of one
    const char *refusal;// NULL: all take it
} Callees;

bool spread_takes(const Spread *spread, FunctionId id) {
    return fact_is(spread_own_parameter(spread, id)) ||
           spread->depth[program_function(spread->program, id)->family] > 0;
}

// ---- functions --------------------------------------------------------------------------------------
static const char *place_family(Spread *spread, uint32_t family, int32_t position, FunctionId *where) {
    uint32_t first = spread->plan->functions.count;
    RowList members = program_members(spread->program, family);
    for (; members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        if (fact_is(spread_own_parameter(spread, member))) continue;
        SignatureFunction row;
        const char *obstacle = place_in_function(spread, member, position, &row);
        if (obstacle != NULL) {
            spread->plan->functions.count = first;
            *where = member;
            return obstacle;
        }
        vec_add(&spread->plan->functions, row);
    }
    return NULL;
}

// Callers on the way take it by name where its place is not to be had; a function that was asked for does not.
static bool place_all(Spread *spread) {
    bool good = true;
    for (uint32_t i = 0; i < spread->families.count; i++) {
        uint32_t family = spread->families.items[i];
        FunctionId where;
        const char *obstacle = place_family(spread, family, spread->request->position, &where);
        if (obstacle == NULL) continue;
        if (!spread->asked[family]) {
            place_family(spread, family, POSITION_KEYWORD, &where);
            continue;
        }
        diagnostic_add(spread->diagnostics, DIAGNOSTIC_E510, spread_span(spread->program, where),
                       "the parameter cannot stand there in '%.*s'", STR_ARG(spread_name(spread, where)));
        diagnostic_note(spread->diagnostics, "%s", obstacle);
        good = false;
    }
    for (uint32_t i = 0; i < spread->plan->functions.count; i++)
        spread->rows[spread->plan->functions.items[i].function.index] = i + 1;
    return good;
}

// ---- what a call runs ---------------------------------------------------------------------------------
static bool takes_keywords(const Program *program, const FunctionFact *function) {
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind ==
            PARAMETER_KEYWORD_REST)
            return true;
    return false;
}

static void take_place(uint32_t index, bool keyword, bool named, Callees *callees) {
    if (!named) callees->by_name = false;
    if (keyword) return;
    if (callees->some && callees->index != index) callees->differ = true;
    if (!callees->some || index < callees->index) callees->index = index;
    callees->some = true;
}

// A new parameter before `/` has no name.
static bool has_name(const Program *program, const SignatureFunction *row) {
    const FunctionFact *function = program_function(program, row->function);
    for (uint32_t i = row->place; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind ==
            PARAMETER_SLASH_MARK)
            return false;
    return true;
}

// RECEIVERS stand among the arguments: Base.load(self, key).
static void add_callee(const Spread *spread, FunctionId id, uint32_t receivers, Callees *callees) {
    const Program *program = spread->program;
    const FunctionFact *function = program_function(program, id);
    ParameterId own = spread_own_parameter(spread, id);
    if (fact_is(own)) {
        ParameterKind kind = program_parameter(program, own)->kind;
        uint32_t index = place_index(program, id, own.index - function->first_parameter) + receivers;
        take_place(index, kind == PARAMETER_KEYWORD, kind != PARAMETER_POSITIONAL_ONLY, callees);
        if (place_is_followed(program, id, own.index - function->first_parameter + 1)) callees->followed = true;
    } else if (spread->rows[id.index] > 0) {
        const SignatureFunction *row = &spread->plan->functions.items[spread->rows[id.index] - 1];
        take_place(place_index(program, id, row->place) + receivers, row->keyword, has_name(program, row), callees);
        if (!row->keyword && place_is_followed(program, id, row->place)) callees->followed = true;
    } else if (!takes_keywords(program, function)) {
        Str name = function->flags & FUNCTION_LAMBDA ? STR("a lambda") : spread_name(spread, id);
        callees->refusal =
            message_format(&spread->plan->arena, "it may also run %.*s, which does not take the parameter", STR_ARG(name)).data;
    }
}

static bool gets_constructor(const Spread *spread, ClassId klass) {
    for (uint32_t i = 0; i < spread->plan->classes.count; i++)
        if (program_is_subclass(spread->program, klass, spread->plan->classes.items[i])) return true;
    return false;
}

static void add_edge(const Spread *spread, const EdgeFact *edge, Callees *callees) {
    const Program *program = spread->program;
    if (edge->mixed) callees->refusal = "what it calls may be something outside the tree, too";
    if (edge->wrapped) callees->refusal = "a wrapper stands before what it calls, and hands no such argument on";
    if (edge->kind != EDGE_CONSTRUCT) {
        add_callee(spread, edge->callee, edge->explicit_receiver ? 1 : 0, callees);
        return;
    }
    for (RowList made = program_made_classes(program, edge); made.at < made.end; made.at++) {
        const ClassFact *klass = program_class(program, (ClassId){*made.at});
        if (fact_is(klass->creator)) add_callee(spread, klass->creator, 0, callees);
        if (fact_is(klass->constructor))
            add_callee(spread, klass->constructor, 0, callees);
        else if (!fact_is(klass->creator) && !gets_constructor(spread, (ClassId){*made.at}))
            callees->refusal = "it may also make an instance of a class whose constructor does not take the parameter";
    }
}

static Callees callees_of(const Spread *spread, CallId call) {
    Callees callees = {.by_name = true};
    for (RowList edges = program_call_edges(spread->program, call); edges.at < edges.end; edges.at++)
        add_edge(spread, program_edge(spread->program, *edges.at), &callees);
    return callees;
}

// ---- calls --------------------------------------------------------------------------------------------
static bool refuse(Spread *spread, ExprId expr, const char *what, const char *why, const char *help) {
    const Program *program = spread->program;
    const ExprFact *row = program_expr(program, expr);
    Span span = program_expr_span(program, expr);
    if (row->kind == EXPR_CALL && fact_is(row->call))
        span.end = span.start + (program_call(program, row->call)->open - row->start);
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E511, span, "%s", what);
    diagnostic_note(spread->diagnostics, "%s", why);
    diagnostic_help(spread->diagnostics, "%s", help);
    return false;
}

static const char EMPTY_HANDED[] = "this call has nothing to pass for the new parameter";
static const char CANNOT_PASS[] = "this call cannot pass the new parameter";
static const char OFFER[] =
    "say what such calls pass (--value), where the value comes from (--until and --from), or what it is when "
    "it is not passed (--default)";
static const char OFFER_DEFAULT[] = "give the parameter a --default, change the call by hand first, or exclude what it calls";

// Why the function around could not be asked.
static bool refuse_empty(Spread *spread, ExprId expr, FunctionId asks) {
    if (!fact_is(asks))
        return refuse(spread, expr, EMPTY_HANDED, "it stands at module level, where nothing is passed", OFFER);
    Span where;
    const char *obstacle = spread_obstacle(spread, program_function(spread->program, asks)->family, &where);
    if (obstacle == NULL) obstacle = "the function around it is too far away (--hops)";
    return refuse(spread, expr, EMPTY_HANDED, obstacle, OFFER);
}

static bool has_default(const Spread *spread) { return spread->request->default_value.length > 0; }

// As it stands it passes nothing for the parameter, which has a default, and all else arrives where it did.
static bool may_stay(const Spread *spread, CallId call, const Callees *callees) {
    Positional passed = place_positional(spread->program, call);
    bool pushed = callees->some && (passed.count > callees->index || (passed.unpacks && callees->followed));
    return has_default(spread) && !pushed;
}

// What it is not told, and has not at hand, is the default when something stands behind it.
static SignatureSupply supply_or_default(const Spread *spread, ExprId expr) {
    SignatureSupply supply = spread_supply(spread, expr);
    if (supply.kind == SUPPLY_NOTHING && has_default(spread))
        supply = (SignatureSupply){SUPPLY_TEXT, spread->request->default_value, FACT_NONE(FunctionId)};
    return supply;
}

// What the request says means something there; NULL, or why it cannot be passed.
static const char *text_obstacle(Spread *spread, ExprId expr, const SignatureSupply *supply) {
    if (supply->kind != SUPPLY_TEXT) return NULL;
    Str name = spread_unknown_name(spread, program_expr(spread->program, expr)->scope, supply->text);
    if (name.length == 0) return NULL;
    return message_format(&spread->plan->arena, "'%.*s' means nothing here, which '%.*s' begins with or contains",
                        STR_ARG(name), STR_ARG(supply->text)).data;
}

static bool settle_call(Spread *spread, CallId id) {
    const Program *program = spread->program;
    const CallFact *call = program_call(program, id);
    Callees callees = callees_of(spread, id);
    const char *obstacle = callees.refusal;
    bool stays = may_stay(spread, id, &callees);
    if (spread_is_left_alone(program, call->module)) obstacle = "its file is not edited";
    SignatureSupply supply = stays ? spread_supply(spread, call->expr) : supply_or_default(spread, call->expr);
    SignatureCall row = {.call = id,
                         .expr = call->expr,
                         .place = call->argument_count,
                         .by_name = true,
                         .value = supply.text,
                         .at_hand = supply.kind == SUPPLY_AT_HAND};
    if (obstacle == NULL && callees.differ && place_positional(program, id).count > callees.index)
        obstacle = "the functions that it may run have the parameter at different places";
    else if (obstacle == NULL && callees.some && !callees.differ)
        obstacle = place_in_call(spread, id, callees.index, callees.by_name, callees.followed, &row);
    if (stays && (obstacle != NULL || supply.kind == SUPPLY_NOTHING)) return true;
    if (obstacle == NULL) obstacle = text_obstacle(spread, call->expr, &supply);
    if (obstacle != NULL) return refuse(spread, call->expr, CANNOT_PASS, obstacle, OFFER_DEFAULT);
    if (supply.kind == SUPPLY_NOTHING) return refuse_empty(spread, call->expr, supply.asks);
    vec_add(&spread->plan->calls, row);
    return true;
}

// ---- values -------------------------------------------------------------------------------------------
// Thread(target=load): where its arguments come from is not followed, so that the new one must not be among them.
static const char *value_obstacle(const Spread *spread, const EdgeFact *edge, bool *first) {
    const Program *program = spread->program;
    const FunctionFact *callee = program_function(program, edge->callee);
    Callees callees = {.by_name = true};
    add_callee(spread, edge->callee, 0, &callees);
    *first = callees.some && callees.index == 0;
    if (spread_is_left_alone(program, program_expr_module(program, edge->expr))) return "its file is not edited";
    if (edge->sends || edge->wrapped || (callee->flags & FUNCTION_LAMBDA))
        return "it is run by something that takes no further arguments for it";
    if (!*first && (!callees.by_name || callees.followed))
        return "it is run with arguments that are given elsewhere, and the new one would stand among them";
    return callees.refusal;
}

static bool settle_value(Spread *spread, const EdgeFact *edge) {
    const Program *program = spread->program;
    bool first;
    const char *obstacle = value_obstacle(spread, edge, &first);
    bool stays = has_default(spread) && spread->request->position == POSITION_KEYWORD;
    SignatureSupply supply = stays ? spread_supply(spread, edge->expr) : supply_or_default(spread, edge->expr);
    if (stays && (obstacle != NULL || supply.kind == SUPPLY_NOTHING)) return true;
    if (obstacle == NULL) obstacle = text_obstacle(spread, edge->expr, &supply);
    if (obstacle != NULL)
        return refuse(spread, edge->expr, "nothing can be bound to this function", obstacle, OFFER_DEFAULT);
    if (supply.kind == SUPPLY_NOTHING) return refuse_empty(spread, edge->expr, supply.asks);
    SignatureCall bound = {.expr = edge->expr,
                           .by_name = !first,
                           .value = supply.text,
                           .at_hand = supply.kind == SUPPLY_AT_HAND};
    if (spread_is_binder(program, edge)) { // partial(load, 1) takes one more
        bound.call = edge->call;
        bound.place = 1;
    }
    vec_add(&spread->plan->calls, bound);
    return true;
}

// A value has the argument from where it was bound.
static bool some_are_bound(const Spread *spread, const RowNumbers *edges) {
    for (uint32_t i = 0; i < edges->count; i++)
        if (spread_is_binder(spread->program, program_edge(spread->program, edges->items[i]))) return true;
    return false;
}

static bool settle_edges(Spread *spread, const RowNumbers *edges, bool *seen) {
    const Program *program = spread->program;
    bool good = true, bound = some_are_bound(spread, edges);
    for (uint32_t i = 0; i < edges->count; i++) {
        const EdgeFact *edge = program_edge(program, edges->items[i]);
        if (seen[edge->expr.index]) continue;
        seen[edge->expr.index] = true;
        if (spread_passes(spread, edge) || (edge->bound && bound)) continue;
        bool called = edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT;
        if (called)
            good = settle_call(spread, edge->call) && good;
        else if (program_is_forward(program, edge))
            good = settle_value(spread, edge) && good;
    }
    return good;
}

static bool settle_sites(Spread *spread) {
    const Program *program = spread->program;
    bool *seen = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *seen);
    bool good = true;
    for (uint32_t i = 0; i < spread->families.count; i++) {
        RowNumbers edges = spread_callers(program, spread->families.items[i]);
        good = settle_edges(spread, &edges, seen) && good;
        vec_release(&edges);
    }
    for (uint32_t i = 0; i < spread->plan->classes.count; i++) {
        RowNumbers edges = {0};
        program_add_constructions(program, spread->plan->classes.items[i], &edges);
        row_numbers_settle(&edges);
        good = settle_edges(spread, &edges, seen) && good;
        vec_release(&edges);
    }
    free(seen);
    return good;
}

// ---- calls that do not resolve --------------------------------------------------------------------------
// Some function of that name gains it; all that have the name take it.
static bool name_gains(const Spread *spread, Name name, bool *all) {
    const Program *program = spread->program;
    bool some = false;
    *all = true;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!name_equal(program_function(program, (FunctionId){i})->name, name)) continue;
        some = some || spread->rows[i] > 0;
        *all = *all && spread_takes(spread, (FunctionId){i});
    }
    return some;
}

static void settle_unresolved(Spread *spread) {
    const Program *program = spread->program;
    for (uint32_t i = 0; i < program_unresolved_count(program); i++) {
        const UnresolvedCall *row = program_unresolved(program, i);
        const CallFact *call = program_call(program, row->call);
        bool all;
        if (spread_is_left_alone(program, call->module) || spread_names_it(spread, row->call)) continue;
        if (!name_gains(spread, row->name, &all)) continue;
        SignatureSupply supply = spread_supply(spread, call->expr);
        if (spread->request->everywhere && all && supply.kind != SUPPLY_NOTHING) {
            SignatureCall passed = {row->call, call->expr, call->argument_count, true, supply.text,
                                    supply.kind == SUPPLY_AT_HAND};
            vec_add(&spread->plan->calls, passed);
        } else if (!has_default(spread)) {
            diagnostic_add(spread->diagnostics, DIAGNOSTIC_W304, program_expr_span(program, call->expr),
                           "the call of '%.*s' does not resolve; it may need the new parameter",
                           STR_ARG(program_name(program, row->name)));
            diagnostic_help(spread->diagnostics, "look at it, or have every call of that name pass it with --everywhere");
        }
    }
}

// ---- what becomes the parameter -------------------------------------------------------------------------
static void settle_replaced(Spread *spread) {
    const Program *program = spread->program;
    for (uint32_t i = 0; i < spread->replaced.count; i++) {
        ExprId id = spread->replaced.items[i];
        const ExprFact *expr = program_expr(program, id);
        FunctionId function = program_scope_function(program, expr->scope);
        while (fact_is(function) && !spread_takes(spread, function))
            function = program_function(program, function)->enclosing;
        if (!fact_is(function) || spread_is_shadowed(spread, function, id)) continue;
        StatementId lead = spread->lead[function.index];
        if (fact_is(lead) && fact_same(lead, expr->statement)) {
            vec_add(&spread->plan->statements, lead);
            continue;
        }
        SignatureText text = {program_expr_module(program, id), expr->start, expr->end, spread->request->parameter, id};
        vec_add(&spread->plan->texts, text);
    }
}

static int compare_calls(const void *a, const void *b) {
    uint32_t left = ((const SignatureCall *)a)->expr.index, right = ((const SignatureCall *)b)->expr.index;
    return left < right ? -1 : left > right;
}

static int compare_functions(const void *a, const void *b) {
    uint32_t left = ((const SignatureFunction *)a)->function.index;
    uint32_t right = ((const SignatureFunction *)b)->function.index;
    return left < right ? -1 : left > right;
}

bool spread_settle(Spread *spread) {
    SignaturePlan *plan = spread->plan;
    if (!place_all(spread) || !settle_sites(spread)) return false;
    settle_unresolved(spread);
    spread_report_doubts(spread);
    settle_replaced(spread);
    if (plan->calls.count > 1) qsort(plan->calls.items, plan->calls.count, sizeof *plan->calls.items, compare_calls);
    if (plan->functions.count > 1)
        qsort(plan->functions.items, plan->functions.count, sizeof *plan->functions.items, compare_functions);
    return true;
}
