// In: functions of the host that an earlier run made accessors, and what the plugin imports. Out: rules.
//
//     host    @isolated_accessor("tenant_id")
//             def get_isolated_moods(isolation_context): ...        once: moods = Moods(), or def get_moods()
//     plugin  from app.moods import moods         moods.of(user)
//             from app.moods import get_isolated_moods         get_isolated_moods(isolation_context).of(user)
#include "program/host_names.h"

#include <stdlib.h>

#include "base/bug.h"
#include "program/index.h"
#include "program/name.h"
#include "program/rows.h"

typedef struct Follower {
    const Program *program;
    Rules *rules;
    FunctionId accessor; // at hand
    ModuleId module;     // that has it: where it stands, or one that imports it
    bool *mentioned;     // by Name
} Follower;

// ---- what the host has -----------------------------------------------------------------------------
static bool is_hosted(const Program *program, ModuleId module) {
    FileId file = program_module_file(program, module);
    return file.index != 0 && source_file(program->facts->sources, file)->hosted;
}

static bool is_accessor(const Program *program, const FunctionFact *function) {
    Str wanted = program->rules->context.accessor_decorator;
    for (ExprId d = function->first_decorator; fact_is(d); d = program_expr(program, d)->next_sibling) {
        const ExprFact *row = program_expr(program, d);
        Str called = program_name(program, program_call(program, row->call)->dotted);
        if (row->kind == EXPR_CALL && called.length > 0 && program_is_named(program, wanted, called)) return true;
    }
    return false;
}

static bool is_named(const Program *program, Str wanted, Str called) {
    return wanted.length > 0 && called.length > 0 && program_is_named(program, wanted, called);
}

// moods = ambient_instance(get_isolated_moods)
static bool is_instance(const Program *program, const BindingFact *binding) {
    const ExprFact *value = program_expr(program, binding->value);
    Str called = program_name(program, program_call(program, value->call)->dotted);
    return binding->kind == BINDING_ASSIGN && value->kind == EXPR_CALL &&
           (is_named(program, program->rules->context.ambient_instance, called) ||
            is_named(program, program->rules->api.instance, called));
}

// def get_moods():
//     return get_isolated_moods(legacy_call("app.moods.get_moods"))
static bool is_getter(const Follower *follower, const BindingFact *binding) {
    const Program *program = follower->program;
    if (binding->kind != BINDING_FUNCTION || program_function(program, binding->function)->parameter_count > 0) return false;
    ScopeId body = program_function(program, binding->function)->body;
    for (RowList callers = program_callers(program, follower->accessor); callers.at < callers.end; callers.at++)
        if (fact_same(program_expr(program, program_edge(program, *callers.at)->expr)->scope, body)) return true;
    return false;
}

// The module has nothing of that NAME, but perhaps a stand-in, whose import it may be.
static bool is_old_name(const Follower *follower, Str name) {
    const Program *program = follower->program;
    Name known = intern_find(program->facts->names, name);
    SymbolId symbol = {0};
    if (known.index) symbol = program_symbol_in(program, program_module(program, follower->module)->scope, known);
    if (!fact_is(symbol)) return true;
    SymbolId definition = program->facts->symbol_definitions.items[symbol.index];
    const SymbolFact *row = program_symbol(program, fact_is(definition) ? definition : symbol);
    if (!fact_same(row->first_binding, row->last_binding) || !fact_is(row->first_binding)) return false;
    const BindingFact *binding = program_binding(program, row->first_binding);
    return is_instance(program, binding) || is_getter(follower, binding);
}

// ---- what the plugin mentions ----------------------------------------------------------------------
// By name: the plugin imports it, or reads it as an attribute.
static bool *find_mentioned(const Program *program) {
    bool *mentioned = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *mentioned);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (!is_hosted(program, import->module)) mentioned[import->name.index] = true;
    }
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind == EXPR_ATTRIBUTE && !is_hosted(program, program_expr_module(program, (ExprId){i})))
            mentioned[expr->name.index] = true;
    }
    return mentioned;
}

static bool is_mentioned(const Follower *follower, Str name) {
    Name known = intern_find(follower->program->facts->names, name);
    return known.index && follower->mentioned[known.index];
}

