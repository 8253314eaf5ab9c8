// Settings that are no instance. In: facts. Out: modules and classes whose data others read, and settings that
// other packages have:
//
//     from app import config                config.DEBUG         app/config.py: DEBUG = ..., TOKEN = ...
//     from app.config import Config         Config.DEBUG         class Config: DEBUG = ..., TOKEN = ...
//     from flask import current_app         current_app.config["DEBUG"]
//     import config                         config.token         config.py is written by who installs it
#include "report/guess_internal.h"

enum { LEAST_DATA = 3, LEAST_READS = 3, LEAST_READERS = 3, MOST_DEPTH = 2 };

// "DEBUG", "API_KEY".
static bool is_capital(Str name) {
    bool letter = false;
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] >= 'a' && name.data[i] <= 'z') return false;
        letter = letter || (name.data[i] >= 'A' && name.data[i] <= 'Z');
    }
    return letter;
}

static uint32_t count_data(const Program *program, ScopeId scope) {
    uint32_t count = 0;
    SymbolId symbol = program_scope(program, scope)->first_symbol;
    for (; fact_is(symbol); symbol = program_symbol(program, symbol)->next_in_scope) {
        const SymbolFact *row = program_symbol(program, symbol);
        BindingKind kind = program_binding(program, row->first_binding)->kind;
        bool data = kind == BINDING_ASSIGN || kind == BINDING_DECLARE || kind == BINDING_AUGMENT;
        count += data && is_capital(program_name(program, row->name));
    }
    return count;
}

static void add(Guesser *guesser, StateKind kind, Str name, Place place, uint32_t importers) {
    vec_add(&guesser->out->states, ((GuessState){.kind = kind,
                                                 .name = arena_copy(&guesser->out->arena, name),
                                                 .is_settings = true,
                                                 .place = place,
                                                 .importers = importers}));
}

// ---- modules of the tree -------------------------------------------------------------------------
bool guess_is_settings_name(Str name) {
    static const char *const names[] = {"settings", "config", "configs", "conf", "configuration"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

// The settings are an instance that was found already.
static bool has_instance(const Guesser *guesser, Str module) {
    for (uint32_t i = 0; i < guesser->out->states.count; i++) {
        const GuessState *state = &guesser->out->states.items[i];
        ptrdiff_t dot = str_find_last(state->name, '.');
        if (state->is_settings && dot > 0 &&
            str_equal(str_slice(state->name, 0, (size_t)dot), module))
            return true;
    }
    return false;
}

// By module: how many others read its data, as `config.DEBUG` or by name. Imports come in module order.
static uint32_t *count_readers(const Guesser *guesser, Arena *arena) {
    const Program *program = guesser->program;
    uint32_t *readers = arena_array(arena, uint32_t, program_module_count(program) + 1);
    ModuleId *last = arena_array(arena, ModuleId, program_module_count(program) + 1);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        bool whole = import->kind == IMPORT_MODULE || import->target_is_module;
        bool reads = whole || (import->kind == IMPORT_NAME &&
                               is_capital(program_name(program, import->name)));
        if (!reads || guesser->aside[import->module.index] ||
            fact_same(last[import->target.index], import->module))
            continue;
        last[import->target.index] = import->module;
        readers[import->target.index]++;
    }
    return readers;
}

// By module: reads the environment or a file of settings.
static bool *find_environment(const Guesser *guesser, Arena *arena) {
    static const char *const names[] = {"os.environ", "os.getenv", "dotenv",       "decouple",
                                        "environ",    "environs",  "configparser", "tomllib",
                                        "tomli",      "dynaconf"};
    const Program *program = guesser->program;
    bool *reads = arena_array(arena, bool, program_module_count(program) + 1);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        Str dotted = program_name(program, import->dotted);
        ptrdiff_t dot = str_find(dotted, '.');
        Str first = str_slice(dotted, 0, dot < 0 ? dotted.length : (size_t)dot);
        bool any = str_is(dotted, "os"); // a module of settings has no other use for it
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            any = any || str_is(dotted, names[k]) || str_is(first, names[k]);
        if (any) reads[import->module.index] = true;
    }
    return reads;
}

static uint32_t depth_of(Str dotted) {
    uint32_t depth = 1;
    for (size_t i = 0; i < dotted.length; i++) depth += dotted.data[i] == '.';
    return depth;
}

