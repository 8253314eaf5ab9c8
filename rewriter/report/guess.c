// Guesses. In: the facts of a tree, resolved. Out: candidates with their evidence, in a fixed order. Knows
// no rules, changes nothing, and claims nothing that the facts do not show.
#include "report/guess.h"

#include "base/path.h"
#include "facts/import_roots.h"
#include "rule/rule.h"

enum { LEAST_FUNCTIONS = 3, MOST_CARRIERS = 5, MOST_SINGLETONS = 40 };

typedef struct Guesser {
    const Facts *facts;
    Guesses *out;
    ImportRoots roots;
    Arena scratch;
    ClassId *made;       // by expression: the class of the tree that it makes an instance of
    BindingId *mutation; // by class: a binding of an attribute outside the constructor
    uint32_t *users;     // by symbol: other modules that use it
} Guesser;

// As imports name it.
static Str name_of(const Guesser *guesser, Name name) {
    return import_roots_strip(&guesser->roots, facts_name(guesser->facts, name));
}

static Place place_at(const Guesser *guesser, ModuleId module, uint32_t offset) {
    FileId file = facts_module_file(guesser->facts, module);
    const SourceFile *source = source_file(guesser->facts->sources, file);
    return (Place){source->path, source_line_column(source, offset)};
}

// ---- state that changes --------------------------------------------------------------------------

// self.x = ..., self.x[...] = ... and the like in a method that is no constructor.
static void find_mutations(Guesser *guesser) {
    const Facts *facts = guesser->facts;
    guesser->mutation = arena_array(&guesser->scratch, BindingId, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        FunctionId id = facts_scope_function(facts, binding->scope);
        if (!fact_is(binding->target) || !fact_is(id)) continue;
        const FunctionFact *function = facts_function(facts, id);
        const ExprFact *target = facts_expr(facts, binding->target);
        if (target->kind == EXPR_SUBSCRIPT) target = facts_expr(facts, target->base);
        if (target->kind != EXPR_ATTRIBUTE || !fact_is(function->klass) ||
            (function->flags & FUNCTION_CONSTRUCTOR) || function->parameter_count == 0)
            continue;
        const ExprFact *base = facts_expr(facts, target->base);
        const ParameterFact *receiver = &facts->parameters.items[function->first_parameter];
        if (base->kind != EXPR_NAME || base->name.index != receiver->name.index) continue;
        BindingId *first = &guesser->mutation[function->klass.index];
        if (!fact_is(*first)) *first = (BindingId){i};
    }
}

static BindingId mutation_of(const Guesser *guesser, ClassId klass) {
    const ClassFact *fact = facts_class(guesser->facts, klass);
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = guesser->facts->ancestors.items[fact->first_ancestor + i];
        if (fact_is(guesser->mutation[ancestor.index])) return guesser->mutation[ancestor.index];
    }
    return FACT_NONE(BindingId);
}

// ---- settings ------------------------------------------------------------------------------------

// What a name in a class header is imported as, from outside the tree.
static Str imported_as(const Guesser *guesser, ExprId expr) {
    const Facts *facts = guesser->facts;
    const ExprFact *row = facts_expr(facts, expr);
    Str tail = STR_NONE;
    if (row->kind == EXPR_ATTRIBUTE) {
        tail = name_of(guesser, row->name);
        expr = row->base;
    }
    SymbolId symbol = facts->expr_symbols.items[expr.index];
    if (!fact_is(symbol)) return STR_NONE;
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    const BindingFact *fact = facts_binding(facts, binding);
    if (!fact_is(binding) || fact->kind != BINDING_IMPORT) return STR_NONE;
    Str dotted = name_of(guesser, facts_import(facts, fact->import_)->dotted);
    return tail.length == 0
               ? dotted
               : arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(dotted), STR_ARG(tail));
}

