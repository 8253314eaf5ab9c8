// Settings that hang on an object. In: facts. Out: attributes called like settings, of classes that the tree makes one
// instance of, which functions of other modules read through an object whose class is known, or its own ones again and
// again:
//
//     class Bot:                                     async def answer(self, bot: Bot):
//         def __init__(self, config):                    return bot.config.greeting
//             self.config = config
#include "base/map.h"
#include "report/guess_internal.h"

enum { LEAST_READS = 3, LEAST_READERS = 1, LEAST_OWN_READS = 8 };

// An attribute of a class, and who reads it.
typedef struct Held {
    ClassId klass;
    Name name;
    Place place;
    ModuleId last; // that read it
    uint32_t reads, readers;
} Held;

typedef struct HeldTable {
    Map numbers; // class and name -> index into list
    Vec(Held) list;
} HeldTable;

static bool is_binding_of_object(const Program *program, const BindingFact *binding, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    const ExprFact *target = program_expr(program, binding->target);
    if (!fact_is(id) || !fact_is(function->klass) || function->parameter_count == 0 ||
        target->kind != EXPR_ATTRIBUTE)
        return false;
    const ParameterFact *receiver =
        program_parameter(program, (ParameterId){function->first_parameter});
    const ExprFact *base = program_expr(program, target->base);
    return base->kind == EXPR_NAME && name_equal(base->name, receiver->name);
}

// `self.config = settings`: what a module has is a guess by itself.
static bool is_of_module(const Program *program, const BindingFact *binding) {
    SymbolId symbol = program_symbol_of(program, binding->value);
    if (!fact_is(binding->value) || !fact_is(symbol)) return false;
    ScopeId home = program_symbol(program, program_definition_of(program, symbol))->scope;
    return program_scope(program, home)->kind == SCOPE_MODULE;
}

// Tests make many of anything. Of what the program makes once, in a function of a module, there is one; a method may make
// one for each thing that it is asked for.
static bool is_made_once(const Guesser *guesser, ClassId klass) {
    const Program *program = guesser->program;
    uint32_t count = 0, in_methods = 0, in_tests = 0;
    for (RowList rows = program_constructions(program, klass); rows.at < rows.end; rows.at++) {
        ExprId expr = program_edge(program, *rows.at)->expr;
        FunctionId maker = program_scope_function(program, program_expr(program, expr)->scope);
        if (guesser->aside[program_expr_module(program, expr).index])
            in_tests++;
        else if (count++ < 1)
            in_methods += fact_is(program_function(program, maker)->klass);
    }
    return count < 2 && (in_tests == 0 || (count == 1 && in_methods == 0));
}

// What a program was started with is called options where an object holds it, and settings where a module does.
static bool is_called_settings(Str name) { return guess_is_settings_name(name) || str_is(name, "options"); }

static void find_attributes(const Guesser *guesser, HeldTable *held) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        FunctionId id = program_scope_function(program, binding->scope);
        if (!fact_is(binding->target) || !is_binding_of_object(program, binding, id)) continue;
        const ExprFact *target = program_expr(program, binding->target);
        ClassId klass = program_function(program, id)->klass;
        ModuleId module = program_class(program, klass)->module;
        uint64_t key = map_key(klass.index, target->name.index);
        uint32_t known;
        if (!is_called_settings(program_name(program, target->name)) || guesser->aside[module.index] ||
            is_of_module(program, binding) || map_get(&held->numbers, key, &known) ||
            !is_made_once(guesser, klass))
            continue;
        map_put(&held->numbers, key, held->list.count);
        vec_add(&held->list,
                ((Held){.klass = klass, .name = target->name, .place = guess_place(guesser, module, target->start)}));
    }
}

// The attribute that an object of class KLASS has from itself or from what it inherits; NULL for none of these.
static Held *find_held(const Program *program, HeldTable *held, ClassId klass, Name name) {
    const ClassFact *row = program_class(program, klass);
    uint32_t number;
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, row->first_ancestor + i);
        if (map_get(&held->numbers, map_key(ancestor.index, name.index), &number))
            return &held->list.items[number];
    }
    return NULL;
}

// Reads come in the order of modules.
static void count_reads(const Guesser *guesser, HeldTable *held) {
    const Program *program = guesser->program;
    for (uint32_t i = 0; i < program_class_reference_count(program); i++) {
        const ClassReference *row = &program->facts->class_references.items[i];
        const ExprFact *read = program_expr(program, program_expr(program, row->expr)->parent);
        if (!row->instance || !row->certain || !row->asked.index || read->kind != EXPR_ATTRIBUTE ||
            (read->flags & (EXPR_STORED | EXPR_DELETED)) ||
            !fact_is(program_scope_function(program, read->scope)))
            continue;
        Held *found = find_held(program, held, row->klass, row->asked);
        ModuleId module = program_expr_module(program, row->expr);
        if (found == NULL || guesser->aside[module.index]) continue;
        found->reads++;
        if (fact_same(module, program_class(program, found->klass)->module) || fact_same(module, found->last))
            continue;
        found->last = module;
        found->readers++;
    }
}

void guess_find_attributes(Guesser *guesser) {
    const Program *program = guesser->program;
    HeldTable held = {0};
    find_attributes(guesser, &held);
    count_reads(guesser, &held);
    for (uint32_t i = 0; i < held.list.count; i++) {
        const Held *found = &held.list.items[i];
        // A bot that is one class reads its own.
        uint32_t least = found->readers < LEAST_READERS ? LEAST_OWN_READS : LEAST_READS;
        if (found->reads < least) continue;
        Str klass = guess_name(guesser, program_class(program, found->klass)->qualified);
        Str name = arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(klass),
                                STR_ARG(program_name(program, found->name)));
        vec_add(&guesser->out->states, ((GuessState){.kind = STATE_HELD,
                                                     .name = name,
                                                     .place = found->place,
                                                     .is_settings = true,
                                                     .importers = found->readers}));
    }
    map_release(&held.numbers);
    vec_release(&held.list);
}
