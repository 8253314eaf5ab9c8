// Rules to sinks: every access that needs the context, found by what names mean, not how they are
// spelled. Comes in: sink rules and promoted singletons. Goes out: Solution.sinks in source order.
// What no function runs is refused here, with its code.
#include <stdlib.h>

#include "base/path.h"
#include "solve/solver.h"

bool solver_is_exempt_place(const Solver *solver, ExprId expr, const SinkRule *rule) {
    const Program *program = solver->program;
    if (!rule->except_functions.count) return false;
    FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
    Name name = fact_is(function) ? program_function(program, function)->qualified
                                  : program_module(program, program_expr_module(program, expr))->name;
    return program_names_match(program, &rule->except_functions, program_name(program, name));
}

bool solver_is_exempt(const Solver *solver, ExprId expr, const SinkRule *rule) {
    const Program *program = solver->program;
    ExprId parent = program_expr(program, expr)->parent;
    if (!rule) return false;
    if (solver_is_exempt_place(solver, expr, rule)) return true;
    const ExprFact *row = program_expr(program, parent);
    bool asked = fact_is(parent) && row->kind == EXPR_ATTRIBUTE && fact_same(row->base, expr);
    Str attribute = asked ? program_name(program, row->name) : STR_NONE;
    bool only = rule->only_attributes.count == 0;
    for (uint32_t i = 0; i < rule->only_attributes.count; i++)
        only = only || str_equal(rule->only_attributes.items[i], attribute);
    if (!only) return true;
    for (uint32_t i = 0; asked && i < rule->except_attributes.count; i++)
        if (str_equal(rule->except_attributes.items[i], attribute)) return true;
    return false;
}

static DiagnosticCode place_code(const Solver *solver, const ExprFact *expr) {
    if (expr->flags & EXPR_IN_DECORATOR) return DIAGNOSTIC_W203;
    if (expr->flags & EXPR_IN_DEFAULT) return DIAGNOSTIC_W204;
    return program_scope_in_class_body(solver->program, expr->scope) ? DIAGNOSTIC_W202
                                                                     : DIAGNOSTIC_W201;
}

// The replacement has quotes, which an interpolation must not have, and no local can be made of it.
static bool is_stuck(const Solver *solver, const ExprFact *expr, uint32_t index) {
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    if (!(expr->flags & EXPR_IN_INTERPOLATION) || rule->kind == SINK_PATTERN ||
        (str_find(rule->replace, '"') < 0 && str_find(rule->replace, '\'') < 0 &&
         str_find(rule->replace, '\\') < 0))
        return false;
    FunctionId function = program_scope_function(solver->program, expr->scope);
    bool movable = rule->kind == SINK_SYMBOL || (rule->kind == SINK_PATH && expr->kind != EXPR_CALL);
    return !movable || !fact_is(function) ||
           (program_function(solver->program, function)->flags &
            (FUNCTION_LAMBDA | FUNCTION_GENERATOR));
}

Sink *solver_add_sink(Solver *solver, ExprId id, uint32_t rule, uint32_t accessor,
                      Family family) {
    const Program *program = solver->program;
    const ExprFact *expr = program_expr(program, id);
    Sink *sink = vec_push(&solver->solution->sinks);
    *sink = (Sink){.rule = rule,
                   .accessor = accessor,
                   .family = family,
                   .expr = id,
                   .call = expr->call,
                   .function = program_scope_function(program, expr->scope),
                   .outcome = OUTCOME_COUNT,
                   .inside_accessor = solver_inside_accessor(solver, id)};
    if ((expr->flags & EXPR_SELF_DOCUMENTING) || (!accessor && is_stuck(solver, expr, rule))) {
        sink->outcome = OUTCOME_REFUSED;
        sink->code = DIAGNOSTIC_W207;
    } else if (!fact_is(sink->function) && !sink->inside_accessor) {
        sink->outcome = OUTCOME_REFUSED;
        sink->code = place_code(solver, expr);
        if (sink->code == DIAGNOSTIC_W204) solver_make_lazy(solver, sink);
    }
    return sink;
}

