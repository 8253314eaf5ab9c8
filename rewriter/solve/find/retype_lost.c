// What goes with a field that parameters took the place of. In: a rule that was carried out, and the places that use its
// field. Out: the statements that fill it, the parameters that only such statements and each other read, and what calls
// pass for them; or what stands against it, and nothing.
//
//     static int setup(dict *d, void *privdata)     static int setup(dict *d)
//         d->privdata = privdata;
//     dict *create(void *privdata)                  dict *create(void)
//         setup(d, privdata);                           setup(d);
#include "facts/language.h"
#include "facts/stretch.h"
#include "program/index.h"
#include "solve/find/retype.h"

typedef struct Losing {
    Solver *solver;
    uint32_t rule;
    FieldUses uses;
    Map fills;        // (file, offset of the value of a statement that goes) -> 1
    Vec(Slot) slots;
    Map alive;        // (family, index) -> 1: goes; 2: has been found to stay
} Losing;

static bool is_alive(const Losing *losing, uint32_t family, uint32_t index) {
    uint32_t state = 0;
    return map_get(&losing->alive, map_key(family, index), &state) && state == 1;
}

static void add_slot(Losing *losing, ParameterId parameter) {
    const Program *program = losing->solver->program;
    const FunctionFact *function = program_function(program, program_parameter(program, parameter)->function);
    Slot slot = {function->family, parameter.index - function->first_parameter};
    uint32_t known = 0;
    if (map_get(&losing->alive, map_key(slot.family, slot.index), &known)) return;
    map_put(&losing->alive, map_key(slot.family, slot.index), 1);
    vec_add(&losing->slots, slot);
}

static Str field_of(const Losing *losing) {
    return losing->solver->program->rules->retypes.items[losing->rule].field.text;
}

// Always false: NAME is why nothing goes.
static bool refuse(const Losing *losing, Span span, const char *what, Str name) {
    Diagnostics *diagnostics = losing->solver->diagnostics;
    diagnostic_add(diagnostics, DIAGNOSTIC_W415, span, "'%.*s' goes on being filled: '%.*s' %s",
                   STR_ARG(field_of(losing)), STR_ARG(name), what);
    diagnostic_help(diagnostics, "all that fills it goes together with it, or nothing");
    return false;
}

static Str name_of(const Losing *losing, FunctionId id) {
    const Program *program = losing->solver->program;
    return program_name(program, program_function(program, id)->qualified);
}

// ---- statements that fill the field ------------------------------------------------------------------
// The arguments that the rule has rewritten, by where they end.
static Map find_rewritten(const Losing *losing) {
    const Program *program = losing->solver->program;
    const Solution *solution = losing->solver->solution;
    Map rewritten = {0};
    for (uint32_t i = 0; i < solution->retyped.count; i++) {
        const Retyped *row = &solution->retyped.items[i];
        if (row->rule != losing->rule || !fact_is(row->argument)) continue;
        const ArgumentFact *argument = program_argument(program, row->argument);
        FileId file = program_module_file(program, program_call(program, argument->call)->module);
        map_put(&rewritten, map_key(file.index, argument->end), 1);
    }
    return rewritten;
}

static bool may_change(const Solver *solver, FileId file) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        if (program_module_file(program, (ModuleId){i}).index == file.index)
            return !program_module(program, (ModuleId){i})->left_out && solver_is_within(solver, (ModuleId){i});
    return false; // it is read for the names in it
}

// Of the structures of that name, only those count whose field the rule has taken something out for; of uses that nobody
// knows the structure of, those in the files that the rules are about.
static void drop_others(Losing *losing, const Map *rewritten) {
    Map homes = {0};
    uint32_t known = 0, kept = 0;
    for (uint32_t i = 0; i < losing->uses.list.count; i++) {
        const FieldUse *use = &losing->uses.list.items[i];
        bool taken = map_get(rewritten, map_key(use->file.index, use->end), &known);
        if (taken) map_put(&homes, map_key(0, use->home.index), 1);
    }
    for (uint32_t i = 0; i < losing->uses.list.count; i++) {
        FieldUse use = losing->uses.list.items[i];
        bool meant = use.home.index ? map_get(&homes, map_key(0, use.home.index), &known)
                                    : may_change(losing->solver, use.file);
        if (meant) losing->uses.list.items[kept++] = use;
    }
    losing->uses.list.count = kept;
    map_release(&homes);
}

static bool check_uses(Losing *losing) {
    Map rewritten = find_rewritten(losing);
    bool good = true;
    drop_others(losing, &rewritten);
    for (uint32_t i = 0; good && i < losing->uses.list.count; i++) {
        const FieldUse *use = &losing->uses.list.items[i];
        uint32_t known = 0;
        if (use->fills) map_put(&losing->fills, map_key(use->file.index, use->value), 1);
        good = use->fills ? may_change(losing->solver, use->file)
                          : map_get(&rewritten, map_key(use->file.index, use->end), &known);
        if (!good)
            refuse(losing, (Span){use->file, use->start, use->end},
                   use->fills ? "is filled where nothing can change" : "is still used here", field_of(losing));
    }
    map_release(&rewritten);
    return good;
}

