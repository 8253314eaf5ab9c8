// Instances that tenants would share. In: facts. Out: module-level instances and getters whose class changes
// after it was made, or is one of settings:
//
//     settings = Settings()                     made by name
//     config = cast(Config, load(Config))       an argument is the class, or makes an instance, and the
//     settings = LocalProxy(lambda: Settings()) name says what it is
//     settings = get_settings()                 what it calls makes and returns one
#include "report/guess_internal.h"

// ---- state that changes --------------------------------------------------------------------------

static void note_mutation(Guesser *guesser, ClassId klass, ExprId target) {
    if (!fact_is(guesser->mutation[klass.index])) guesser->mutation[klass.index] = target;
}

// self.x = ..., self.x[...] = ... and the like in a method that is no constructor.
static void find_own_mutations(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        FunctionId id = program_scope_function(program, binding->scope);
        if (!fact_is(binding->target) || !fact_is(id)) continue;
        const FunctionFact *function = program_function(program, id);
        ExprId changed = binding->target;
        if (program_expr(program, changed)->kind == EXPR_SUBSCRIPT) changed = program_expr(program, changed)->base;
        const ExprFact *target = program_expr(program, changed);
        if (target->kind != EXPR_ATTRIBUTE || !fact_is(function->klass) ||
            (function->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_STATIC)) || function->parameter_count == 0)
            continue;
        const ExprFact *base = program_expr(program, target->base);
        const ParameterFact *receiver =
            program_parameter(program, (ParameterId){function->first_parameter});
        if (base->kind != EXPR_NAME || base->name.index != receiver->name.index) continue;
        note_mutation(guesser, function->klass, binding->target);
    }
}

// serial.number += 1 in a function of the program, where `serial` is known to be an instance of the class.
static void find_mutations_from_outside(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 0; i < program_class_reference_count(program); i++) {
        const ClassReference *row = &program->facts->class_references.items[i];
        ExprId changed = program_expr(program, row->expr)->parent;
        const ExprFact *target = program_expr(program, changed);
        FunctionId id = program_scope_function(program, target->scope);
        if (!row->instance || !fact_is(row->klass) || target->kind != EXPR_ATTRIBUTE || !(target->flags & EXPR_STORED) ||
            !fact_same(target->base, row->expr) || !fact_is(id) || fact_is(program_function(program, id)->klass) ||
            guesser->aside[program_expr_module(program, changed).index])
            continue;
        note_mutation(guesser, row->klass, changed);
    }
}

static void find_mutations(Guesser *guesser) {
    guesser->mutation = arena_array(&guesser->scratch, ExprId, program_class_count(guesser->program) + 1);
    find_own_mutations(guesser);
    find_mutations_from_outside(guesser);
}

static ExprId mutation_of(const Guesser *guesser, ClassId klass) {
    const ClassFact *fact = program_class(guesser->program, klass);
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(guesser->program, fact->first_ancestor + i);
        if (fact_is(guesser->mutation[ancestor.index])) return guesser->mutation[ancestor.index];
    }
    return FACT_NONE(ExprId);
}

// ---- settings ------------------------------------------------------------------------------------

// "Settings", "AppConfig"; and those that read the environment, whatever their name.
static bool is_settings(const Guesser *guesser, ClassId klass) {
    static const char *const endings[] = {"Settings", "Config", "Configuration"};
    const Program *program = guesser->program;
    Str name = program_name(program, program_class(program, klass)->name);
    if (guess_is_enumeration(program, klass)) return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends_with(name, str_from(endings[i]))) return true;
    for (uint32_t i = 0; i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        if (str_ends_with(program_name(program, base->dotted), STR(".BaseSettings")) &&
            program_is_subclass(program, klass, base->klass))
            return true;
    }
    return false;
}

// ---- what makes instances ------------------------------------------------------------------------
static void find_constructions(Guesser *guesser) {
    const Program *program = guesser->program;
    guesser->made = arena_array(&guesser->scratch, ClassId, program_expr_count(program) + 1);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind == EDGE_CONSTRUCT) guesser->made[edge->expr.index] = edge->klass;
    }
    guesser->named = arena_array(&guesser->scratch, ClassId, program_symbol_count(program) + 1);
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        SymbolId symbol = program_symbol_in(program, klass->scope, klass->name);
        guesser->named[symbol.index] = (ClassId){i};
    }
    guesser->named[0] = FACT_NONE(ClassId);
}