static void refuse(Sink *sink, DiagnosticCode code) {
    sink->outcome = OUTCOME_REFUSED;
    sink->code = code;
}

// A singleton that cannot be split, or that an earlier run made a stand-in of its accessor.
static void settle_unsplit(const Solver *solver, Sink *sink, SymbolId symbol) {
    if (!accessor_is_stand_in(solver, symbol)) {
        DiagnosticCode unknown = solver->rebound[symbol.index] ? DIAGNOSTIC_W208 : DIAGNOSTIC_W205;
        DiagnosticCode frozen = solver->frozen_symbol[symbol.index];
        refuse(sink, frozen ? frozen : unknown);
        return;
    }
    sink->outcome = OUTCOME_BRIDGED;
    sink->code = DIAGNOSTIC_W301;
    sink->keeps_text = true;
}

static bool means_more(const Program *program, SymbolId local, SymbolId definition) {
    bool imported = false, otherwise = false;
    for (BindingId b = program_symbol(program, local)->first_binding; fact_is(b);
         b = program_binding(program, b)->next_of_symbol) {
        const BindingFact *binding = program_binding(program, b);
        const ImportFact *row = program_import(program, binding->import_);
        bool same = binding->kind == BINDING_IMPORT &&
                    (row->kind != IMPORT_NAME || fact_same(row->definition, definition));
        imported = imported || binding->kind == BINDING_IMPORT;
        otherwise = otherwise || !same;
    }
    return imported && otherwise;
}

// The local name has another meaning on some path (a fallback after a failing import, a rebinding):
// then it cannot simply be exchanged. Reads of one name follow each other, and a name may be bound at thousands of places.
static bool is_ambiguous(Solver *solver, ExprId read, SymbolId definition) {
    SymbolId local = program_symbol_of(solver->program, read);
    if (fact_same(local, definition)) return false;
    LocalMeaning *last = &solver->last_meaning;
    if (!fact_same(last->local, local) || !fact_same(last->definition, definition))
        *last = (LocalMeaning){local, definition, means_more(solver->program, local, definition)};
    return last->ambiguous;
}

// `global x; x = load(); return x`: the function makes the value, it does not use it.
static bool is_made_here(const Solver *solver, ExprId read, SymbolId definition) {
    const Program *program = solver->program;
    FunctionId function = program_scope_function(program, program_expr(program, read)->scope);
    if (!fact_is(function)) return false;
    SymbolId declared = program_symbol_in(program, program_function(program, function)->body,
                                          program_symbol(program, definition)->name);
    if (!fact_is(declared)) return false;
    const SymbolFact *row = program_symbol(program, declared);
    return (row->flags & SYMBOL_GLOBAL) && fact_is(row->first_binding);
}

// What the host itself does with an old name is its own business.
static bool is_of_host(const Solver *solver, ExprId expr, uint32_t rule, uint32_t accessor) {
    const Program *program = solver->program;
    if (accessor || !program->rules->sinks.items[rule].hosted) return false;
    return source_file(program->facts->sources, program_module_file(program, program_expr_module(program, expr)))->hosted;
}

static void add_reads(Solver *solver, SymbolId symbol, uint32_t rule_index, uint32_t accessor,
                      Family family, const SinkRule *rule) {
    for (RowList reads = program_reads(solver->program, symbol); reads.at < reads.end; reads.at++) {
        ExprId expr = {*reads.at};
        if (solver_in_runtime(solver, expr) || solver_is_exempt(solver, expr, rule) ||
            is_of_host(solver, expr, rule_index, accessor))
            continue;
        Sink *sink = solver_add_sink(solver, expr, rule_index, accessor, family);
        if (rule && rule->kind == SINK_SINGLETON && !accessor)
            settle_unsplit(solver, sink, symbol);
        else if (is_ambiguous(solver, expr, symbol) || is_made_here(solver, expr, symbol))
            refuse(sink, DIAGNOSTIC_W208);
        else if (rule && str_is(rule->replace, "{context}") && solver_may_write_to(solver, expr))
            refuse(sink, DIAGNOSTIC_W218); // the context itself is no place to write to
    }
}

