// In: a tree and its rules. Out: answers about the tree, the Python that runs it, and its database. Nothing of the tree is run:
// a module is looked for by its name, never imported.
#include "cli/preflight_tree.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/apply.h"
#include "base/intern.h"
#include "base/path.h"
#include "cli/data_live.h"
#include "cli/output.h"
#include "data/model.h"
#include "migrate/catalog.h"
#include "migrate/session.h"
#include "program/name.h"
#include "verify/process.h"

enum { MOST_MODULES = 2000, SECONDS = 60, PYTHON_MAJOR = 3, PYTHON_MINOR = 10 };

// ---- Python --------------------------------------------------------------------------------------

// First parts of names that the tree imports and has not itself, each once, in order of the facts.
static void list_foreign(const Program *program, Arena *arena, StrItems *names) {
    Interner *seen = interner_new();
    for (uint32_t i = 1; i < program_import_count(program) && names->count < MOST_MODULES; i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        Str dotted = program_name(program, import->path);
        if (import->level > 0 || fact_is(import->target) || import->type_checking ||
            import->guarded || dotted.length == 0)
            continue;
        ptrdiff_t dot = str_find(dotted, '.');
        Str top = dot > 0 ? str_slice(dotted, 0, (size_t)dot) : dotted;
        if (intern_find(seen, top).index != 0) continue;
        intern(seen, top);
        list_add(arena, names, arena_copy(arena, top));
    }
    interner_free(seen);
}

// Prints the version, and the modules that are neither the language's own nor can be found.
static const char PROGRAM[] =
    "import importlib.util, sys\n"
    "print(sys.version_info[0], sys.version_info[1])\n"
    "for name in sys.argv[1:]:\n"
    "    if name not in sys.stdlib_module_names and importlib.util.find_spec(name) is None:\n"
    "        print(name)\n";

static void add_missing(Preflight *preflight, const Program *program, Str output) {
    StrBuf missing = {0};
    Str line;
    uint32_t count = 0;
    while (str_split_next(&output, '\n', &line)) {
        if (line.length == 0) continue;
        ModuleId own = program_find_module(program, line); // below an import root
        if (fact_is(own)) continue;
        strbuf_addf(&missing, "%s%.*s", count++ > 0 ? ", " : "", STR_ARG(line));
    }
    if (count == 0)
        preflight_add(preflight, "dependencies", PREFLIGHT_PASS, "",
                      "all modules that the tree imports can be found");
    else
        preflight_add(preflight, "dependencies", PREFLIGHT_WARN,
                      "install them where the tests run, or activate the program's environment",
                      "modules that cannot be found: %s", missing.data);
    strbuf_release(&missing);
}

static void ask_python(Preflight *preflight, const Run *run) {
    Arena *arena = &preflight->arena;
    StrItems names = {0}, arguments = {0};
    ProcessResult result;
    int major = 0, minor = 0;
    const char *words[] = {"python3", "-I", "-c", PROGRAM};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        list_add(arena, &arguments, str_from(words[i]));
    list_foreign(&run->program, arena, &names);
    for (uint32_t i = 0; i < names.count; i++) list_add(arena, &arguments, names.items[i]);
    process_run(arena, arguments.items, arguments.count, STR("/"), SECONDS, &result);
    Str output = result.output, first = STR_NONE;
    (void)str_split_next(&output, '\n', &first);
    bool ran = result.start_error == 0 && result.status == 0 &&
               sscanf(arena_copy(arena, first).data, "%d %d", &major, &minor) == 2;
    if (!ran) {
        preflight_add(preflight, "python", PREFLIGHT_UNKNOWN, "put python3 on the PATH",
                      "python3 cannot be run");
        preflight_add(preflight, "dependencies", PREFLIGHT_UNKNOWN, "put python3 on the PATH",
                      "nobody can look for the modules");
        return;
    }
    bool recent = major > PYTHON_MAJOR || (major == PYTHON_MAJOR && minor >= PYTHON_MINOR);
    preflight_add(preflight, "python", recent ? PREFLIGHT_PASS : PREFLIGHT_FAIL,
                  "what weft writes needs Python 3.10 or later", "python3 is %d.%d", major, minor);
    add_missing(preflight, &run->program, output);
}

// ---- the tree ------------------------------------------------------------------------------------

static void ask_files(Preflight *preflight, const Run *run) {
    uint32_t bad = run->diagnostics.unreadable_count;
    preflight_add(
        preflight, "files", bad == 0 ? PREFLIGHT_PASS : PREFLIGHT_FAIL,
        "repair them, or leave them out with `exclude:`: what they call is not known "
        "(`weft scan` names them)",
        bad == 0 ? "all files can be read and parsed" : "%u files cannot be read or parsed", bad);
}

static void ask_commit(Preflight *preflight, Run *run) {
    ApplyControl control = {0};
    Diagnostics unheard = {0};
    if (run->plan.files.count == 0)
        preflight_add(preflight, "tree", PREFLIGHT_PASS, "", "no file needs a change");
    else if (apply_check(run->sources.root, &run->plan, &control, &unheard))
        preflight_add(preflight, "tree", PREFLIGHT_PASS, "",
                      "%u files change; each is committed and can be written",
                      run->plan.files.count);
    else
        preflight_add(
            preflight, "tree", PREFLIGHT_FAIL,
            "commit or stash; `weft apply --stage expand --dry-run` and `git status` say more",
            "%.*s",
            STR_ARG(unheard.list.count > 0 ? unheard.list.items[0].message
                                           : STR("it cannot be written")));
    diagnostics_release(&unheard);
}