// "Settings", "AppConfig"; and those that read the environment, whatever their name.
static bool is_settings(const Guesser *guesser, ClassId klass) {
    static const char *const endings[] = {"Settings", "Config", "Configuration"};
    const ClassFact *fact = facts_class(guesser->facts, klass);
    Str name = name_of(guesser, fact->name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends_with(name, str_from(endings[i]))) return true;
    for (uint32_t i = 0; i < fact->ancestor_count; i++) {
        ClassId ancestor = guesser->facts->ancestors.items[fact->first_ancestor + i];
        ExprId base = facts_class(guesser->facts, ancestor)->first_base;
        for (; fact_is(base); base = facts_expr(guesser->facts, base)->next_sibling)
            if (str_ends_with(imported_as(guesser, base), STR(".BaseSettings"))) return true;
    }
    return false;
}

// ---- singletons ----------------------------------------------------------------------------------

static void find_constructions(Guesser *guesser) {
    const Facts *facts = guesser->facts;
    guesser->made = arena_array(&guesser->scratch, ClassId, facts->exprs.count + 1);
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind == EDGE_CONSTRUCT) guesser->made[edge->expr.index] = edge->klass;
    }
}

// Counts MODULE among the users of SYMBOL, once: modules come in order.
static void add_user(Guesser *guesser, SymbolId symbol, ModuleId module, ModuleId *last) {
    const Facts *facts = guesser->facts;
    if (!fact_is(symbol)) return;
    const ScopeFact *home = facts_scope(facts, facts_symbol(facts, symbol)->scope);
    if (fact_same(home->module, module) || fact_same(last[symbol.index], module)) return;
    last[symbol.index] = module;
    guesser->users[symbol.index]++;
}

// A module uses a symbol of another one that it imports, or reads as an attribute of the module.
static void count_users(Guesser *guesser) {
    const Facts *facts = guesser->facts;
    ModuleId *last = arena_array(&guesser->scratch, ModuleId, facts->symbols.count + 1);
    guesser->users = arena_array(&guesser->scratch, uint32_t, facts->symbols.count + 1);
    uint32_t expr = 1;
    for (uint32_t i = 1; i <= facts->imports.count; i++) {
        bool end = i == facts->imports.count;
        ModuleId module = end ? FACT_NONE(ModuleId) : facts->imports.items[i].module;
        for (; expr < facts->exprs.count; expr++) {
            ModuleId reader = facts_expr_module(facts, (ExprId){expr});
            if (!end && reader.index > module.index) break;
            SymbolId symbol = facts->expr_symbols.items[expr];
            add_user(guesser, facts->symbol_definitions.items[symbol.index], reader, last);
        }
        if (!end) add_user(guesser, facts->imports.items[i].definition, module, last);
    }
}

static void add_singleton(Guesser *guesser, Str module, Str name, ModuleId home, uint32_t offset,
                          ClassId klass, SymbolId symbol, bool is_getter) {
    const Facts *facts = guesser->facts;
    BindingId mutation = fact_is(klass) ? mutation_of(guesser, klass) : FACT_NONE(BindingId);
    uint32_t importers = guesser->users[symbol.index];
    bool settings = fact_is(klass) && is_settings(guesser, klass);
    if ((!fact_is(mutation) && !settings) || importers == 0) return;
    GuessSingleton guess = {
        .name = arena_format(&guesser->out->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name)),
        .is_getter = is_getter,
        .is_settings = settings,
        .klass = name_of(guesser, facts_class(facts, klass)->qualified),
        .place = place_at(guesser, home, offset),
        .importers = importers};
    if (fact_is(mutation)) {
        const BindingFact *binding = facts_binding(facts, mutation);
        ModuleId where = facts_expr_module(facts, binding->target);
        const ExprFact *target = facts_expr(facts, binding->target);
        guess.changes = facts_text(facts, where, target->start, target->end);
        guess.changed_at = place_at(guesser, where, target->start);
    }
    vec_add(&guesser->out->singletons, guess);
}