static ParameterId parameter_of(const Program *program, ExprId expr) {
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return FACT_NONE(ParameterId);
    return program_binding(program, program_symbol(program, symbol)->first_binding)->parameter;
}

static void find_first(Losing *losing) {
    const Program *program = losing->solver->program;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        FileId file = program_module_file(program, (ModuleId){i});
        Stretch exprs = facts_exprs_of(program->facts, (ModuleId){i});
        bool any = false;
        for (uint32_t k = 0; k < losing->uses.list.count; k++)
            any = any || losing->uses.list.items[k].file.index == file.index;
        for (uint32_t k = exprs.first; any && k < exprs.end; k++) {
            const ExprFact *expr = program_expr(program, (ExprId){k});
            uint32_t known = 0;
            if (expr->kind != EXPR_NAME || !map_get(&losing->fills, map_key(file.index, expr->start), &known)) continue;
            ParameterId parameter = parameter_of(program, (ExprId){k});
            if (fact_is(parameter)) add_slot(losing, parameter);
        }
    }
}

// What is passed for a parameter that goes is one itself, perhaps.
static void spread(Losing *losing) {
    const Program *program = losing->solver->program;
    for (uint32_t i = 0; i < losing->slots.count; i++) {
        Slot slot = losing->slots.items[i];
        for (RowList members = program_members(program, slot.family); members.at < members.end; members.at++) {
            RowList callers = program_callers(program, (FunctionId){*members.at});
            for (; callers.at < callers.end; callers.at++) {
                const CallFact *call = program_call(program, program_edge(program, *callers.at)->call);
                if (slot.index >= call->argument_count) continue;
                ArgumentId id = {call->first_argument + slot.index};
                ParameterId own = retype_own_parameter(program, program_argument(program, id));
                if (fact_is(own)) add_slot(losing, own);
            }
        }
    }
}

// ---- what stays --------------------------------------------------------------------------------------
// What is read at EXPR goes: it is the value of a statement that does, or is passed for a parameter that does.
static bool read_goes(const Losing *losing, ExprId expr) {
    const Program *program = losing->solver->program;
    const ExprFact *row = program_expr(program, expr);
    FileId file = program_module_file(program, program_expr_module(program, expr));
    uint32_t known = 0;
    if (map_get(&losing->fills, map_key(file.index, row->start), &known)) return true;
    CallId call = program_expr(program, row->parent)->call;
    const CallFact *around = program_call(program, call);
    for (uint32_t i = 0; fact_is(call) && i < around->argument_count; i++) {
        if (program_argument(program, (ArgumentId){around->first_argument + i})->value.index != expr.index) continue;
        RowList edges = program_call_edges(program, call);
        bool any = edges.at < edges.end;
        for (; edges.at < edges.end; edges.at++) {
            const FunctionFact *callee = program_function(program, program_edge(program, *edges.at)->callee);
            any = any && is_alive(losing, callee->family, i);
        }
        return any;
    }
    return false;
}

// Nothing happens where TEXT is evaluated: no call, no assignment.
static bool is_without_effect(Str text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i], before = i > 0 ? text.data[i - 1] : '\0';
        bool twice = c == before && (c == '+' || c == '-');
        if (c == '=' || twice || (c == '(' && i > 0 && (str_is_word_byte(before) || before == ')'))) return false;
    }
    return true;
}

static bool check_caller(const Losing *losing, const EdgeFact *edge, uint32_t index, bool says) {
    Solver *solver = losing->solver;
    const Program *program = solver->program;
    const CallFact *call = program_call(program, edge->call);
    const char *what = NULL;
    Span span = program_expr_span(program, edge->expr);
    if (edge->kind != EDGE_CALL)
        what = "is a value that nobody follows";
    else if (solver_is_frozen(solver, edge->expr) || index >= call->argument_count)
        what = "is called where nothing can change";
    if (!what) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + index});
        Str text = program_text(program, call->module, argument->start, argument->end);
        if (!is_without_effect(text)) what = "is given something that does more than being a value";
    }
    return !what || (says && refuse(losing, span, what, name_of(losing, edge->callee)));
}

static bool check_reads(const Losing *losing, FunctionId id, ParameterId parameter, bool says) {
    const Program *program = losing->solver->program;
    SymbolId symbol = program_parameter(program, parameter)->symbol;
    if (!fact_is(symbol)) return true;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++)
        if (!read_goes(losing, (ExprId){*reads.at}))
            return says && refuse(losing, program_expr_span(program, (ExprId){*reads.at}),
                                  "uses for something else what it is filled with", name_of(losing, id));
    return true;
}

