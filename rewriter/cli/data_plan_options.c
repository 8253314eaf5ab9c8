// Command lines of `weft data plan`, `check` and `models`. In: argv. Out: DataPlanOptions.
#include "cli/data_plan_options.h"

#include <argp.h>

#include "base/parallel.h"
#include "cli/exit.h"
#include "cli/languages.h"
#include "cli/root.h"

enum DataPlanKey {
    KEY_DATABASE = 256,
    KEY_NO_DATABASE,
    KEY_ENGINE,
    KEY_SQL,
    KEY_FREE_SQL,
    KEY_EMIT,
    KEY_TARGET,
    KEY_FORMAT,
    KEY_PACK
};

static const struct argp_option OPTIONS[] = {
    {"database", KEY_DATABASE, "NAME", 0,
     "the database: a file of SQLite, postgresql://USER@HOST:PORT/NAME or mariadb://.., without a "
     "password; else "
     "that of the rules",
     0},
    {"no-database", KEY_NO_DATABASE, NULL, 0, "plan: ask no database, and take the models for it",
     0},
    {"engine", KEY_ENGINE, "NAME", 0, "with --no-database: sqlite, postgresql or mariadb", 0},
    {"output", 'o', "FILE", 0, "plan: write the plan to FILE, for `weft data apply --plan`", 0},
    {"sql", KEY_SQL, NULL, 0, "plan: print a script to read instead", 0},
    {"free-sql", KEY_FREE_SQL, NULL, 0,
     "plan: let rules use SQL of their own, which weft cannot check", 0},
    {"emit", KEY_EMIT, "TOOL", 0, "plan: print it as a migration of alembic or django instead", 0},
    {"target", KEY_TARGET, "NAME", 0,
     "check: what the tables shall fit: citus, partition or vitess", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "check: text or json", 0},
    {"pack", KEY_PACK, "NAME", 0, "use this rule pack (a name, a folder or a .yml file)", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {"verbose", 'v', NULL, 0, "also each step, and rules that match nothing", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

static Str own(DataPlanOptions *options, const char *value) {
    return arena_copy(&options->base.arena, str_from(value));
}

static void take_engine(struct argp_state *state, const char *value, DataPlanOptions *options) {
    const char *names[ENGINE_COUNT];
    for (int i = 0; i < ENGINE_COUNT; i++) names[i] = engine_name((DataEngine)i);
    options->engine = (DataEngine)option_choose(state, "--engine", value, names, ENGINE_COUNT);
    options->has_engine = true;
}

static void take_tool(struct argp_state *state, const char *value, DataPlanOptions *options) {
    const char *names[EMIT_TOOL_COUNT];
    for (int i = 0; i < EMIT_TOOL_COUNT; i++) names[i] = emit_tool_name((EmitTool)i);
    options->tool = (EmitTool)option_choose(state, "--emit", value, names, EMIT_TOOL_COUNT);
    options->emits = true;
}

static void take_target(struct argp_state *state, const char *value, DataPlanOptions *options) {
    const char *names[DISTRIBUTE_COUNT];
    for (int i = 0; i < DISTRIBUTE_COUNT; i++) names[i] = distribute_name((DistributeTarget)i);
    options->target =
        (DistributeTarget)option_choose(state, "--target", value, names, DISTRIBUTE_COUNT);
    options->has_target = true;
}

static void check_together(struct argp_state *state, const DataPlanOptions *options) {
    if (options->no_database && options->database.length > 0)
        option_refuse(state, "--database and --no-database exclude each other");
    if (options->no_database && options->output.length > 0)
        option_refuse(state,
                      "a plan to carry out is made for a database; --no-database takes no -o");
    if (options->emits && options->sql) option_refuse(state, "--emit and --sql exclude each other");
    if (options->has_engine && !options->no_database)
        option_refuse(state, "a database says itself what it is; --engine goes with --no-database");
}

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const formats[] = {"text", "json"};
    DataPlanOptions *options = state->input;
    switch (key) {
    case KEY_DATABASE: options->database = own(options, value); break;
    case KEY_NO_DATABASE: options->no_database = true; break;
    case KEY_ENGINE: take_engine(state, value, options); break;
    case 'o': options->output = own(options, value); break;
    case KEY_SQL: options->sql = true; break;
    case KEY_EMIT: take_tool(state, value, options); break;
    case KEY_TARGET: take_target(state, value, options); break;
    case KEY_FREE_SQL: options->free_sql = true; break;
    case KEY_FORMAT:
        options->base.format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case KEY_PACK: vec_add(&options->base.packs, own(options, value)); break;
    case 'C': options->base.sources.root = own(options, value); break;
    case 'v': options->base.verbosity = 1; break;
    case ARGP_KEY_ARG: option_refuse(state, "'%s' is one argument too many", value); break;
    case ARGP_KEY_END: check_together(state, options); break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "plan | check | models",
    "Say what a multi-tenant program needs of its database, and how it gets there.\v"
    "`plan` compares the models of the tree, the database and the rules, and shows the steps; it "
    "changes nothing. "
    "`check --target` says what keeps the tables from being spread over machines or partitions, "
    "and prints what would "
    "do it. "
    "`models` shows the schema that the code expects.\n\n"
    "Exit status: 0 done; 1 `check`: a table does not fit; 2 wrong command line, configuration or "
    "rules, or a plan that cannot be made; 3 some files could not be read or parsed.",
    NULL,
    NULL,
    NULL};

const struct argp *data_plan_argp(void) { return &PARSER; }

void data_plan_options_parse(int argc, char **argv, DataPlanOptions *options) {
    *options = (DataPlanOptions){
        .base.sources = {.accepts = languages_accept, .threads = parallel_default_threads()}};
    Str below, program = arena_format(&options->base.arena, "weft data %s", argv[0]);
    argv[0] = (char *)program.data;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, options);
    if (options->base.sources.root.length == 0)
        options->base.sources.root =
            root_find_or_exit(&options->base.arena, &below, options->base.color);
}

void data_plan_options_release(DataPlanOptions *options) { options_release(&options->base); }
