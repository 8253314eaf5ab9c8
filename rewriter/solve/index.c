// Indexes over the facts that the solver asks all the time: who calls, who constructs, who overrides,
// who inherits. Comes in: facts and rules. Goes out: the first half of Solver. Must not decide
// anything.
#include "base/bug.h"
#include "solve/solver.h"

// ---- groups ----------------------------------------------------------------------------------------
typedef struct Pair {
    uint32_t key, item;
} Pair;
typedef Vec(Pair) Pairs;

// Counting sort: items keep their order within a key.
static Groups group(Arena *arena, const Pairs *pairs, uint32_t key_count) {
    Groups groups = {arena_array(arena, uint32_t, key_count + 2),
                     arena_array(arena, uint32_t, pairs->count + 1)};
    for (uint32_t i = 0; i < pairs->count; i++) groups.first[pairs->items[i].key + 1]++;
    for (uint32_t k = 0; k <= key_count; k++) groups.first[k + 1] += groups.first[k];
    uint32_t *next = memory_alloc_zeroed(key_count + 1, sizeof *next);
    for (uint32_t i = 0; i < pairs->count; i++) {
        uint32_t key = pairs->items[i].key;
        groups.items[groups.first[key] + next[key]++] = pairs->items[i].item;
    }
    free(next);
    return groups;
}

// A forwarder of the tree calls what it was given, with the context already bound: the call of its
// own parameter is no site.
static bool is_inside_forwarder(const Solver *solver, const EdgeFact *edge) {
    const Facts *facts = solver->facts;
    if (edge->kind != EDGE_CALL) return false;
    ExprId callee = facts_call(facts, edge->call)->callee;
    SymbolId symbol = facts->expr_symbols.items[callee.index];
    if (facts_expr(facts, callee)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    const SymbolFact *row = facts_symbol(facts, symbol);
    if (!(row->flags & SYMBOL_PARAMETER) || !fact_is(row->first_binding)) return false;
    ParameterId parameter = facts_binding(facts, row->first_binding)->parameter;
    FunctionId function = facts_parameter(facts, parameter)->function;
    Str name = facts_name(facts, facts_function(facts, function)->qualified);
    for (uint32_t i = 0; i < solver->rules->forwarders.count; i++)
        if (solver_name_matches(solver, solver->rules->forwarders.items[i].target.text, name))
            return true;
    return false;
}

static void index_edges(Solver *solver) {
    const Facts *facts = solver->facts;
    Pairs callers = {0}, calls = {0};
    solver->edge_caller = arena_array(solver->arena, FunctionId, facts->edges.count + 1);
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        solver->edge_caller[i] =
            facts_scope_function(facts, facts_expr(facts, edge->expr)->scope);
        if (is_inside_forwarder(solver, edge)) continue;
        if (fact_is(edge->callee)) vec_add(&callers, ((Pair){edge->callee.index, i}));
        if (fact_is(edge->call) && edge->kind != EDGE_ESCAPE)
            vec_add(&calls, ((Pair){edge->call.index, i}));
    }
    solver->callers = group(solver->arena, &callers, facts->functions.count);
    solver->call_edges = group(solver->arena, &calls, facts->calls.count);
    vec_release(&callers);
    vec_release(&calls);
}

static void index_families(Solver *solver) {
    const Facts *facts = solver->facts;
    Pairs members = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++)
        vec_add(&members, ((Pair){facts->functions.items[i].family, i}));
    solver->members = group(solver->arena, &members, facts->functions.count);
    vec_release(&members);
}

static void index_methods(Solver *solver) {
    const Facts *facts = solver->facts;
    Pairs pairs = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (fact_is(facts->functions.items[i].klass))
            vec_add(&pairs, ((Pair){facts->functions.items[i].klass.index, i}));
    solver->methods = group(solver->arena, &pairs, facts->classes.count);
    vec_release(&pairs);
}

static void index_descendants(Solver *solver) {
    const Facts *facts = solver->facts;
    Pairs pairs = {0};
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        for (uint32_t k = 1; k < klass->ancestor_count; k++)
            vec_add(&pairs, ((Pair){facts->ancestors.items[klass->first_ancestor + k].index, i}));
    }
    solver->descendants = group(solver->arena, &pairs, facts->classes.count);
    vec_release(&pairs);
}

// A class that is a value (type[Base]) may be any subclass.
static void index_constructions(Solver *solver) {
    const Facts *facts = solver->facts;
    Pairs pairs = {0};
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind != EDGE_CONSTRUCT) continue;
        uint32_t count = edge->through_class_value ? solver_lineage_count(solver, edge->klass) : 1;
        for (uint32_t k = 0; k < count; k++)
            vec_add(&pairs, ((Pair){solver_lineage_item(solver, edge->klass, k).index, i}));
    }
    solver->constructions = group(solver->arena, &pairs, facts->classes.count);
    vec_release(&pairs);
}