// `return Settings()`, or `made = Settings()` and `return made`.
static void find_returns(Guesser *guesser) {
    const Program *program = guesser->program;
    guesser->returned =
        arena_array(&guesser->scratch, ClassId, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *statement = program_statement(program, (StatementId){i});
        if (statement->kind != STATEMENT_RETURN || !fact_is(statement->value)) continue;
        ExprId value = statement->value;
        if (program_expr(program, value)->kind == EXPR_NAME) {
            SymbolId symbol = program_symbol_of(program, value);
            BindingId binding = program_symbol(program, symbol)->first_binding;
            value = program_binding(program, binding)->value;
        }
        FunctionId function = program_scope_function(program, statement->scope);
        if (fact_is(guesser->made[value.index]))
            guesser->returned[function.index] = guesser->made[value.index];
    }
    guesser->returned[0] = FACT_NONE(ClassId);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        SymbolId symbol = program_symbol_in(program, function->scope, function->name);
        if (fact_is(guesser->returned[i])) guesser->named[symbol.index] = guesser->returned[i];
    }
    guesser->named[0] = FACT_NONE(ClassId);
}

// The class that a call by itself makes an instance of, or gets from a function that does.
static ClassId class_of_call(const Guesser *guesser, ExprId expr) {
    const Program *program = guesser->program;
    CallId call = program_expr(program, expr)->call;
    if (fact_is(guesser->made[expr.index]) || !fact_is(call)) return guesser->made[expr.index];
    for (RowList edges = program_call_edges(program, call); edges.at < edges.end; edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        if (edge->kind == EDGE_CALL && fact_is(guesser->returned[edge->callee.index]))
            return guesser->returned[edge->callee.index];
    }
    return FACT_NONE(ClassId);
}

// A class, or a function that makes an instance, by its name, of which nothing is asked.
static ClassId class_of_name(const Guesser *guesser, ExprId expr) {
    const Program *program = guesser->program;
    ExprId parent = program_expr(program, expr)->parent;
    if (program_expr(program, expr)->kind != EXPR_NAME ||
        program_expr(program, parent)->kind == EXPR_ATTRIBUTE)
        return FACT_NONE(ClassId);
    SymbolId symbol = program_definition_of(program, program_symbol_of(program, expr));
    return guesser->named[symbol.index];
}

// "plugin_config", "SETTINGS".
static bool sounds_like_settings(Str name) {
    static const char *const words[] = {"config",   "Config",   "CONFIG",
                                        "settings", "Settings", "SETTINGS"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find_str(name, str_from(words[i])) >= 0) return true;
    return false;
}

// What VALUE makes, which is called NAME: itself, or in its arguments, where only settings count.
static ClassId class_of_value(const Guesser *guesser, ExprId value, Str name) {
    const Program *program = guesser->program;
    ClassId klass = class_of_call(guesser, value);
    if (fact_is(klass) || program_expr(program, value)->kind != EXPR_CALL ||
        !sounds_like_settings(name))
        return klass;
    ModuleId module = program_expr_module(program, value);
    uint32_t start = program_expr(program, value)->start, end = program_expr(program, value)->end;
    StatementId statement = program_expr(program, value)->statement;
    for (uint32_t i = value.index + 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if (!fact_same(program_expr_module(program, (ExprId){i}), module) || row->start >= end ||
            !fact_same(row->statement, statement))
            break;
        if (row->start < start) continue;
        klass = class_of_call(guesser, (ExprId){i});
        if (!fact_is(klass)) klass = class_of_name(guesser, (ExprId){i});
        if (fact_is(klass) && is_settings(guesser, klass)) return klass;
    }
    return FACT_NONE(ClassId);
}

// ---- who uses it ---------------------------------------------------------------------------------

