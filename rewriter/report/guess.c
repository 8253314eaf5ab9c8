// Guesses. In: the facts of a tree, resolved. Out: candidates with their evidence, in a fixed order. Knows
// no rules, changes nothing, and claims nothing that the facts do not show.
#include "report/guess.h"

#include "base/path.h"
#include "facts/import_roots.h"
#include "rule/rule.h"

enum { LEAST_FUNCTIONS = 3, MOST_CARRIERS = 5, MOST_SINGLETONS = 40 };

typedef struct Guesser {
    const Program *program;
    Guesses *out;
    ImportRoots roots;
    Arena scratch;
    ClassId *made;       // by expression: the class of the tree that it makes an instance of
    BindingId *mutation; // by class: a binding of an attribute outside the constructor
    uint32_t *users;     // by symbol: other modules that use it
} Guesser;

// As imports name it.
static Str name_of(const Guesser *guesser, Name name) {
    return import_roots_strip(&guesser->roots, program_name(guesser->program, name));
}

static Place place_at(const Guesser *guesser, ModuleId module, uint32_t offset) {
    FileId file = program_module_file(guesser->program, module);
    const SourceFile *source = source_file(guesser->program->facts->sources, file);
    return (Place){source->path, source_line_column(source, offset)};
}

// ---- state that changes --------------------------------------------------------------------------

// self.x = ..., self.x[...] = ... and the like in a method that is no constructor.
static void find_mutations(Guesser *guesser) {
    const Program *program = guesser->program;
    guesser->mutation = arena_array(&guesser->scratch, BindingId, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        FunctionId id = program_scope_function(program, binding->scope);
        if (!fact_is(binding->target) || !fact_is(id)) continue;
        const FunctionFact *function = program_function(program, id);
        const ExprFact *target = program_expr(program, binding->target);
        if (target->kind == EXPR_SUBSCRIPT) target = program_expr(program, target->base);
        if (target->kind != EXPR_ATTRIBUTE || !fact_is(function->klass) ||
            (function->flags & FUNCTION_CONSTRUCTOR) || function->parameter_count == 0)
            continue;
        const ExprFact *base = program_expr(program, target->base);
        const ParameterFact *receiver =
            program_parameter(program, (ParameterId){function->first_parameter});
        if (base->kind != EXPR_NAME || base->name.index != receiver->name.index) continue;
        BindingId *first = &guesser->mutation[function->klass.index];
        if (!fact_is(*first)) *first = (BindingId){i};
    }
}

static BindingId mutation_of(const Guesser *guesser, ClassId klass) {
    const ClassFact *fact = program_class(guesser->program, klass);
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(guesser->program, fact->first_ancestor + i);
        if (fact_is(guesser->mutation[ancestor.index])) return guesser->mutation[ancestor.index];
    }
    return FACT_NONE(BindingId);
}

// ---- settings ------------------------------------------------------------------------------------

// What a name in a class header is imported as, from outside the tree.
static Str imported_as(const Guesser *guesser, ExprId expr) {
    const Program *program = guesser->program;
    const ExprFact *row = program_expr(program, expr);
    Str tail = STR_NONE;
    if (row->kind == EXPR_ATTRIBUTE) {
        tail = name_of(guesser, row->name);
        expr = row->base;
    }
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol)) return STR_NONE;
    BindingId binding = program_symbol(program, symbol)->first_binding;
    const BindingFact *fact = program_binding(program, binding);
    if (!fact_is(binding) || fact->kind != BINDING_IMPORT) return STR_NONE;
    Str dotted = name_of(guesser, program_import(program, fact->import_)->dotted);
    return tail.length == 0
               ? dotted
               : arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(dotted), STR_ARG(tail));
}

// "Settings", "AppConfig"; and those that read the environment, whatever their name.
static bool is_settings(const Guesser *guesser, ClassId klass) {
    static const char *const endings[] = {"Settings", "Config", "Configuration"};
    const ClassFact *fact = program_class(guesser->program, klass);
    Str name = name_of(guesser, fact->name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends_with(name, str_from(endings[i]))) return true;
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(guesser->program, fact->first_ancestor + i);
        ExprId base = program_class(guesser->program, ancestor)->first_base;
        for (; fact_is(base); base = program_expr(guesser->program, base)->next_sibling)
            if (str_ends_with(imported_as(guesser, base), STR(".BaseSettings"))) return true;
    }
    return false;
}

// ---- singletons ----------------------------------------------------------------------------------

