// Functions that something outside the tree calls. In: facts. Out: a boundary for each framework that the tree
// uses, for decorators of the tree itself that register functions, for the views of Django and for tests.
#include "report/guess_internal.h"

#include "base/message.h"
#include "base/path.h"
#include "program/declare.h"
#include "rule/rule.h"

enum { MOST_NAMES = 12, LEAST_REGISTERED = 5, MOST_REGISTRARS = 6 };

typedef enum FrameworkKey { DECORATED, OVERRIDES } FrameworkKey;
typedef struct Framework {
    const char *module, *id, *origin;
    FrameworkKey key;
    const char *names[MOST_NAMES + 1];
} Framework;

static const Framework FRAMEWORKS[] = {
#define FRAMEWORK(module, id, origin, key, ...) {module, id, origin, key, __VA_ARGS__},
#include "report/guess_framework.def"
#undef FRAMEWORK
};
static const char *const KEYS[] = {[DECORATED] = "decorated_by", [OVERRIDES] = "overrides"};

typedef struct Finder {
    Guesser *guesser;
    const Program *program;
    bool *users;    // by module: imports the framework that is looked at
    bool *found;    // by function: has a boundary already
    Vec(Str) taken; // names that a boundary has: a second one with them would contradict it
} Finder;

static bool is_taken(const Finder *finder, Str name) {
    for (uint32_t i = 0; i < finder->guesser->said.count; i++)
        if (str_equal(finder->guesser->said.items[i], name)) return true;
    for (uint32_t i = 0; i < finder->taken.count; i++)
        if (str_equal(finder->taken.items[i], name)) return true;
    return false;
}

// Marks the modules that import MODULE or something of it; false when none does.
static bool find_users(const Finder *finder, const char *module) {
    const Program *program = finder->program;
    size_t length = strlen(module);
    bool any = false;
    memset(finder->users, 0, program_module_count(program) * sizeof *finder->users);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        Str dotted = program_name(program, import->dotted);
        if (!str_starts_with(dotted, str_from(module)) ||
            (dotted.length > length && dotted.data[length] != '.'))
            continue;
        finder->users[import->module.index] = any = true;
    }
    return any;
}

static void note(const Finder *finder, GuessBoundary *guess, FunctionId id) {
    const FunctionFact *function = program_function(finder->program, id);
    finder->found[id.index] = true;
    if (guess->functions++ == 0)
        guess->first = guess_place(finder->guesser, function->module, function->keyword_start);
}

// ---- decorators ----------------------------------------------------------------------------------
static bool has_decorator(const Program *program, const FunctionFact *function, const char *glob) {
    for (ExprId id = function->first_decorator; fact_is(id);
         id = program_expr(program, id)->next_sibling)
        if (rule_name_matches(str_from(glob), declare_decorator_text(program->facts, id)))
            return true;
    return false;
}

// Whether some function of the modules that use the framework has NAME.
static bool find_decorated(const Finder *finder, const char *name, GuessBoundary *guess) {
    const Program *program = finder->program;
    bool any = false;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        uint32_t module = function->module.index;
        if (!finder->users[module] || finder->guesser->aside[module] ||
            !has_decorator(program, function, name))
            continue;
        any = true;
        if (!finder->found[i]) note(finder, guess, (FunctionId){i});
    }
    return any;
}

// ---- methods of classes --------------------------------------------------------------------------

// NAME is "flask_restful.Resource.get".
static bool find_overrides(const Finder *finder, const char *name, GuessBoundary *guess) {
    const Program *program = finder->program;
    Str method = guess_last(str_from(name));
    Str owner = str_slice(str_from(name), 0, strlen(name) - method.length - 1);
    bool any = false;
    for (uint32_t b = 0; b < program_base_name_count(program); b++) {
        const BaseName *base = program_base_name(program, b);
        if (!str_equal(program_name(program, base->dotted), owner)) continue;
        for (uint32_t i = 1; i < program_function_count(program); i++) {
            const FunctionFact *function = program_function(program, (FunctionId){i});
            if (!fact_is(function->klass) || finder->guesser->aside[function->module.index] ||
                !str_equal(program_name(program, function->name), method) ||
                !program_is_subclass(program, function->klass, base->klass))
                continue;
            any = true;
            if (!finder->found[i]) note(finder, guess, (FunctionId){i});
        }
    }
    return any;
}