// Counts MODULE among the users of SYMBOL, once: modules come in order.
static void add_user(Guesser *guesser, SymbolId symbol, ModuleId module, ModuleId *last) {
    const Program *program = guesser->program;
    if (!fact_is(symbol)) return;
    const ScopeFact *home = program_scope(program, program_symbol(program, symbol)->scope);
    if (fact_same(home->module, module) || fact_same(last[symbol.index], module)) return;
    last[symbol.index] = module;
    guesser->users[symbol.index]++;
}

// A module uses a symbol of another one that it imports, or reads as an attribute of the module.
static void count_users(Guesser *guesser) {
    const Program *program = guesser->program;
    ModuleId *last = arena_array(&guesser->scratch, ModuleId, program_symbol_count(program) + 1);
    guesser->users = arena_array(&guesser->scratch, uint32_t, program_symbol_count(program) + 1);
    uint32_t expr = 1;
    for (uint32_t i = 1; i <= program_import_count(program); i++) {
        bool end = i == program_import_count(program);
        ModuleId module =
            end ? FACT_NONE(ModuleId) : program_import(program, (ImportId){i})->module;
        for (; expr < program_expr_count(program); expr++) {
            ModuleId reader = program_expr_module(program, (ExprId){expr});
            if (!end && reader.index > module.index) break;
            SymbolId symbol = program_symbol_of(program, (ExprId){expr});
            add_user(guesser, program_definition_of(program, symbol), reader, last);
        }
        if (!end)
            add_user(guesser, program_import(program, (ImportId){i})->definition, module, last);
    }
}

// ---- all -----------------------------------------------------------------------------------------

typedef struct Found {
    StateKind kind;
    ModuleId module;
    Name name;
    uint32_t offset;
    ClassId klass;
    SymbolId symbol;
} Found;

// Settings that nothing changes, in a module that says what it holds.
static bool is_constant(const Guesser *guesser, const Found *found, ExprId mutation) {
    const Program *program = guesser->program;
    Str module = guess_last(program_name(program, program_module(program, found->module)->name));
    return !fact_is(mutation) && (str_is(module, "constants") || str_is(module, "constant") ||
                                  str_is(module, "consts") || str_is(module, "const"));
}

// Functions read it, be it those of its own module; what they have it from may be a default.
static bool is_read(const Program *program, SymbolId symbol) {
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        const ExprFact *read = program_expr(program, (ExprId){*reads.at});
        if (fact_is(program_scope_function(program, read->scope)) || (read->flags & EXPR_IN_DEFAULT)) return true;
    }
    return false;
}

static void add(Guesser *guesser, const Found *found) {
    const Program *program = guesser->program;
    ExprId mutation = fact_is(found->klass) ? mutation_of(guesser, found->klass) : FACT_NONE(ExprId);
    uint32_t importers = guesser->users[found->symbol.index];
    bool settings =
        fact_is(found->klass) && (is_settings(guesser, found->klass) ||
                                  sounds_like_settings(program_name(program, found->name)));
    bool used = settings || importers == 0 ? is_read(program, found->symbol) : true;
    if (!used || (!settings && !fact_is(mutation))) return;
    Str module = guess_name(guesser, program_module(program, found->module)->name);
    GuessState guess = {.kind = found->kind,
                        .name = arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(module),
                                             STR_ARG(program_name(program, found->name))),
                        .is_settings = settings,
                        .klass =
                            guess_name(guesser, program_class(program, found->klass)->qualified),
                        .place = guess_place(guesser, found->module, found->offset),
                        .importers = importers};
    if (is_constant(guesser, found, mutation)) {
        vec_add(&guesser->out->constants, guess.name);
        return;
    }
    if (fact_is(mutation)) {
        ModuleId where = program_expr_module(program, mutation);
        const ExprFact *target = program_expr(program, mutation);
        guess.changes = program_text(program, where, target->start, target->end);
        guess.changed_at = guess_place(guesser, where, target->start);
    }
    vec_add(&guesser->out->states, guess);
}

// ---- settings that are bound anew ----------------------------------------------------------------

// `global config` and `config = load()` in a function: there is no one construction that an accessor could have. By
// symbol of a module.
static bool *find_rebound(const Program *program, Arena *arena) {
    bool *rebound = arena_array(arena, bool, program_symbol_count(program) + 1);
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        if (!(symbol->flags & SYMBOL_GLOBAL) || !fact_is(symbol->first_binding)) continue;
        ModuleId module = program_scope(program, symbol->scope)->module;
        ScopeId scope = program_module(program, module)->scope;
        rebound[program_symbol_in(program, scope, symbol->name).index] = true;
    }
    return rebound;
}