static void find_constructions(Guesser *guesser) {
    const Program *program = guesser->program;
    guesser->made = arena_array(&guesser->scratch, ClassId, program_expr_count(program) + 1);
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind == EDGE_CONSTRUCT) guesser->made[edge->expr.index] = edge->klass;
    }
}

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

static void add_singleton(Guesser *guesser, Str module, Str name, ModuleId home, uint32_t offset,
                          ClassId klass, SymbolId symbol, bool is_getter) {
    const Program *program = guesser->program;
    BindingId mutation = fact_is(klass) ? mutation_of(guesser, klass) : FACT_NONE(BindingId);
    uint32_t importers = guesser->users[symbol.index];
    bool settings = fact_is(klass) && is_settings(guesser, klass);
    if ((!fact_is(mutation) && !settings) || importers == 0) return;
    GuessSingleton guess = {
        .name = arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name)),
        .is_getter = is_getter,
        .is_settings = settings,
        .klass = name_of(guesser, program_class(program, klass)->qualified),
        .place = place_at(guesser, home, offset),
        .importers = importers};
    if (fact_is(mutation)) {
        const BindingFact *binding = program_binding(program, mutation);
        ModuleId where = program_expr_module(program, binding->target);
        const ExprFact *target = program_expr(program, binding->target);
        guess.changes = program_text(program, where, target->start, target->end);
        guess.changed_at = place_at(guesser, where, target->start);
    }
    vec_add(&guesser->out->singletons, guess);
}

static void find_singletons(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t m = 1; m < program_module_count(program); m++) {
        const ModuleFact *module = program_module(program, (ModuleId){m});
        SymbolId symbol = program_scope(program, module->scope)->first_symbol;
        for (; fact_is(symbol); symbol = program_symbol(program, symbol)->next_in_scope) {
            const SymbolFact *fact = program_symbol(program, symbol);
            const BindingFact *binding = program_binding(program, fact->first_binding);
            if (binding->kind != BINDING_ASSIGN || !fact_is(fact->first_binding)) continue;
            add_singleton(guesser, name_of(guesser, module->name), name_of(guesser, fact->name),
                          (ModuleId){m}, binding->start, guesser->made[binding->value.index],
                          symbol, false);
        }
    }
    for (uint32_t i = 0; i < program_getter_count(program); i++) {
        const LazyGetter *getter = program_getter(program, i);
        const FunctionFact *function = program_function(program, getter->function);
        const ModuleFact *module = program_module(program, function->module);
        SymbolId symbol = program_symbol_in(program, module->scope, function->name);
        ClassId klass = guesser->made[program_binding(program, getter->binding)->value.index];
        add_singleton(guesser, name_of(guesser, module->name), name_of(guesser, function->name),
                      function->module, function->keyword_start, klass, symbol, true);
    }
}

static int compare_singletons(const void *left, const void *right) {
    const GuessSingleton *a = left, *b = right;
    if (a->importers != b->importers) return a->importers > b->importers ? -1 : 1;
    return str_compare(a->name, b->name);
}

// ---- carriers ------------------------------------------------------------------------------------

static bool sounds_inbound(Str name) {
    static const char *const words[] = {"Message", "Event",       "Request", "Update",
                                        "Context", "Interaction", "Session"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find_str(name, str_from(words[i])) >= 0) return true;
    return false;
}

static int compare_carriers(const void *left, const void *right) {
    const GuessCarrier *a = left, *b = right;
    if (a->functions != b->functions) return a->functions > b->functions ? -1 : 1;
    return str_compare(a->klass, b->klass);
}

static void find_carriers(Guesser *guesser) {
    const Program *program = guesser->program;
    uint32_t *counts = arena_array(&guesser->scratch, uint32_t, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_parameter_count(program); i++)
        counts[program_parameter(program, (ParameterId){i})->klass.index]++;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (counts[i] < LEAST_FUNCTIONS || !sounds_inbound(name_of(guesser, klass->name))) continue;
        vec_add(&guesser->out->carriers,
                ((GuessCarrier){name_of(guesser, klass->qualified),
                                place_at(guesser, klass->module, klass->name_start), counts[i]}));
    }
    if (guesser->out->carriers.count > 0)
        qsort(guesser->out->carriers.items, guesser->out->carriers.count,
              sizeof *guesser->out->carriers.items, compare_carriers);
    if (guesser->out->carriers.count > MOST_CARRIERS) guesser->out->carriers.count = MOST_CARRIERS;
}

