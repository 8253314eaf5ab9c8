// Guesses. In: the facts of a tree, resolved. Out: candidates with their evidence, in a fixed order. Knows
// no rules, changes nothing, and claims nothing that the facts do not show.
#include "report/guess_internal.h"

#include "base/path.h"
#include "rule/schema.h"

enum { LEAST_FUNCTIONS = 3, MOST_CARRIERS = 5, MOST_STATES = 40 };

Str guess_name(const Guesser *guesser, Name name) {
    return program_imported_name(guesser->program, program_name(guesser->program, name));
}

Str guess_last(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

Place guess_place(const Guesser *guesser, ModuleId module, uint32_t offset) {
    FileId file = program_module_file(guesser->program, module);
    const SourceFile *source = source_file(guesser->program->facts->sources, file);
    return (Place){source->path, source_line_column(source, offset)};
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

// A stub file declares the class again.
static bool is_known_carrier(const Guesses *guesses, Str klass) {
    for (uint32_t i = 0; i < guesses->carriers.count; i++)
        if (str_equal(guesses->carriers.items[i].klass, klass)) return true;
    return false;
}

static void find_carriers(Guesser *guesser) {
    const Program *program = guesser->program;
    uint32_t *counts = arena_array(&guesser->scratch, uint32_t, program_class_count(program) + 1);
    for (uint32_t i = 1; i < program_parameter_count(program); i++)
        counts[program_parameter(program, (ParameterId){i})->klass.index]++;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (counts[i] < LEAST_FUNCTIONS || guesser->aside[klass->module.index] || !sounds_inbound(guess_name(guesser, klass->name)) ||
            is_known_carrier(guesser->out, guess_name(guesser, klass->qualified)) ||
            guess_pack_knows(guesser, (ClassId){i}))
            continue;
        vec_add(&guesser->out->carriers,
                ((GuessCarrier){guess_name(guesser, klass->qualified),
                                guess_place(guesser, klass->module, klass->name_start), counts[i]}));
    }
    if (guesser->out->carriers.count > 0)
        qsort(guesser->out->carriers.items, guesser->out->carriers.count,
              sizeof *guesser->out->carriers.items, compare_carriers);
    if (guesser->out->carriers.count > MOST_CARRIERS) guesser->out->carriers.count = MOST_CARRIERS;
}

// ---- all -----------------------------------------------------------------------------------------

static void add_migrations(Guesses *guesses, Str glob) {
    for (uint32_t i = 0; i < guesses->migrations.count; i++)
        if (str_equal(guesses->migrations.items[i], glob)) return;
    vec_add(&guesses->migrations, arena_copy(&guesses->arena, glob));
}

// Needs no quotes in YAML, and means itself as a glob.
static bool is_plain_path(Str path) {
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '/' || c == '_' || c == '-' || c == '.';
        if (!plain) return false;
    }
    return true;
}

// Django's, and Alembic's: its folder `versions` lies beside an env.py.
static void find_migrations(const Guesser *guesser) {
    const Sources *sources = guesser->program->facts->sources;
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (file->auxiliary) continue;
        Str folder = path_dirname(file->path);
        if (path_glob(STR("**/migrations/[0-9]*.py"), file->path))
            add_migrations(guesser->out, STR("**/migrations/**"));
        if (!str_ends_with(folder, STR("/versions")) || !is_plain_path(folder)) continue;
        Arena arena = {0};
        Str above = path_dirname(folder);
        if (sources_find(sources, path_join(&arena, above, STR("env.py"))).index != 0)
            add_migrations(guesser->out,
                           arena_format(&arena, "%.*s/**", STR_ARG(folder)));
        arena_release(&arena);
    }
}

// Packages beside the program itself: a runtime module in one of them would not be installed with it.
static bool is_beside(Str package) {
    static const char *const names[] = {"tests",    "test",    "testing",    "docs",    "doc",       "tools",
                                        "examples", "example", "benchmarks", "scripts", "migrations", "alembic"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(package, names[i])) return true;
    return false;
}

static Str first_part(Str name) {
    ptrdiff_t dot = str_find(name, '.');
    return dot > 0 ? str_slice(name, 0, (size_t)dot) : name;
}

typedef Vec(ModuleId) ModuleQueue;

// TARGET runs, and before it the packages that it is in.
static void run_module(const Program *program, ModuleId target, bool *seen, ModuleQueue *queue) {
    Str name = program_name(program, program_module(program, target)->name);
    for (size_t i = 0; i <= name.length; i++) {
        if (i < name.length && name.data[i] != '.') continue;
        ModuleId module = program_find_module(program, str_slice(name, 0, i));
        if (!fact_is(module) || seen[module.index]) continue;
        seen[module.index] = true;
        vec_add(queue, module);
    }
}