// `def conf(): return config`, for each such name. BY_SYMBOL: its number among the states, from 1.
static void find_kept(Guesser *guesser, const uint32_t *by_symbol) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *statement = program_statement(program, (StatementId){i});
        if (statement->kind != STATEMENT_RETURN || !fact_is(statement->value) ||
            program_expr(program, statement->value)->kind != EXPR_NAME)
            continue;
        uint32_t number = by_symbol[program_symbol_of(program, statement->value).index];
        FunctionId id = program_scope_function(program, statement->scope);
        if (number == 0 || !fact_is(id)) continue;
        const FunctionFact *function = program_function(program, id);
        const ModuleFact *module = program_module(program, function->module);
        if (function->parameter_count > 0 || !fact_same(function->scope, module->scope) ||
            function->body_start != statement->start)
            continue;
        GuessState guess = guesser->out->states.items[number - 1];
        Str home = guess_name(guesser, module->name);
        guess.settings = guess.name;
        guess.kind = STATE_KEPT;
        guess.name = arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(home),
                                  STR_ARG(program_name(program, function->name)));
        guess.place = guess_place(guesser, function->module, function->keyword_start);
        guess.importers =
            guesser->users[program_symbol_in(program, module->scope, function->name).index];
        vec_add(&guesser->out->states, guess);
    }
}

static void find_instances(Guesser *guesser) {
    const Program *program = guesser->program;
    bool *rebound = find_rebound(program, &guesser->scratch);
    uint32_t *numbers = arena_array(&guesser->scratch, uint32_t, program_symbol_count(program) + 1);
    for (uint32_t m = 1; m < program_module_count(program); m++) {
        const ModuleFact *module = program_module(program, (ModuleId){m});
        SymbolId symbol = program_scope(program, module->scope)->first_symbol;
        for (; fact_is(symbol); symbol = program_symbol(program, symbol)->next_in_scope) {
            const SymbolFact *fact = program_symbol(program, symbol);
            // `Serial = Serial()`: the instance takes the name of its class.
            bool takes_name = program_binding(program, fact->first_binding)->kind == BINDING_CLASS;
            const BindingFact *binding =
                program_binding(program, takes_name ? fact->last_binding : fact->first_binding);
            if (guesser->aside[m] || binding->kind != BINDING_ASSIGN || binding->element != -1)
                continue;
            uint32_t before = guesser->out->states.count;
            add(guesser,
                &(Found){STATE_INSTANCE, (ModuleId){m}, fact->name, binding->start,
                         class_of_value(guesser, binding->value, program_name(program, fact->name)),
                         symbol});
            if (guesser->out->states.count == before) continue;
            GuessState *guess = vec_last(&guesser->out->states);
            // Nor is there one where a branch makes the instance: `if main: database = Database()`.
            StatementId block = program_statement(program, binding->statement)->parent;
            bool branch = fact_is(block) && program_statement(program, block)->kind == STATEMENT_IF;
            if (!branch && !takes_name && (!guess->is_settings || !rebound[symbol.index])) continue;
            guess->kind = STATE_NAME;
            numbers[symbol.index] = guesser->out->states.count;
        }
    }
    find_kept(guesser, numbers);
}

static void find_getters(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 0; i < program_getter_count(program); i++) {
        const LazyGetter *getter = program_getter(program, i);
        const FunctionFact *function = program_function(program, getter->function);
        const ModuleFact *module = program_module(program, function->module);
        if (guesser->aside[function->module.index]) continue;
        add(guesser,
            &(Found){STATE_GETTER, function->module, function->name, function->keyword_start,
                     class_of_value(guesser, getter->construction,
                                    program_name(program, function->name)),
                     program_symbol_in(program, module->scope, function->name)});
    }
}

void guess_find_state(Guesser *guesser) {
    find_mutations(guesser);
    find_constructions(guesser);
    find_returns(guesser);
    count_users(guesser);
    find_getters(guesser);
    find_instances(guesser);
}