// ---- boundaries ----------------------------------------------------------------------------------

typedef struct Framework {
    const char *module, *id, *origin, *globs[12];
} Framework;

static const Framework FRAMEWORKS[] = {
    {"fastapi",
     "fastapi-routes",
     "http",
     {"*.get", "*.post", "*.put", "*.patch", "*.delete", "*.websocket", "*.api_route"}},
    {"aiohttp",
     "aiohttp-routes",
     "http",
     {"*.get", "*.post", "*.put", "*.patch", "*.delete", "*.view"}},
    {"flask", "flask-routes", "http", {"*.route", "*.get", "*.post", "*.put", "*.delete"}},
    {"nonebot",
     "nonebot-handlers",
     "message",
     {"*.handle", "*.got", "*.receive", "on_message", "on_command", "*.on_message"}},
    {"nonebot_plugin_alconna",
     "alconna-handlers",
     "message",
     {"*.handle", "*.assign", "*.got", "*.got_path"}},
    {"discord",
     "discord-handlers",
     "message",
     {"*.event", "*.listen", "*.listener", "*.command", "*.hybrid_command", "*.group"}},
    {"telethon", "telethon-handlers", "message", {"*.on"}},
    {"pyrogram", "pyrogram-handlers", "message", {"*.on_message", "*.on_callback_query"}},
    {"telegram", "telegram-handlers", "message", {"*.message_handler", "*.callback_query_handler"}},
    {"celery", "celery-tasks", "background", {"*.task", "shared_task"}},
    {"apscheduler", "scheduled-jobs", "background", {"*.scheduled_job"}},
    {"nonebot_plugin_apscheduler", "nonebot-jobs", "background", {"*.scheduled_job"}},
    {"rq", "rq-jobs", "background", {"job", "*.job"}},
    {"fastapi", "fastapi-hooks", "start_up", {"*.on_event", "*.lifespan"}},
    {"nonebot", "nonebot-hooks", "start_up", {"*.on_startup", "*.on_shutdown"}},
};

// Marks the modules that import MODULE or something of it; false when none does.
static bool find_users(const Guesser *guesser, const char *module, bool *users) {
    const Program *program = guesser->program;
    size_t length = strlen(module);
    bool any = false;
    memset(users, 0, program_module_count(program) * sizeof *users);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        Str dotted = name_of(guesser, import->dotted);
        if (!str_starts_with(dotted, str_from(module)) ||
            (dotted.length > length && dotted.data[length] != '.'))
            continue;
        users[import->module.index] = any = true;
    }
    return any;
}

// The decorator's text up to its arguments.
static Str decorator_text(const Program *program, ExprId decorator) {
    ModuleId module = program_expr_module(program, decorator);
    const ExprFact *expr = program_expr(program, decorator);
    if (expr->kind == EXPR_CALL) expr = program_expr(program, expr->base);
    return program_text(program, module, expr->start, expr->end);
}

static bool has_decorator(const Program *program, const FunctionFact *function,
                          const Framework *framework) {
    for (ExprId id = function->first_decorator; fact_is(id);
         id = program_expr(program, id)->next_sibling)
        for (int i = 0; framework->globs[i] != NULL; i++)
            if (rule_name_matches(str_from(framework->globs[i]), decorator_text(program, id)))
                return true;
    return false;
}

static const char *glob_list(Guesses *guesses, const Framework *framework) {
    StrBuf list = {0};
    for (int i = 0; framework->globs[i] != NULL; i++)
        strbuf_addf(&list, "%s\"%s\"", i > 0 ? ", " : "", framework->globs[i]);
    const char *text = arena_copy(&guesses->arena, strbuf_str(&list)).data;
    strbuf_release(&list);
    return text;
}

static void find_boundaries(Guesser *guesser) {
    const Program *program = guesser->program;
    bool *users = arena_array(&guesser->scratch, bool, program_module_count(program) + 1);
    for (size_t f = 0; f < sizeof FRAMEWORKS / sizeof *FRAMEWORKS; f++) {
        const Framework *framework = &FRAMEWORKS[f];
        if (!find_users(guesser, framework->module, users)) continue;
        GuessBoundary guess = {.id = framework->id,
                               .framework = framework->module,
                               .origin = framework->origin,
                               .decorators = glob_list(guesser->out, framework)};
        for (uint32_t i = 1; i < program_function_count(program); i++) {
            const FunctionFact *function = program_function(program, (FunctionId){i});
            if (!users[function->module.index] || !has_decorator(program, function, framework))
                continue;
            if (guess.functions++ == 0)
                guess.first = place_at(guesser, function->module, function->keyword_start);
        }
        if (guess.functions > 0) vec_add(&guesser->out->boundaries, guess);
    }
}