// A class that made itself a singleton is asked for by its constructor, too.
static void add_constructions_of_singleton(Solver *solver, uint32_t rule, uint32_t index) {
    const Program *program = solver->program;
    const Accessor accessor = solver->solution->accessors.items[index];
    if (!accessor.removes_creator) return;
    for (RowList sites = program_constructions(solver->program, accessor.klass);
         sites.at < sites.end; sites.at++) {
        const EdgeFact *edge = program_edge(program, *sites.at);
        if (fact_same(edge->expr, accessor.construction) || edge->through_class_value) continue;
        Sink *sink = solver_add_sink(solver, edge->expr, rule, index, accessor.family);
        if (program_call(program, edge->call)->argument_count) refuse(sink, DIAGNOSTIC_W205);
    }
}

// The expression that names the function at a call, or that is the value.
static ExprId called_name(const Program *program, const EdgeFact *edge) {
    return edge->kind == EDGE_ESCAPE ? edge->expr : program_call(program, edge->call)->callee;
}

static void add_calls(Solver *solver, FunctionId function, uint32_t rule, uint32_t accessor,
                      Family family, bool understood) {
    const Program *program = solver->program;
    const FunctionFact *row = program_function(program, function);
    SymbolId symbol = program_symbol_in(program, row->scope, row->name);
    DiagnosticCode frozen = solver->frozen_symbol[symbol.index];
    for (RowList callers = program_callers(solver->program, function); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if (solver_in_runtime(solver, edge->expr) || is_of_host(solver, edge->expr, rule, accessor)) continue;
        Sink *sink = solver_add_sink(solver, edge->expr, rule, accessor, family);
        if (edge->kind == EDGE_ESCAPE) refuse(sink, DIAGNOSTIC_W302);
        if (is_ambiguous(solver, called_name(program, edge), symbol)) refuse(sink, DIAGNOSTIC_W208);
        if (!understood)
            refuse(sink, frozen ? frozen : DIAGNOSTIC_W205);
    }
}

static void add_constructions(Solver *solver, ClassId klass, uint32_t rule, Family family) {
    const Program *program = solver->program;
    for (RowList sites = program_constructions(solver->program, klass); sites.at < sites.end;
         sites.at++) {
        const EdgeFact *edge = program_edge(program, *sites.at);
        if (solver_in_runtime(solver, edge->expr) ||
            supply_passes_already(solver, edge->call, edge->callee))
            continue;
        Sink *sink = solver_add_sink(solver, edge->expr, rule, 0, family);
        // At import time the construction still happens, with the ambient context.
        if (sink->outcome == OUTCOME_REFUSED && sink->code != DIAGNOSTIC_W207)
            *sink = (Sink){.rule = rule,
                           .family = family,
                           .expr = sink->expr,
                           .call = sink->call,
                           .outcome = OUTCOME_COUNT};
    }
}

// app.settings, a module that code imports and reads from. In C no code names a file: `server` of server.c is a variable.
static bool is_module(const Solver *solver, Str target) {
    ModuleId module = program_find_module(solver->program, target);
    return fact_is(module) && !program_module(solver->program, module)->language->traits.one_namespace;
}