static Str quoted_list(Arena *arena, const Str *names, uint32_t count) {
    StrBuf list = {0};
    for (uint32_t i = 0; i < count; i++) {
        const char *quote = str_find(names[i], '*') >= 0 ? "\"" : "";
        strbuf_addf(&list, "%s%s%.*s%s", i > 0 ? ", " : "", quote, STR_ARG(names[i]), quote);
    }
    Str text = arena_copy(arena, strbuf_str(&list));
    strbuf_release(&list);
    return text;
}

// Names that find nothing are left out.
static void find_framework(Finder *finder, const Framework *framework) {
    Guesses *out = finder->guesser->out;
    if (!find_users(finder, framework->module)) return;
    GuessBoundary guess = {.id = framework->id,
                           .origin = framework->origin,
                           .key = KEYS[framework->key],
                           .evidence =
                               message_format(&out->arena, "%s is imported", framework->module)};
    Str names[MOST_NAMES];
    uint32_t count = 0;
    for (int i = 0; framework->names[i] != NULL; i++) {
        const char *name = framework->names[i];
        if (is_taken(finder, str_from(name))) continue;
        bool any = framework->key == DECORATED ? find_decorated(finder, name, &guess)
                                               : find_overrides(finder, name, &guess);
        if (any) names[count++] = str_from(name);
    }
    if (guess.functions == 0) return;
    for (uint32_t i = 0; i < count; i++) vec_add(&finder->taken, names[i]);
    if (guess_has_pack(finder->guesser, framework->module)) return; // and its pack says so
    guess.list = quoted_list(&out->arena, names, count);
    vec_add(&out->boundaries, guess);
}

// ---- decorators of the tree that register --------------------------------------------------------
typedef struct Registrar {
    Str text; // of the decorator, as it is written
    uint32_t functions, called;
    FunctionId first;
} Registrar;
typedef Vec(Registrar) Registrars;

// By the program itself: tests call everything.
static bool is_called(const Finder *finder, FunctionId function) {
    const Program *program = finder->program;
    for (RowList rows = program_callers(program, function); rows.at < rows.end; rows.at++) {
        const EdgeFact *edge = program_edge(program, *rows.at);
        ModuleId caller = program_expr_module(program, edge->expr);
        if (edge->kind != EDGE_ESCAPE && !finder->guesser->aside[caller.index]) return true;
    }
    return false;
}

// Is the first name of `@bus.on(...)` defined in the tree?
static bool is_of_tree(const Program *program, ExprId decorator) {
    const ExprFact *row = program_expr(program, decorator);
    if (row->kind == EXPR_CALL) row = program_expr(program, decorator = row->base);
    while (row->kind == EXPR_ATTRIBUTE) row = program_expr(program, decorator = row->base);
    if (row->kind != EXPR_NAME) return false;
    SymbolId symbol = program_symbol_of(program, decorator);
    return fact_is(program_definition_of(program, symbol));
}

// Decorators that differ in their first name only are one: `@bus.on(...)` and `@self.bus.on(...)`.
static void count_registered(Registrars *registrars, Map *known, const Finder *finder,
                             FunctionId id, ExprId decorator) {
    const Program *program = finder->program;
    Str text = declare_decorator_text(program->facts, decorator);
    Name name = intern_find(program->facts->names, guess_last(text));
    uint32_t index = 0;
    if (!name.index || !is_of_tree(program, decorator)) return;
    if (!map_get(known, name.index, &index)) {
        index = registrars->count;
        map_put(known, name.index, index);
        vec_add(registrars, ((Registrar){.text = text, .first = id}));
    }
    Registrar *registrar = &registrars->items[index];
    registrar->functions++;
    registrar->called += is_called(finder, id);
}

static int compare_registrars(const void *left, const void *right) {
    const Registrar *a = left, *b = right;
    if (a->functions != b->functions) return a->functions > b->functions ? -1 : 1;
    return str_compare(a->text, b->text);
}

// The decorator as a rule names it.
static Str registrar_glob(const Finder *finder, const Registrar *registrar) {
    Str last = guess_last(registrar->text);
    return last.length == registrar->text.length
               ? last
               : arena_format(&finder->guesser->out->arena, "*.%.*s", STR_ARG(last));
}