// What a module deep in the tree says once and for all, and few others read, are constants of one part.
static void find_modules(Guesser *guesser) {
    const Program *program = guesser->program;
    uint32_t *readers = count_readers(guesser, &guesser->scratch);
    bool *environment = find_environment(guesser, &guesser->scratch);
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        const ModuleFact *module = program_module(program, (ModuleId){i});
        Str name = guess_name(guesser, module->name);
        if (guesser->aside[i] || readers[i] == 0 || !guess_is_settings_name(guess_last(name)) ||
            count_data(program, module->scope) < LEAST_DATA || has_instance(guesser, name))
            continue;
        if (!environment[i] && (depth_of(name) > MOST_DEPTH || readers[i] < LEAST_READERS)) {
            vec_add(&guesser->out->constants, arena_copy(&guesser->out->arena, name));
            continue;
        }
        add(guesser, STATE_MODULE, name, guess_place(guesser, (ModuleId){i}, 0), readers[i]);
    }
}

// ---- classes -------------------------------------------------------------------------------------

// `Config.DEBUG`, asked by functions.
static uint32_t count_asked(const Program *program, SymbolId symbol) {
    uint32_t count = 0;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        const ExprFact *read = program_expr(program, (ExprId){*reads.at});
        const ExprFact *parent = program_expr(program, read->parent);
        count += parent->kind == EXPR_ATTRIBUTE && parent->base.index == *reads.at &&
                 is_capital(program_name(program, parent->name)) &&
                 fact_is(program_scope_function(program, read->scope));
    }
    return count;
}

// Members of an enumeration are its values; nobody sets them.
bool guess_is_enumeration(const Program *program, ClassId klass) {
    for (uint32_t i = 0; i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        if (str_starts_with(program_name(program, base->dotted), STR("enum.")) &&
            program_is_subclass(program, klass, base->klass))
            return true;
    }
    return false;
}

static void find_classes(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        Str name = program_name(program, klass->name);
        bool named = str_ends_with(name, STR("Config")) || str_ends_with(name, STR("Settings"));
        const ModuleFact *module = program_module(program, klass->module);
        if (!named || guesser->aside[klass->module.index] ||
            !fact_same(klass->scope, module->scope) ||
            count_data(program, klass->body) < LEAST_DATA ||
            row_count(program_constructions(program, (ClassId){i})) > 0)
            continue;
        SymbolId symbol = program_symbol_in(program, klass->scope, klass->name);
        if (guesser->users[symbol.index] == 0 || count_asked(program, symbol) < LEAST_READS ||
            guess_is_enumeration(program, (ClassId){i}))
            continue;
        add(guesser, STATE_CLASS, guess_name(guesser, klass->qualified),
            guess_place(guesser, klass->module, klass->name_start), guesser->users[symbol.index]);
    }
}

// ---- of other packages ---------------------------------------------------------------------------
// By symbol: its attribute `config` is read.
static bool *find_configured(const Program *program, Arena *arena) {
    bool *configured = arena_array(arena, bool, program_symbol_count(program) + 1);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind == EXPR_ATTRIBUTE && str_is(program_name(program, expr->name), "config"))
            configured[program_symbol_of(program, expr->base).index] = true;
    }
    configured[0] = false;
    return configured;
}

// Of flask's and quart's `current_app` the attribute `config` is what holds settings.
static bool is_current_app(Str dotted) {
    return str_is(dotted, "flask.current_app") || str_is(dotted, "quart.current_app");
}

static bool is_outside(const Program *program, const ImportFact *import, const bool *configured) {
    if (fact_is(import->target) || import->level > 0) return false;
    Str dotted = program_name(program, import->dotted);
    if (import->kind == IMPORT_NAME)
        return is_current_app(dotted) && configured[import->symbol.index];
    return import->kind == IMPORT_MODULE && guess_is_settings_name(dotted);
}

static void find_outside(Guesser *guesser) {
    const Program *program = guesser->program;
    Map found = {0};          // Name.index -> number of the guess, from 1
    Vec(ModuleId) last = {0}; // by that number: the last module that imports it
    uint32_t before = guesser->out->states.count;
    bool *configured = find_configured(program, &guesser->scratch);
    vec_add(&last, FACT_NONE(ModuleId));
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        uint32_t known = 0;
        if (!is_outside(program, import, configured) || guesser->aside[import->module.index])
            continue;
        map_get(&found, import->dotted.index, &known);
        if (known == 0) {
            Place place = guess_place(guesser, import->module, import->start);
            Str name = program_name(program, import->dotted);
            if (is_current_app(name))
                name = arena_format(&guesser->scratch, "%.*s.config", STR_ARG(name));
            add(guesser, STATE_OUTSIDE, name, place, 0);
            known = guesser->out->states.count - before;
            map_put(&found, import->dotted.index, known);
            vec_add(&last, FACT_NONE(ModuleId));
        }
        if (!fact_same(last.items[known], import->module))
            guesser->out->states.items[before + known - 1].importers++;
        last.items[known] = import->module;
    }
    vec_release(&last);
    map_release(&found);
}

void guess_find_settings(Guesser *guesser) {
    find_modules(guesser);
    find_classes(guesser);
    find_outside(guesser);
}