static void find_singletons(Guesser *guesser) {
    const Facts *facts = guesser->facts;
    for (uint32_t m = 1; m < facts->modules.count; m++) {
        const ModuleFact *module = &facts->modules.items[m];
        SymbolId symbol = facts_scope(facts, module->scope)->first_symbol;
        for (; fact_is(symbol); symbol = facts_symbol(facts, symbol)->next_in_scope) {
            const SymbolFact *fact = facts_symbol(facts, symbol);
            const BindingFact *binding = facts_binding(facts, fact->first_binding);
            if (binding->kind != BINDING_ASSIGN || !fact_is(fact->first_binding)) continue;
            add_singleton(guesser, name_of(guesser, module->name), name_of(guesser, fact->name),
                          (ModuleId){m}, binding->start, guesser->made[binding->value.index],
                          symbol, false);
        }
    }
    for (uint32_t i = 0; i < facts->getters.count; i++) {
        const LazyGetter *getter = &facts->getters.items[i];
        const FunctionFact *function = facts_function(facts, getter->function);
        const ModuleFact *module = facts_module(facts, function->module);
        SymbolId symbol = facts_symbol_in(facts, module->scope, function->name);
        ClassId klass = guesser->made[facts_binding(facts, getter->binding)->value.index];
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
    const Facts *facts = guesser->facts;
    uint32_t *counts = arena_array(&guesser->scratch, uint32_t, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->parameters.count; i++)
        counts[facts->parameters.items[i].klass.index]++;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
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
    const Facts *facts = guesser->facts;
    size_t length = strlen(module);
    bool any = false;
    memset(users, 0, facts->modules.count * sizeof *users);
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *import = &facts->imports.items[i];
        Str dotted = name_of(guesser, import->dotted);
        if (!str_starts_with(dotted, str_from(module)) ||
            (dotted.length > length && dotted.data[length] != '.'))
            continue;
        users[import->module.index] = any = true;
    }
    return any;
}

// The decorator's text up to its arguments.
static Str decorator_text(const Facts *facts, ExprId decorator) {
    ModuleId module = facts_expr_module(facts, decorator);
    const ExprFact *expr = facts_expr(facts, decorator);
    if (expr->kind == EXPR_CALL) expr = facts_expr(facts, expr->base);
    return facts_text(facts, module, expr->start, expr->end);
}

static bool has_decorator(const Facts *facts, const FunctionFact *function,
                          const Framework *framework) {
    for (ExprId id = function->first_decorator; fact_is(id);
         id = facts_expr(facts, id)->next_sibling)
        for (int i = 0; framework->globs[i] != NULL; i++)
            if (rule_name_matches(str_from(framework->globs[i]), decorator_text(facts, id)))
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
    const Facts *facts = guesser->facts;
    bool *users = arena_array(&guesser->scratch, bool, facts->modules.count + 1);
    for (size_t f = 0; f < sizeof FRAMEWORKS / sizeof *FRAMEWORKS; f++) {
        const Framework *framework = &FRAMEWORKS[f];
        if (!find_users(guesser, framework->module, users)) continue;
        GuessBoundary guess = {.id = framework->id,
                               .framework = framework->module,
                               .origin = framework->origin,
                               .decorators = glob_list(guesser->out, framework)};
        for (uint32_t i = 1; i < facts->functions.count; i++) {
            const FunctionFact *function = &facts->functions.items[i];
            if (!users[function->module.index] || !has_decorator(facts, function, framework))
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
    const Facts *facts = guesser->facts;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        if (!fact_is(klass->first_base)) continue;
        Str base = imported_as(guesser, klass->first_base);
        if (!is_model_base(base)) continue;
        uint32_t children = 0; // itself among them
        for (uint32_t c = 1; c < facts->classes.count; c++)
            children += facts_is_subclass(facts, (ClassId){c}, (ClassId){i});
        models_of(guesser, base, klass)->classes += children;
    }
}

// ---- all -----------------------------------------------------------------------------------------

// Django's and Alembic's.
static bool has_migrations(const Facts *facts) {
    for (uint32_t i = 1; i < facts->sources->files.count; i++) {
        const SourceFile *file = &facts->sources->files.items[i];
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
    const Facts *facts = guesser->facts;
    Str best = STR_NONE, package = STR_NONE;
    bool best_is_beside = true;
    uint32_t most = 0, count = 0;
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        Str name = name_of(guesser, facts->modules.items[i].name);
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

void guess_build(const Facts *facts, Guesses *guesses) {
    *guesses = (Guesses){0};
    Guesser guesser = {.facts = facts, .out = guesses};
    import_roots_add(&guesser.roots, facts);
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
    guesses->has_migrations = has_migrations(facts);
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