static void ask_policing(Preflight *preflight, const Run *run) {
    Diagnostics unheard = {0};
    uint32_t count = models_find_policing(&run->program, &unheard);
    preflight_add(
        preflight, "schema-code", count == 0 ? PREFLIGHT_PASS : PREFLIGHT_WARN,
        "`weft data plan` shows the places (W622): change them before data-expand, or the "
        "program drops what it does not know",
        count == 0 ? "no code of the tree drops columns or tables"
                   : "%u places of the tree drop columns or tables when it starts",
        count);
    diagnostics_release(&unheard);
}

static uint64_t count_lines(const Run *run) {
    uint64_t lines = 0;
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        Str text = run->sources.files.items[i].text;
        for (size_t at = 0; at < text.length; at++) lines += text.data[at] == '\n';
    }
    return lines;
}

// ---- the database --------------------------------------------------------------------------------

static void ask_rights(Preflight *preflight, Str path) {
    Str folder = path_dirname(path);
    bool good = access(path.data, W_OK) == 0 &&
                access(arena_copy(&preflight->arena, folder).data, W_OK) == 0;
    preflight_add(preflight, "privileges", good ? PREFLIGHT_PASS : PREFLIGHT_FAIL,
                  "run weft as the user that the program runs as",
                  good ? "the file and its folder can be written"
                       : "the file or its folder cannot be written");
}

static void ask_keys(Preflight *preflight, const Schema *schema) {
    uint32_t keys = 0;
    for (uint32_t i = 0; i < schema->tables.count; i++)
        for (uint32_t k = 0; k < schema->tables.items[i].indexes.count; k++)
            keys += schema->tables.items[i].indexes.items[k].unique;
    preflight_add(
        preflight, "keys", PREFLIGHT_PASS, "",
        "%u unique indexes hold today, and each new one has all columns of one of them and "
        "more; data-verify asks again for all rows",
        keys);
}

static void ask_database(Preflight *preflight, const Run *run, Str name, Str *folder,
                         uint64_t *bytes) {
    Arena *arena = &preflight->arena;
    DataEngine engine = session_engine(name);
    Diagnostics unheard = {0};
    Database database;
    Schema schema = {0};
    struct stat status;
    Str path = engine == ENGINE_SQLITE
                   ? arena_copy(arena, path_join(arena, run->sources.root, name))
                   : name;
    if (engine == ENGINE_SQLITE && stat(path.data, &status) == 0) {
        *bytes = (uint64_t)status.st_size;
        *folder = path_dirname(path);
    }
    bool open = database_open(&database, engine, path, &unheard);
    bool good = open && catalog_read(&database, &schema, &unheard);
    if (!good)
        preflight_add(preflight, "database", PREFLIGHT_FAIL,
                      "name it with --database or in `data: database:`; passwords come from the "
                      "environment",
                      "%.*s",
                      STR_ARG(unheard.list.count > 0 ? unheard.list.items[0].message
                                                     : STR("it cannot be read")));
    else
        preflight_add(preflight, "database", PREFLIGHT_PASS, "", "%s %.*s, %u tables",
                      engine_name(engine), STR_ARG(database.version), schema.tables.count);
    if (good) {
        if (engine == ENGINE_SQLITE)
            ask_rights(preflight, path);
        else
            preflight_rights(preflight, &database);
        ask_keys(preflight, &schema);
        preflight_backup(preflight, engine);
        Str real;
        if (engine != ENGINE_SQLITE)
            preflight_connections(preflight, &database);
        else if (path_real(arena, path, &real))
            preflight_holders(preflight, real);
    }
    if (open) database_close(&database);
    schema_release(&schema);
    diagnostics_release(&unheard);
}

// ---- all of them ---------------------------------------------------------------------------------

bool preflight_ask(const PreflightInput *input, const Options *options, Run *run,
                   Preflight *preflight) {
    Options own = *options;
    own.stage = input->no_code ? STAGE_WHOLE : STAGE_EXPAND;
    if (!run_pipeline(run, &own, input->no_code ? RUN_TO_FACTS : RUN_TO_PLAN)) return false;
    Str folder = run->sources.root;
    uint64_t bytes = 0;
    Str name = input->no_data ? STR_NONE : input->database;
    if (name.length == 0 && !input->no_data &&
        !data_live_of_rules(folder, &run->rules, &preflight->arena, &name, &run->diagnostics))
        return false;
    if (name.length > 0 && session_engine(name) == ENGINE_SQLITE &&
        !output_place_is_safe(folder, path_join(&preflight->arena, folder, name),
                              &run->diagnostics))
        return false;
    ask_python(preflight, run);
    ask_files(preflight, run);
    if (!input->no_code) ask_commit(preflight, run);
    if (name.length > 0) {
        ask_policing(preflight, run);
        ask_database(preflight, run, name, &folder, &bytes);
    }
    preflight_memory(preflight, count_lines(run));
    preflight_disk(preflight, folder, bytes);
    return true;
}