static void index_reads(Solver *solver) {
    const Facts *facts = solver->facts;
    const uint32_t elsewhere = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    Pairs reads = {0};
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        SymbolId symbol = facts->expr_symbols.items[i];
        if ((expr->flags & elsewhere) || !fact_is(symbol)) continue;
        if (expr->kind != EXPR_NAME && expr->kind != EXPR_ATTRIBUTE) continue;
        symbol = facts->symbol_definitions.items[symbol.index];
        if (fact_is(symbol)) vec_add(&reads, ((Pair){symbol.index, i}));
    }
    solver->reads = group(solver->arena, &reads, facts->symbols.count);
    vec_release(&reads);
}

// Module-level names that something outside the module's own statements binds again.
static void mark_rebound(Solver *solver) {
    const Facts *facts = solver->facts;
    solver->rebound = arena_array(solver->arena, bool, facts->symbols.count + 1);
    solver->statement_bindings = arena_array(solver->arena, uint32_t, facts->statements.count + 1);
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        solver->statement_bindings[facts->bindings.items[i].statement.index]++;
    for (uint32_t i = 1; i < facts->exprs.count; i++) { // module.name = ..., del module.name
        const ExprFact *expr = &facts->exprs.items[i];
        SymbolId symbol = facts->expr_symbols.items[i];
        if (expr->kind == EXPR_ATTRIBUTE && fact_is(symbol) &&
            (expr->flags & (EXPR_STORED | EXPR_DELETED)))
            solver->rebound[facts->symbol_definitions.items[symbol.index].index] = true;
    }
    for (uint32_t i = 1; i < facts->symbols.count; i++) { // global name; name = ...
        const SymbolFact *row = &facts->symbols.items[i];
        if (!(row->flags & SYMBOL_GLOBAL) || !fact_is(row->first_binding)) continue;
        ModuleId module = facts_scope(facts, row->scope)->module;
        SymbolId meant =
            facts_symbol_in(facts, facts_module(facts, module)->scope, row->name);
        solver->rebound[meant.index] = true;
    }
}

static void index_defaults(Solver *solver) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < facts->parameters.count; i++)
        if (fact_is(facts->parameters.items[i].default_value))
            map_put(&solver->defaults, facts->parameters.items[i].default_value.index, i);
}

Str solver_symbol_path(const Solver *solver, SymbolId symbol) {
    const Facts *facts = solver->facts;
    const SymbolFact *row = facts_symbol(facts, symbol);
    const ModuleFact *module =
        facts_module(facts, facts_scope(facts, row->scope)->module);
    Str path = facts_name(facts, module->name), name = facts_name(facts, row->name);
    return arena_format(solver->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
}

uint32_t solver_inside_accessor(const Solver *solver, ExprId expr) {
    const Facts *facts = solver->facts;
    const ExprFact *row = facts_expr(facts, expr);
    uint32_t accessor = solver->statement_accessor[row->statement.index];
    if (accessor) return accessor;
    FunctionId function = facts_scope_function(facts, row->scope);
    while (fact_is(function) && !solver->function_accessor[function.index])
        function = facts_function(facts, function)->enclosing;
    return fact_is(function) ? solver->function_accessor[function.index] : 0;
}

// ---- marks -----------------------------------------------------------------------------------------
static bool is_private_name(Str name) { return name.length && name.data[0] == '_'; }

// The name is a parameter, and nothing says that it is of another type.
static bool is_context_parameter(const Solver *solver, SymbolId symbol) {
    const Facts *facts = solver->facts;
    const SymbolFact *row = facts_symbol(facts, symbol);
    if (!(row->flags & SYMBOL_PARAMETER)) return false;
    ParameterId parameter = facts_binding(facts, row->first_binding)->parameter;
    ExprId annotation = facts_parameter(facts, parameter)->annotation;
    if (!fact_is(annotation)) return true;
    const ExprFact *expr = facts_expr(facts, annotation);
    Str text = facts_text(facts, facts_expr_module(facts, annotation), expr->start, expr->end);
    Str type = solver->rules->context.type;
    type = str_slice(type, (size_t)(str_find_last(type, '.') + 1), type.length);
    return str_find_str(text, type) >= 0;
}

static bool is_public(const Solver *solver, const FunctionFact *function) {
    const Facts *facts = solver->facts;
    bool constructor = function->flags & FUNCTION_CONSTRUCTOR;
    Str name = constructor ? facts_name(facts, facts_class(facts, function->klass)->name)
                           : facts_name(facts, function->name);
    return !fact_is(function->enclosing) && !(function->flags & FUNCTION_LAMBDA) &&
           !is_private_name(name) &&
           solver_names_match(solver, &solver->rules->public_api,
                              facts_name(facts, function->qualified));
}

static bool is_on_own_level(const Facts *facts, StatementId statement) {
    StatementKind around = facts_statement(facts, facts_statement(facts, statement)->parent)->kind;
    return !fact_is(facts_statement(facts, statement)->parent) || around == STATEMENT_FUNCTION ||
           around == STATEMENT_WITH || around == STATEMENT_TRY;
}

// A first assignment of what some call gave, on the function's own level: the context is made already.
static bool is_made_there(const Facts *facts, SymbolId symbol) {
    const SymbolFact *row = facts_symbol(facts, symbol);
    const BindingFact *binding = facts_binding(facts, row->first_binding);
    bool once = fact_is(row->first_binding) && fact_same(row->first_binding, row->last_binding);
    return once && binding->kind == BINDING_ASSIGN && fact_is(binding->value) &&
           facts_expr(facts, binding->value)->kind == EXPR_CALL &&
           is_on_own_level(facts, binding->statement);
}

static void mark_functions(Solver *solver) {
    const Facts *facts = solver->facts;
    solver->public_function = arena_array(solver->arena, bool, facts->functions.count + 1);
    solver->family_called = arena_array(solver->arena, bool, facts->functions.count + 1);
    solver->taken = arena_array(solver->arena, bool, facts->functions.count + 1);
    solver->boundary_shadowed = arena_array(solver->arena, bool, facts->functions.count + 1);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        solver->public_function[i] = is_public(solver, function);
        if (!solver->parameter.index) continue;
        SymbolId symbol = facts_symbol_in(facts, function->body, solver->parameter);
        if (!fact_is(symbol)) continue;
        solver->taken[i] = !is_context_parameter(solver, symbol);
        solver->boundary_shadowed[i] = solver->taken[i] && !is_made_there(facts, symbol);
    }
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (!fact_is(edge->callee)) continue;
        if (edge->kind != EDGE_ESCAPE || supply_is_forward(solver, edge))
            solver->family_called[facts_function(facts, edge->callee)->family] = true;
    }
}

