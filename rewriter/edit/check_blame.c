// Who is to blame for a name that rules make up. In: a name, or a runtime file, with which something is wrong. Out:
// the accesses and boundaries whose text names it. What every change needs, such as the context's type, is
// nobody's: without it there is no plan.
#include "edit/check_internal.h"

#include "base/path.h"

static void add(Decisions *causes, DecisionKind kind, uint32_t index) {
    vec_add(causes, ((Decision){kind, index}));
}

static bool is_in(ModuleId wanted, ModuleId module) {
    return !fact_is(wanted) || fact_same(wanted, module);
}

void check_find_users(const Check *check, ModuleId module, Str name, Decisions *causes) {
    const Program *program = check->input->program;
    const Solution *solution = check->input->solution;
    const Rules *rules = program->rules;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (!fact_is(sink->expr) || sink->accessor || !outcome_row(sink->outcome)->rewritten ||
            !is_in(module, program_expr_module(program, sink->expr)))
            continue;
        if (str_find_word(rules->sinks.items[sink->rule].replace, name) >= 0)
            add(causes, DECISION_SINK, sink->expr.index);
    }
    for (uint32_t i = 1; solution->functions && i < program_function_count(program); i++) {
        const FunctionPlan *plan = &solution->functions[i];
        if (plan->supply != SUPPLY_CREATED ||
            !is_in(module, program_function(program, (FunctionId){i})->module))
            continue;
        if (str_find_word(rules->boundaries.items[plan->boundary - 1].create, name) >= 0)
            add(causes, DECISION_FUNCTION, i);
    }
}

Blame check_blame(const Decisions *causes) {
    return (Blame){.cause = causes->count > 0 ? causes->items[0] : (Decision){0},
                   .fatal = causes->count == 0};
}

void check_blame_others(const Check *check, const Decisions *causes) {
    PlanFaults *faults = check->input->faults;
    for (uint32_t i = 1; faults != NULL && i < causes->count; i++) {
        PlanFault fault = *vec_last(&faults->list);
        fault.taken.decision = causes->items[i];
        plan_faults_add(faults, fault);
    }
}

// ---- runtime files -----------------------------------------------------------------------------------

// "iso/stores.py" -> "iso.stores"
static Str module_name(Arena *arena, Str path) {
    ptrdiff_t dot = str_find_last(path, '.');
    Str name = arena_copy(arena, str_slice(path, 0, (size_t)dot));
    char *bytes = arena_bytes(arena, name.length + 1);
    for (size_t i = 0; i < name.length; i++) bytes[i] = name.data[i] == '/' ? '.' : name.data[i];
    bytes[name.length] = '\0';
    return (Str){bytes, name.length};
}

// Another file that is brought imports it, by whatever name: then that one cannot do without.
static bool is_imported(const Check *check, const NewFile *file, Str stem) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *other = &check->files.items[i];
        if (other == file || !other->planned->is_new || !other->parsed) continue;
        for (uint32_t k = 1; k < other->facts.imports.count; k++) {
            const ImportFact *row = &other->facts.imports.items[k];
            if (str_find_word(facts_name(&other->facts, row->path), stem) >= 0 ||
                str_equal(facts_name(&other->facts, row->name), stem))
                return true;
        }
    }
    return false;
}

static bool names(Str dotted, Str module) {
    return str_starts_with(dotted, module) && dotted.length > module.length &&
           dotted.data[module.length] == '.';
}

void check_find_users_of_file(const Check *check, const NewFile *file, Decisions *causes) {
    const ContextRule *context = &check->input->program->rules->context;
    Arena arena = {0};
    Str module = module_name(&arena, file->planned->path);
    Str stem = str_slice(module, (size_t)(str_find_last(module, '.') + 1), module.length);
    bool always = names(context->type, module) || names(context->ambient, module) ||
                  names(context->accessor_decorator, module) ||
                  names(context->ambient_instance, module);
    if (!always && !is_imported(check, file, stem))
        check_find_users(check, FACT_NONE(ModuleId), module, causes);
    arena_release(&arena);
}
