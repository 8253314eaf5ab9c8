// Command lines of `weft data`. In: argv. Out: DataOptions. Looks at no file but the folder it works in.
#include "cli/data_options.h"

#include <argp.h>
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/root.h"

enum DataOptionKey {
    KEY_DATABASE = 256,
    KEY_PLAN,
    KEY_PHASE,
    KEY_CONTRACT,
    KEY_OFFLINE,
    KEY_BACKUP,
    KEY_COPIES,
    KEY_NO_BACKUP,
    KEY_DISCARD,
    KEY_RESTORE,
    KEY_WAIT,
    KEY_FROM,
    KEY_TABLE,
    KEY_FORMAT,
    KEY_COLOR,
};

enum { WAIT_SECONDS = 60, MOST_SECONDS = 86400 };

static const struct argp_option OPTIONS[] = {
    {"database", KEY_DATABASE, "NAME", 0,
     "the database: a file of SQLite, postgresql://USER@HOST:PORT/NAME or mariadb://.., without a "
     "password",
     0},
    {"plan", KEY_PLAN, "FILE", 0, "apply, grants: the plan, as `weft data plan -o` wrote it", 0},
    {"phase", KEY_PHASE, "NAME", 0,
     "apply: stop behind this phase (expand, backfill, verify, switch, contract); rollback: take "
     "back this one "
     "and what is behind it (expand)",
     0},
    {"contract", KEY_CONTRACT, NULL, 0,
     "apply: the last phase too, which only the backup takes back", 0},
    {"offline", KEY_OFFLINE, NULL, 0,
     "apply: nobody else uses the database now: longer batches, no pauses", 0},
    {"wait", KEY_WAIT, "SECONDS", 0,
     "how long locks of others and a server that is away are waited for (60)", 0},
    {"backup", KEY_BACKUP, "DIR", 0, "apply: where the backup goes (weft's state folder)", 0},
    {"copies", KEY_COPIES, "DIR", 0, "apply: copy the backup here, too; may be given several times",
     0},
    {"no-backup", KEY_NO_BACKUP, NULL, 0, "apply: make none", 0},
    {"discard-tenants", KEY_DISCARD, NULL, 0,
     "rollback: delete the rows of tenants that came since, once they are written to a file", 0},
    {"restore", KEY_RESTORE, NULL, 0,
     "rollback: say what is newer than the backup, and with --yes put the backup back", 0},
    {"from", KEY_FROM, "TENANT", 0, "tenant add: with a copy of the rows of this one", 0},
    {"table", KEY_TABLE, "NAME", 0,
     "tenant add --from: of this table only; may be given several times", 0},
    {"output", 'o', "FILE", 0, "tenant export: a new file instead of standard output", 0},
    {"yes", 'y', NULL, 0, "do what otherwise is only shown, or refused", 0},
    {"format", KEY_FORMAT, "FORMAT", 0, "status: text or json", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"color", KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

typedef struct Parse {
    DataOptions *options;
    const char *folder;
    bool takes_name; // a tenant
} Parse;

static Str own(DataOptions *options, const char *value) {
    return arena_copy(&options->arena, str_from(value));
}

static void take_phase(DataOptions *options, const char *value, struct argp_state *state) {
    options->has_phase = true;
    if (!phase_find(str_from(value), &options->phase))
        option_refuse(state, "--phase is expand, backfill, verify, switch or contract, not '%s'",
                      value);
}

static error_t parse(int key, char *value, struct argp_state *state) {
    static const char *const colors[] = {"auto", "always", "never"};
    static const char *const formats[] = {"text", "json"};
    Parse *parse = state->input;
    DataOptions *options = parse->options;
    SessionOptions *session = &options->session;
    switch (key) {
    case KEY_DATABASE: session->database = own(options, value); break;
    case KEY_PLAN: options->plan = own(options, value); break;
    case KEY_PHASE: take_phase(options, value, state); break;
    case KEY_CONTRACT: options->contract = true; break;
    case KEY_OFFLINE: session->offline = true; break;
    case KEY_BACKUP: session->backup.folder = own(options, value); break;
    case KEY_COPIES: vec_add(&session->backup.copies, own(options, value)); break;
    case KEY_NO_BACKUP: session->no_backup = true; break;
    case KEY_DISCARD: options->discard_tenants = true; break;
    case KEY_WAIT:
        session->wait_seconds =
            (uint32_t)option_number(state, "--wait", str_from(value), 0, MOST_SECONDS);
        break;
    case KEY_RESTORE: options->restore = true; break;
    case KEY_FROM: options->add.from = own(options, value); break;
    case KEY_TABLE: list_add(&options->arena, &options->add.tables, own(options, value)); break;
    case 'o': options->output = own(options, value); break;
    case 'y': options->yes = true; break;
    case KEY_FORMAT:
        options->format = (Format)option_choose(state, "--format", value, formats, 2);
        break;
    case 'C': parse->folder = value; break;
    case KEY_COLOR:
        options->color = (ColorMode)option_choose(state, "--color", value, colors, 3);
        break;
    case OPTION_KEY_LANG: option_take_language(state, value); break;
    case 'q': options->quiet = true; break;
    case 'h': argp_state_help(state, stdout, ARGP_HELP_STD_HELP); break;
    case ARGP_KEY_ARG:
        if (!parse->takes_name || options->add.name.length > 0 || value[0] == '\0')
            option_refuse(state, "'%s' is one argument too many", value);
        options->add.name = own(options, value);
        break;
    case ARGP_KEY_END:
        if (session->database.length == 0)
            option_refuse(state, "--database is missing: which database?");
        if (options->add.tables.count > 0 && options->add.from.length == 0)
            option_refuse(state, "--table goes with --from");
        if (session->no_backup &&
            (session->backup.folder.length > 0 || session->backup.copies.count > 0))
            option_refuse(state, "--no-backup goes with no --backup and no --copies");
        break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp PARSER = {OPTIONS,
                                   parse,
                                   "plan | check | models | apply | resume | status | pause | "
                                   "cancel | rollback | tenant list | tenant add NAME | "
                                   "tenant export NAME | tenant delete NAME | grants",
                                   "Make the database of a program multi-tenant, in phases that "
                                   "can be stopped, resumed and taken back.\v"
                                   "`apply` runs expand, backfill, verify and switch, each of "
                                   "which leaves a database that the program of before "
                                   "can use; the last phase wants --contract.\n\nExit status: 0 "
                                   "done; 2 wrong command line or plan, or the "
                                   "database is not as a step needs it; 4 the schema is not the "
                                   "one of the plan; 6 stopped: `weft data resume` "
                                   "goes on.",
                                   NULL,
                                   NULL,
                                   NULL};

const struct argp *data_argp(void) { return &PARSER; }

static bool find_root(DataOptions *options, const char *folder, Diagnostics *diagnostics) {
    Str below, named = str_from(folder);
    if (folder == NULL && !root_find(&options->arena, &named, &below, diagnostics)) return false;
    if (named.length == 0) named = STR(".");
    if (path_real(&options->arena, named, &options->session.root)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s", STR_ARG(named),
                   strerror(errno));
    return false;
}

// What the user names is the user's, but not where a link of the tree leads elsewhere.
static bool places_are_safe(const DataOptions *options, Diagnostics *diagnostics) {
    const SessionOptions *session = &options->session;
    bool is_file = session_engine(session->database) == ENGINE_SQLITE;
    bool good = (!is_file || output_place_is_safe(session->root, session->database, diagnostics)) &&
                (session->backup.folder.length == 0 ||
                 output_place_is_safe(session->root, session->backup.folder, diagnostics)) &&
                (options->output.length == 0 ||
                 output_place_is_safe(session->root, options->output, diagnostics));
    for (uint32_t i = 0; good && i < session->backup.copies.count; i++)
        good = output_place_is_safe(session->root, session->backup.copies.items[i], diagnostics);
    return good;
}

bool data_options_parse(int argc, char **argv, DataOptions *options, Diagnostics *diagnostics) {
    *options = (DataOptions){.session = {.wait_seconds = WAIT_SECONDS}};
    bool is_verb = strcmp(argv[0], "add") == 0 || strcmp(argv[0], "export") == 0 ||
                   strcmp(argv[0], "delete") == 0;
    Parse parse_state = {.options = options, .takes_name = is_verb};
    options->word = own(options, argv[0]);
    Str program = arena_format(&options->arena, "weft data %s", argv[0]);
    argv[0] = (char *)program.data;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &parse_state);
    if (!find_root(options, parse_state.folder, diagnostics)) return false;
    // A file is named from the folder that the command works in.
    if (parse_state.folder != NULL && session_engine(options->session.database) == ENGINE_SQLITE)
        options->session.database =
            path_join(&options->arena, options->session.root, options->session.database);
    return places_are_safe(options, diagnostics);
}

void data_options_release(DataOptions *options) {
    vec_release(&options->session.backup.copies);
    arena_release(&options->arena);
}