// What runs when PACKAGE is imported leads to another part of the tree: what that imports from a runtime inside PACKAGE
// would go round.
static bool leads_elsewhere(Guesser *guesser, Str package) {
    const Program *program = guesser->program;
    ModuleQueue queue = {0};
    bool *seen = arena_array(&guesser->scratch, bool, program_module_count(program) + 1);
    bool elsewhere = false;
    ModuleId own = program_find_module(program, package);
    if (fact_is(own)) run_module(program, own, seen, &queue);
    for (uint32_t i = 0; !elsewhere && i < queue.count; i++) {
        Str name = guess_name(guesser, program_module(program, queue.items[i])->name);
        elsewhere = !str_equal(first_part(name), package);
        Rows rows = guesser->rows[queue.items[i].index].imports;
        for (uint32_t k = rows.first; k < rows.end; k++) {
            const ImportFact *import = program_import(program, (ImportId){k});
            if (fact_is(import->target) && import->at_top && !import->type_checking)
                run_module(program, import->target, seen, &queue);
        }
    }
    vec_release(&queue);
    return elsewhere;
}

// The first name of the modules' dotted names that most modules have; modules of one package follow each
// other.
static Str main_package(Guesser *guesser) {
    const Program *program = guesser->program;
    Str best = STR_NONE, package = STR_NONE;
    bool best_is_beside = true;
    uint32_t most = 0, count = 0;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        Str name = guess_name(guesser, program_module(program, (ModuleId){i})->name);
        ptrdiff_t dot = str_find(name, '.');
        if (dot <= 0 || !schema_is_identifier(first_part(name))) continue;
        Str first = first_part(name);
        count = str_equal(first, package) ? count + 1 : 1;
        package = first;
        bool beside = is_beside(package);
        if (best_is_beside == beside ? count <= most : beside) continue;
        if (!str_equal(best, package) && leads_elsewhere(guesser, package)) continue;
        best = package;
        best_is_beside = beside;
        most = count;
    }
    return best;
}

static int compare_states(const void *left, const void *right) {
    const GuessState *a = left, *b = right;
    if (a->importers != b->importers) return a->importers > b->importers ? -1 : 1;
    return str_compare(a->name, b->name);
}

// Of tests, or steps of a database.
static bool is_no_program(Str part) {
    return str_is(part, "migrations") || str_is(part, "tests") || str_is(part, "test") || str_is(part, "conftest") ||
           str_starts_with(part, STR("test_")) || str_ends_with(part, STR("_test"));
}

// Nobody imports "new-bot.config", and no rule can name it.
static bool is_importable(Str name) {
    Str part;
    while (str_split_next(&name, '.', &part))
        if (!schema_is_identifier(part)) return false;
    return true;
}

bool guess_is_of_program(Str module) {
    Str part;
    if (!is_importable(module) || is_beside(first_part(module))) return false;
    while (str_split_next(&module, '.', &part))
        if (is_no_program(part)) return false;
    return true;
}

// Code beside the program has state and handlers of its own, which no tenant meets.
static void find_asides(Guesser *guesser) {
    const Program *program = guesser->program;
    guesser->aside = arena_array(&guesser->scratch, bool, program_module_count(program) + 1);
    for (uint32_t i = 1; i < program_module_count(program); i++)
        guesser->aside[i] = !guess_is_of_program(guess_name(guesser, program_module(program, (ModuleId){i})->name));
}

// Most used first.
static void sort_states(Guesses *guesses) {
    if (guesses->states.count > 0)
        qsort(guesses->states.items, guesses->states.count, sizeof *guesses->states.items,
              compare_states);
    if (guesses->states.count > MOST_STATES) guesses->states.count = MOST_STATES;
}

void guess_build(const Program *program, Guesses *guesses) {
    *guesses = (Guesses){0};
    Guesser guesser = {.program = program, .out = guesses};
    guesser.rows = module_rows_find(program->facts);
    guesses->package = main_package(&guesser);
    find_asides(&guesser);
    guess_find_packs(&guesser);
    guess_find_state(&guesser);
    guess_find_settings(&guesser);
    guess_find_attributes(&guesser);
    guess_find_application(&guesser);
    sort_states(guesses);
    find_carriers(&guesser);
    guess_find_boundaries(&guesser);
    guess_find_models(&guesser);
    find_migrations(&guesser);
    free(guesser.rows);
    vec_release(&guesser.said);
    arena_release(&guesser.scratch);
}

void guess_release(Guesses *guesses) {
    vec_release(&guesses->packs);
    vec_release(&guesses->states);
    vec_release(&guesses->constants);
    vec_release(&guesses->held);
    vec_release(&guesses->carriers);
    vec_release(&guesses->boundaries);
    vec_release(&guesses->models);
    vec_release(&guesses->migrations);
    arena_release(&guesses->arena);
}