// ---- models --------------------------------------------------------------------------------------

static bool is_model_base(Str dotted) {
    static const char *const bases[] = {"peewee.Model",           "sqlalchemy.orm.DeclarativeBase",
                                        "django.db.models.Model", "tortoise.models.Model",
                                        "tortoise.Model",         "sqlmodel.SQLModel",
                                        "pony.orm.Entity"};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (str_is(dotted, bases[i])) return true;
    return false;
}

// The guess that classes below BASE belong to; a new one is of KLASS.
static GuessModels *models_of(Guesser *guesser, Str base, const ClassFact *klass) {
    Guesses *out = guesser->out;
    for (uint32_t i = 0; i < out->models.count; i++)
        if (str_equal(out->models.items[i].base, base)) return &out->models.items[i];
    vec_add(&out->models, ((GuessModels){base, name_of(guesser, klass->qualified),
                                         place_at(guesser, klass->module, klass->name_start), 0}));
    return &out->models.items[out->models.count - 1];
}

static void find_models(Guesser *guesser) {
    const Program *program = guesser->program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (!fact_is(klass->first_base)) continue;
        Str base = imported_as(guesser, klass->first_base);
        if (!is_model_base(base)) continue;
        uint32_t children = 0; // itself among them
        for (uint32_t c = 1; c < program_class_count(program); c++)
            children += program_is_subclass(program, (ClassId){c}, (ClassId){i});
        models_of(guesser, base, klass)->classes += children;
    }
}

// ---- all -----------------------------------------------------------------------------------------

// Django's and Alembic's.
static bool has_migrations(const Program *program) {
    for (uint32_t i = 1; i < program->facts->sources->files.count; i++) {
        const SourceFile *file = &program->facts->sources->files.items[i];
        if (!file->auxiliary && (path_glob(STR("**/migrations/[0-9]*.py"), file->path) ||
                                 path_glob(STR("**/versions/*.py"), file->path)))
            return true;
    }
    return false;
}

// Packages beside the program itself: a runtime module in one of them would not be installed with it.
static bool is_beside(Str package) {
    static const char *const names[] = {"tests", "test",     "testing", "docs",       "doc",
                                        "tools", "examples", "example", "benchmarks", "scripts"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(package, names[i])) return true;
    return false;
}

// The first name of the modules' dotted names that most modules have; modules of one package follow each
// other.
static Str main_package(const Guesser *guesser) {
    const Program *program = guesser->program;
    Str best = STR_NONE, package = STR_NONE;
    bool best_is_beside = true;
    uint32_t most = 0, count = 0;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        Str name = name_of(guesser, program_module(program, (ModuleId){i})->name);
        ptrdiff_t dot = str_find(name, '.');
        if (dot <= 0) continue;
        Str first = str_slice(name, 0, (size_t)dot);
        count = str_equal(first, package) ? count + 1 : 1;
        package = first;
        bool beside = is_beside(package);
        if (best_is_beside == beside ? count <= most : beside) continue;
        best = package;
        best_is_beside = beside;
        most = count;
    }
    return best;
}

void guess_build(const Program *program, Guesses *guesses) {
    *guesses = (Guesses){0};
    Guesser guesser = {.program = program, .out = guesses};
    import_roots_add(&guesser.roots, program->facts);
    guesses->package = main_package(&guesser);
    find_mutations(&guesser);
    find_constructions(&guesser);
    count_users(&guesser);
    find_singletons(&guesser);
    if (guesses->singletons.count > 0)
        qsort(guesses->singletons.items, guesses->singletons.count,
              sizeof *guesses->singletons.items, compare_singletons);
    if (guesses->singletons.count > MOST_SINGLETONS) guesses->singletons.count = MOST_SINGLETONS;
    find_carriers(&guesser);
    find_boundaries(&guesser);
    find_models(&guesser);
    guesses->has_migrations = has_migrations(program);
    vec_release(&guesser.roots);
    arena_release(&guesser.scratch);
}

void guess_release(Guesses *guesses) {
    vec_release(&guesses->singletons);
    vec_release(&guesses->carriers);
    vec_release(&guesses->boundaries);
    vec_release(&guesses->models);
    arena_release(&guesses->arena);
}