static void collect_rule(Solver *solver, uint32_t index) {
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    Str target = rule->target.text;
    switch (rule->kind) {
    case SINK_SYMBOL: {
        SymbolId symbol = program_find_symbol(solver->program, target);
        if (fact_is(symbol) && !is_module(solver, target))
            add_reads(solver, symbol, index, 0, rule->family, rule);
        else
            solver_add_imported(solver, index);
        break;
    }
    case SINK_CALL: {
        FunctionId function = program_find_function(solver->program, target);
        if (!fact_is(function) && rule->hosted) solver_add_imported(solver, index);
        if (!fact_is(function)) break;
        uint32_t accessor = rule->accessor
                                ? accessor_for_getter(solver, function, index + 1, rule->family,
                                                      rule->accessor_name)
                                : 0;
        add_calls(solver, function, index, accessor, rule->family,
                  accessor || !rule->accessor);
        if (accessor) add_constructions_of_singleton(solver, index, accessor);
        break;
    }
    case SINK_CONSTRUCT: {
        ClassId klass = program_find_class(solver->program, target);
        if (fact_is(klass)) add_constructions(solver, klass, index, rule->family);
        break;
    }
    case SINK_SINGLETON: {
        SymbolId symbol = program_find_symbol(solver->program, target);
        if (!fact_is(symbol)) break;
        uint32_t accessor = accessor_for_symbol(solver, symbol, index + 1, rule->family,
                                                rule->accessor_name);
        add_reads(solver, symbol, index, accessor, rule->family, rule);
        if (accessor) add_constructions_of_singleton(solver, index, accessor);
        break;
    }
    case SINK_QUERY: solver_add_queries(solver, index); break;
    case SINK_FUNCTION: solver_add_functions(solver, index); break;
    case SINK_PATTERN: solver_add_matches(solver, index); break;
    case SINK_ATTRIBUTE: solver_add_attributes(solver, index); break;
    case SINK_PATH: solver_add_paths(solver, index); break;
    }
}

static void collect_promoted(Solver *solver) {
    Family family = solver->program->rules->singleton_family;
    for (uint32_t i = 0; i < solver->promoted.count; i++) {
        const Promotion *promotion = &solver->promoted.items[i];
        if (fact_is(promotion->getter)) {
            uint32_t accessor =
                accessor_for_getter(solver, promotion->getter, 0, family, STR_NONE);
            if (!accessor) continue; // its class goes on making one object for all
            add_calls(solver, promotion->getter, 0, accessor, family, true);
            add_constructions_of_singleton(solver, 0, accessor);
        } else {
            uint32_t accessor =
                accessor_for_symbol(solver, promotion->symbol, 0, family, STR_NONE);
            if (!accessor) continue;
            add_reads(solver, promotion->symbol, 0, accessor, family, NULL);
            add_constructions_of_singleton(solver, 0, accessor);
        }
    }
}

// The program comes as an argument, for several trees may be solved at once.
static int compare_sinks(const void *a, const void *b, void *data) {
    const Program *program = data;
    const Sink *left = a, *right = b;
    Span x = sink_span(program, left), y = sink_span(program, right);
    if (x.file.index != y.file.index) return x.file.index < y.file.index ? -1 : 1;
    if (x.start != y.start) return x.start < y.start ? -1 : 1;
    if (x.end != y.end) return x.end < y.end ? -1 : 1;
    if (left->migrated != right->migrated) return left->migrated ? 1 : -1;
    return left->rule < right->rule ? -1 : left->rule > right->rule;
}

static bool is_same_place(const Sink *a, const Sink *b) {
    return fact_same(a->expr, b->expr) && (fact_is(a->expr) || fact_same(a->function, b->function));
}

static void make_accessors_first(Solver *solver) {
    // Accessors decide what is inside a construction, so all exist before the first sink is placed.
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++) {
        const SinkRule *rule = &solver->program->rules->sinks.items[i];
        if (!(solver->options->families & (1u << rule->family))) continue;
        if (rule->kind == SINK_CALL && rule->accessor) {
            FunctionId function = program_find_function(solver->program, rule->target.text);
            if (fact_is(function))
                accessor_for_getter(solver, function, i + 1, rule->family, rule->accessor_name);
        } else if (rule->kind == SINK_SINGLETON) {
            SymbolId symbol = program_find_symbol(solver->program, rule->target.text);
            if (fact_is(symbol))
                accessor_for_symbol(solver, symbol, i + 1, rule->family, rule->accessor_name);
        }
    }
    for (uint32_t i = 0; i < solver->promoted.count; i++) {
        const Promotion *promotion = &solver->promoted.items[i];
        Family family = solver->program->rules->singleton_family;
        if (fact_is(promotion->getter))
            accessor_for_getter(solver, promotion->getter, 0, family, STR_NONE);
        else
            accessor_for_symbol(solver, promotion->symbol, 0, family, STR_NONE);
    }
}