// One element of a list is taken out at a time.
static bool is_second(const Losing *losing, Slot slot) {
    const Program *program = losing->solver->program;
    const Solution *solution = losing->solver->solution;
    for (uint32_t i = 0; i < losing->slots.count && losing->slots.items[i].index != slot.index; i++)
        if (losing->slots.items[i].family == slot.family && is_alive(losing, slot.family, losing->slots.items[i].index))
            return true;
    for (uint32_t i = 0; i < solution->lost.count; i++) {
        ParameterId parameter = solution->lost.items[i].parameter;
        FunctionId function = program_parameter(program, parameter)->function;
        if (fact_is(parameter) && program_function(program, function)->family == slot.family) return true;
    }
    return false;
}

static bool check_member(const Losing *losing, FunctionId id, uint32_t index, bool says) {
    Solver *solver = losing->solver;
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    Span span = {program_module_file(program, function->module), function->name_start, function->name_end};
    bool keeps = is_second(losing, (Slot){function->family, index}) ||
                 (function->flags & (FUNCTION_HOLDS_FAMILY | FUNCTION_MACRO)) || solver->public_function[id.index] ||
                 solver_keeps_signature(solver, id) || solver_function(solver, id)->gains_parameter ||
                 program_module(program, function->module)->left_out || !solver_is_within(solver, function->module) ||
                 index >= function->parameter_count;
    if (keeps) return says && refuse(losing, span, "keeps its parameters", name_of(losing, id));
    if (!check_reads(losing, id, (ParameterId){function->first_parameter + index}, says)) return false;
    RowList callers = program_callers(program, id);
    for (; callers.at < callers.end; callers.at++)
        if (!check_caller(losing, program_edge(program, *callers.at), index, says)) return false;
    return true;
}

static bool check_slot(const Losing *losing, Slot slot, bool says) {
    RowList members = program_members(losing->solver->program, slot.family);
    for (; members.at < members.end; members.at++)
        if (!check_member(losing, (FunctionId){*members.at}, slot.index, says)) return false;
    return true;
}

// The most that can go together: what stays has others stay that hand theirs on to it.
static void settle(Losing *losing) {
    bool again = true;
    while (again) {
        again = false;
        for (uint32_t i = 0; i < losing->slots.count; i++) {
            Slot slot = losing->slots.items[i];
            if (!is_alive(losing, slot.family, slot.index) || check_slot(losing, slot, false)) continue;
            map_put(&losing->alive, map_key(slot.family, slot.index), 2);
            again = true;
        }
    }
}

// The parameters that the field is filled with are among them; the first that is not says why.
static bool check_first(const Losing *losing, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        Slot slot = losing->slots.items[i];
        if (!is_alive(losing, slot.family, slot.index)) return check_slot(losing, slot, true);
    }
    return true;
}

// ---- the result --------------------------------------------------------------------------------------
static void keep(const Losing *losing) {
    const Program *program = losing->solver->program;
    Solution *solution = losing->solver->solution;
    for (uint32_t i = 0; i < losing->uses.list.count; i++) {
        const FieldUse *use = &losing->uses.list.items[i];
        Lost row = {.rule = losing->rule, .statement = {use->file, use->start, use->end}};
        if (use->fills) vec_add(&solution->lost, row);
    }
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        for (uint32_t k = 0; k < function->parameter_count; k++)
            if (is_alive(losing, function->family, k))
                vec_add(&solution->lost,
                        ((Lost){.rule = losing->rule, .parameter = {function->first_parameter + k}}));
    }
    for (uint32_t i = 1; i < program_argument_count(program); i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){i});
        RowList edges = program_call_edges(program, argument->call);
        if (edges.at == edges.end) continue;
        const EdgeFact *edge = program_edge(program, *edges.at);
        uint32_t family = program_function(program, edge->callee)->family;
        if (is_alive(losing, family, retype_index_of(program, (ArgumentId){i})))
            vec_add(&solution->lost, ((Lost){.rule = losing->rule, .argument = {i}}));
    }
}

void retype_find_lost(Solver *solver, uint32_t rule) {
    const Program *program = solver->program;
    Losing losing = {.solver = solver, .rule = rule};
    Str field = field_of(&losing);
    size_t dot = (size_t)str_find(field, '.');
    const Language *language = program_module(program, (ModuleId){1})->language; // rules of one language read one
    if (language->find_field != NULL &&
        language->find_field(program->facts, str_slice(field, 0, dot), str_slice(field, dot + 1, field.length),
                             &losing.uses) &&
        check_uses(&losing)) {
        find_first(&losing);
        uint32_t first = losing.slots.count;
        spread(&losing);
        settle(&losing);
        if (check_first(&losing, first)) keep(&losing);
    }
    vec_release(&losing.uses.list);
    vec_release(&losing.slots);
    map_release(&losing.fills);
    map_release(&losing.alive);
}