static void add_registrar(const Finder *finder, const Registrar *registrar, Str glob,
                          uint32_t number) {
    Guesses *out = finder->guesser->out;
    const FunctionFact *first = program_function(finder->program, registrar->first);
    GuessBoundary guess = {.id = arena_format(&out->arena, "registered-%u", number).data,
                           .origin = "event",
                           .key = "decorated_by",
                           .list = quoted_list(&out->arena, &glob, 1),
                           .evidence = STR("nothing in the tree calls what has this decorator"),
                           .functions = registrar->functions,
                           .first =
                               guess_place(finder->guesser, first->module, first->keyword_start)};
    vec_add(&out->boundaries, guess);
}

// Decorators of the tree's own whose functions nobody calls: so they are kept, and called later.
static void find_registrars(const Finder *finder) {
    const Program *program = finder->program;
    Registrars registrars = {0};
    Map known = {0}; // Name.index of the last part -> index
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (finder->found[i] || finder->guesser->aside[function->module.index] ||
            function->flags & (FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_CONSTRUCTOR))
            continue;
        for (ExprId d = function->first_decorator; fact_is(d);
             d = program_expr(program, d)->next_sibling)
            count_registered(&registrars, &known, finder, (FunctionId){i}, d);
    }
    if (registrars.count > 0)
        qsort(registrars.items, registrars.count, sizeof *registrars.items, compare_registrars);
    uint32_t number = 0;
    for (uint32_t i = 0; i < registrars.count && number < MOST_REGISTRARS; i++) {
        const Registrar *registrar = &registrars.items[i];
        Str glob = registrar_glob(finder, registrar);
        if (registrar->functions >= LEAST_REGISTERED &&
            registrar->called * 10 <= registrar->functions && !is_taken(finder, glob))
            add_registrar(finder, registrar, glob, ++number);
    }
    vec_release(&registrars);
    map_release(&known);
}

// ---- files ---------------------------------------------------------------------------------------
typedef struct FileGuess {
    const char *id, *origin, *evidence;
    const char *globs[6];
    bool aside; // of the modules beside the program
} FileGuess;

static const FileGuess VIEWS = {
    "django-view-files", "http", "django is imported", {"**/views.py", "**/views/*.py"}, false};
static const FileGuess TESTS = {
    "tests",
    "test",
    "tests call what they test",
    {"tests/**", "**/tests/**", "test/**", "**/test_*.py", "**/conftest.py"},
    true};

static Str path_of(const Program *program, ModuleId module) {
    FileId file = program_module_file(program, module);
    return source_file(program->facts->sources, file)->path;
}

static bool find_in_files(const Finder *finder, const char *glob, bool aside,
                          GuessBoundary *guess) {
    const Program *program = finder->program;
    bool any = false;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (finder->guesser->aside[function->module.index] != aside ||
            !path_glob(str_from(glob), path_of(program, function->module)))
            continue;
        any = any || !finder->found[i];
        if (!finder->found[i]) note(finder, guess, (FunctionId){i});
    }
    return any;
}

static void find_files(const Finder *finder, const FileGuess *files) {
    Guesses *out = finder->guesser->out;
    GuessBoundary guess = {.id = files->id,
                           .origin = files->origin,
                           .key = "file",
                           .evidence = str_from(files->evidence)};
    Str globs[6];
    uint32_t count = 0;
    for (int i = 0; files->globs[i] != NULL; i++)
        if (!is_taken(finder, str_from(files->globs[i])) &&
            find_in_files(finder, files->globs[i], files->aside, &guess))
            globs[count++] = str_from(files->globs[i]);
    if (guess.functions == 0) return;
    guess.list = quoted_list(&out->arena, globs, count);
    vec_add(&out->boundaries, guess);
}

void guess_find_boundaries(Guesser *guesser) {
    const Program *program = guesser->program;
    Finder finder = {
        .guesser = guesser,
        .program = program,
        .users = arena_array(&guesser->scratch, bool, program_module_count(program) + 1),
        .found = arena_array(&guesser->scratch, bool, program_function_count(program) + 1)};
    for (size_t i = 0; i < sizeof FRAMEWORKS / sizeof *FRAMEWORKS; i++)
        find_framework(&finder, &FRAMEWORKS[i]);
    if (!guess_has_pack(guesser, "django") && find_users(&finder, "django")) find_files(&finder, &VIEWS);
    find_registrars(&finder);
    find_files(&finder, &TESTS);
    vec_release(&finder.taken);
}