// A rule that replaces calls has a text that stands in place of the call, its arguments included.
static bool replaces_call(const Solver *solver, const Sink *sink) {
    const SinkRule *rule = &solver->program->rules->sinks.items[sink->rule];
    return !sink->accessor && rule->kind == SINK_CALL && rule->replace.length > 0;
}

// What is replaced with its call asks for nothing: neither that call nor those in its arguments, and no
// access in them is read any more.
static void mark_inside(Solver *solver, const Sink *outer) {
    const Program *program = solver->program;
    uint32_t end = program_expr(program, outer->expr)->end;
    for (uint32_t i = outer->expr.index; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->start >= end ||
            !fact_same(expr->statement, program_expr(program, outer->expr)->statement))
            break;
        solver->replaced_call[expr->call.index] = true;
    }
}

static bool is_inside_call(const Program *program, const Sink *outer, const Sink *inner) {
    if (!fact_is(inner->expr) || outer == inner) return false;
    Span around = program_expr_span(program, outer->expr),
         within = program_expr_span(program, inner->expr);
    return within.file.index == around.file.index && around.start <= within.start &&
           within.end <= around.end;
}

static void mark_replaced_calls(Solver *solver) {
    Sink *sinks = solver->solution->sinks.items;
    uint32_t count = solver->solution->sinks.count;
    for (uint32_t i = 1; i < count; i++) {
        if (sinks[i].outcome != OUTCOME_COUNT) continue;
        if (sinks[i].accessor) solver->replaced_call[sinks[i].call.index] = true;
        if (!replaces_call(solver, &sinks[i])) continue;
        if (sink_rule_keeps_arguments(&solver->program->rules->sinks.items[sinks[i].rule])) {
            solver->replaced_call[sinks[i].call.index] = true;
            continue;
        }
        mark_inside(solver, &sinks[i]);
        for (uint32_t k = i + 1; k < count && is_inside_call(solver->program, &sinks[i], &sinks[k]);
             k++)
            if (sinks[k].outcome == OUTCOME_COUNT) refuse(&sinks[k], DIAGNOSTIC_W214);
    }
    solver->replaced_call[0] = false;
}

static bool is_within(const Solver *solver, const Sink *sink) {
    const Rules *rules = solver->program->rules;
    Str path = source_file(solver->program->facts->sources, sink_span(solver->program, sink).file)->path;
    for (uint32_t i = 0; i < rules->context.within.count; i++)
        if (path_glob(rules->context.within.items[i], path)) return true;
    return false;
}

// What stands elsewhere is not asked for.
static void keep_those_within(Solver *solver) {
    if (solver->program->rules->context.within.count == 0) return;
    uint32_t kept = 1;
    Sink *sinks = solver->solution->sinks.items;
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++)
        if (is_within(solver, &sinks[i])) sinks[kept++] = sinks[i];
    solver->solution->sinks.count = kept;
}

void solver_collect_sinks(Solver *solver) {
    make_accessors_first(solver);
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++)
        if (solver->options->families & (1u << solver->program->rules->sinks.items[i].family))
            collect_rule(solver, i);
    collect_promoted(solver);
    solver_add_migrated(solver);
    // Two ways to the same place (a subclass and a class value, say) are one sink: the first stays.
    void *program = (void *)(uintptr_t)solver->program; // qsort_r has no const
    uint32_t count = solver->solution->sinks.count;
    Sink *sinks = solver->solution->sinks.items;
    if (count > 2) qsort_r(sinks + 1, count - 1, sizeof *sinks, compare_sinks, program);
    uint32_t kept = count ? 1 : 0;
    for (uint32_t i = 1; i < count; i++) {
        if (kept > 1 && is_same_place(&sinks[kept - 1], &sinks[i])) continue;
        if (kept > 1) query_refuse_around(solver, &sinks[kept - 1], &sinks[i]);
        sinks[kept++] = sinks[i];
    }
    solver->solution->sinks.count = kept;
    keep_those_within(solver);
    solver_ignore_sinks(solver);
    solver_freeze_sinks(solver);
    solver_refuse_written(solver);
    solver_settle_matches(solver);
    solver_settle_defaults(solver);
    mark_replaced_calls(solver);
}