// A class that is registered or returned may be constructed where nothing resolves.
static void mark_escaping_classes(Solver *solver) {
    const Facts *facts = solver->facts;
    solver->class_escapes = arena_array(solver->arena, bool, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->edges.count; i++)
        if (facts->edges.items[i].kind == EDGE_ESCAPE)
            solver->class_escapes[facts->edges.items[i].klass.index] = true;
    solver->class_escapes[0] = false;
}

// `self.isolation_context = ...` or a member of that name in the source: an earlier run, or a person,
// was here.
static void mark_storing_classes(Solver *solver) {
    const Facts *facts = solver->facts;
    solver->class_stores = arena_array(solver->arena, bool, facts->classes.count + 1);
    for (uint32_t i = 1; solver->parameter.index && i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        if (!fact_is(binding->target)) continue;
        const ExprFact *target = facts_expr(facts, binding->target);
        if (target->kind != EXPR_ATTRIBUTE || !name_equal(target->name, solver->parameter))
            continue;
        FunctionId function = facts_scope_function(facts, binding->scope);
        if (!fact_is(function)) continue;
        solver->class_stores[facts_function(facts, function)->klass.index] = true;
    }
    for (uint32_t i = 1; solver->parameter.index && i < facts->classes.count; i++)
        if (fact_is(facts_symbol_in(facts, facts->classes.items[i].body, solver->parameter)))
            solver->class_stores[i] = true;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        for (uint32_t k = 0; k < klass->ancestor_count; k++)
            if (solver->class_stores[facts->ancestors.items[klass->first_ancestor + k].index])
                solver->class_stores[i] = true;
    }
    solver->class_stores[0] = false;
}

// A class is process-wide when the rules name it or an instance of it.
static void mark_process_classes(Solver *solver) {
    const Facts *facts = solver->facts;
    solver->process_class = arena_array(solver->arena, bool, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        solver->process_class[i] =
            solver_names_match(solver, &solver->rules->process_wide,
                               facts_name(facts, facts->classes.items[i].qualified));
}

void solver_index(Solver *solver) {
    solver->parameter = intern_find(solver->facts->names, solver->rules->context.parameter);
    import_roots_add(&solver->roots, solver->facts);
    index_edges(solver);
    index_families(solver);
    index_methods(solver);
    index_descendants(solver);
    index_constructions(solver);
    index_reads(solver);
    mark_rebound(solver);
    index_defaults(solver);
    solver_mark_runtime(solver);
    mark_functions(solver);
    solver_find_unread(solver);
    mark_escaping_classes(solver);
    mark_storing_classes(solver);
    mark_process_classes(solver);
}