// ---- rules -----------------------------------------------------------------------------------------
// TARGET, which an accessor replaced, is read or called by RULE from now on.
static void become(const Follower *follower, SinkRule *rule, bool getter) {
    const Program *program = follower->program;
    const FunctionFact *accessor = program_function(program, follower->accessor);
    Str module = program_name(program, program_module(program, accessor->module)->name);
    rule->kind = getter ? SINK_CALL : SINK_SYMBOL;
    rule->hosted = true;
    rule->accessor = false;
    rule->replace = arena_format(&follower->rules->arena, "%.*s.%.*s({context})", STR_ARG(module),
                                 STR_ARG(program_name(program, accessor->name)));
}

static void add(const Follower *follower, Str name, bool getter) {
    const Program *program = follower->program;
    if (!is_old_name(follower, name) || !is_mentioned(follower, name)) return;
    const FunctionFact *accessor = program_function(program, follower->accessor);
    Str module = program_name(program, program_module(program, follower->module)->name);
    Span span = {program_module_file(program, accessor->module), accessor->name_start, accessor->name_end};
    Str target = arena_format(&follower->rules->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name));
    for (uint32_t i = 0; i < follower->rules->sinks.count; i++)
        if (str_equal(follower->rules->sinks.items[i].target.text, target)) return;
    SinkRule rule = {.id = arena_format(&follower->rules->arena, "host:%.*s", STR_ARG(target)),
                     .family = follower->rules->singleton_family,
                     .target = {.text = target, .span = span},
                     .span = span};
    become(follower, &rule, getter);
    vec_add(&follower->rules->sinks, rule);
}

// The names that the accessor's is made of (solve/find/accessor.c): get_isolated_moods of moods, _moods, global_moods,
// and of get_moods and its like.
static void add_names(const Follower *follower) {
    static const char *const instances[] = {"", "_", "global_", "_global_"};
    static const char *const getters[] = {"get_", "_get_", "get_global_"};
    const Str prefix = STR("get_isolated_");
    Str name = program_name(follower->program, program_function(follower->program, follower->accessor)->name);
    if (!str_starts_with(name, prefix)) return;
    Str plain = str_slice(name, prefix.length, name.length);
    for (size_t i = 0; i < sizeof instances / sizeof *instances; i++)
        add(follower, arena_format(&follower->rules->arena, "%s%.*s", instances[i], STR_ARG(plain)), false);
    for (size_t i = 0; i < sizeof getters / sizeof *getters; i++)
        add(follower, arena_format(&follower->rules->arena, "%s%.*s", getters[i], STR_ARG(plain)), true);
}

// A rule of a singleton that the host has carried out: the accessor has the name that the rule says.
static void change_rules(const Follower *follower) {
    const Program *program = follower->program;
    Str module = program_name(program, program_module(program, follower->module)->name);
    Str accessor = program_name(program, program_function(program, follower->accessor)->name);
    for (uint32_t i = 0; i < follower->rules->sinks.count; i++) {
        SinkRule *rule = &follower->rules->sinks.items[i];
        ptrdiff_t dot = str_find_last(rule->target.text, '.');
        if (!(rule->kind == SINK_SINGLETON || (rule->kind == SINK_CALL && rule->accessor)) || dot < 0) continue;
        Str name = str_slice(rule->target.text, (size_t)dot + 1, rule->target.text.length);
        Str owner = str_slice(rule->target.text, 0, (size_t)dot);
        if (str_equal(rule->accessor_name, accessor) && program_is_named(program, owner, module) &&
            is_old_name(follower, name))
            become(follower, rule, rule->kind == SINK_CALL);
    }
}

static void follow(Follower *follower, ModuleId module) {
    follower->module = module;
    change_rules(follower);
    add_names(follower);
}

void host_names_follow(const Program *program, Rules *rules) {
    if (program->facts->sources->host.length == 0) return;
    Follower follower = {.program = program, .rules = rules, .mentioned = find_mentioned(program)};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!is_hosted(program, function->module) || !is_accessor(program, function)) continue;
        follower.accessor = (FunctionId){i};
        follow(&follower, function->module);
        SymbolId symbol = program_symbol_in(program, function->scope, function->name);
        for (uint32_t k = 1; k < program_import_count(program); k++) { // who passes it on
            const ImportFact *import = program_import(program, (ImportId){k});
            if (import->kind == IMPORT_NAME && fact_is(symbol) && fact_same(import->definition, symbol) &&
                is_hosted(program, import->module) && program_scope(program, import->scope)->kind == SCOPE_MODULE)
                follow(&follower, import->module);
        }
    }
    free(follower.mentioned);
}
