// What calls that leave the tree do with files: which argument is a path, whether something is removed there, and
// which calls make a path of others. Comes in: calls with their names and edges. Goes out: CALL_CHANGES and the like.
//
//     os.remove(os.path.join(ROOT, name))      changes and removes the first argument; a path of two arguments
//     (ROOT / name).write_text(text)           changes the receiver
#include <string.h>

#include "base/bug.h"
#include "python/resolve/resolver.h"

enum {
    FIRST = CALL_CHANGES | CALL_PATH_FIRST,
    SECOND = CALL_CHANGES | CALL_PATH_SECOND,
    RECEIVER = CALL_CHANGES | CALL_PATH_RECEIVER,
};

typedef struct Known {
    const char *name;
    uint32_t flags;
} Known;

// Functions and classes, by their dotted name.
static const Known FUNCTIONS[] = {
    {"os.remove", FIRST | CALL_REMOVES},
    {"os.unlink", FIRST | CALL_REMOVES},
    {"os.rmdir", FIRST | CALL_REMOVES},
    {"os.removedirs", FIRST | CALL_REMOVES},
    {"os.rename", FIRST | SECOND | CALL_REMOVES},
    {"os.renames", FIRST | SECOND | CALL_REMOVES},
    {"os.replace", FIRST | SECOND | CALL_REMOVES},
    {"os.truncate", FIRST | CALL_REMOVES},
    {"os.makedirs", FIRST},
    {"os.mkdir", FIRST},
    {"os.mkfifo", FIRST},
    {"os.link", SECOND},
    {"os.symlink", SECOND},
    {"shutil.rmtree", FIRST | CALL_REMOVES},
    {"shutil.move", FIRST | SECOND | CALL_REMOVES},
    {"shutil.copy", SECOND},
    {"shutil.copy2", SECOND},
    {"shutil.copyfile", SECOND},
    {"shutil.copytree", SECOND},
    {"shutil.make_archive", FIRST},
    {"shutil.unpack_archive", SECOND},
    {"aiofiles.os.remove", FIRST | CALL_REMOVES},
    {"aiofiles.os.unlink", FIRST | CALL_REMOVES},
    {"aiofiles.os.rename", FIRST | SECOND | CALL_REMOVES},
    {"aiofiles.os.replace", FIRST | SECOND | CALL_REMOVES},
    {"aiofiles.os.makedirs", FIRST},
    {"aiofiles.os.mkdir", FIRST},
    {"aioshutil.rmtree", FIRST | CALL_REMOVES},
    {"sqlite3.connect", FIRST},
    {"sqlite3.dbapi2.connect", FIRST},
    {"aiosqlite.connect", FIRST},
    {"shelve.open", FIRST},
    {"dbm.open", FIRST},
    {"logging.FileHandler", FIRST},
    {"logging.handlers.RotatingFileHandler", FIRST},
    {"logging.handlers.TimedRotatingFileHandler", FIRST},
    {"logging.handlers.WatchedFileHandler", FIRST},
    {"joblib.dump", SECOND},
    {"torch.save", SECOND},
    {"numpy.save", FIRST},
    {"numpy.savez", FIRST},
    {"numpy.savetxt", FIRST},
    {"faiss.write_index", SECOND},
    {"open", CALL_ASKS_PATH},
    {"io.open", CALL_ASKS_PATH},
    {"aiofiles.open", CALL_ASKS_PATH},
    {"os.listdir", CALL_ASKS_PATH},
    {"os.scandir", CALL_ASKS_PATH},
    {"os.walk", CALL_ASKS_PATH},
    {"os.stat", CALL_ASKS_PATH},
    {"os.access", CALL_ASKS_PATH},
    {"os.chdir", CALL_ASKS_PATH},
    {"os.path.exists", CALL_ASKS_PATH},
    {"os.path.lexists", CALL_ASKS_PATH},
    {"os.path.isfile", CALL_ASKS_PATH},
    {"os.path.isdir", CALL_ASKS_PATH},
    {"os.path.getsize", CALL_ASKS_PATH},
    {"os.path.getmtime", CALL_ASKS_PATH},
    {"glob.glob", CALL_ASKS_PATH},
    {"glob.iglob", CALL_ASKS_PATH},
    {"os.path.join", CALL_JOINS},
    {"os.path.abspath", CALL_JOINS},
    {"os.path.realpath", CALL_JOINS},
    {"os.path.normpath", CALL_JOINS},
    {"os.path.expanduser", CALL_JOINS},
    {"os.path.expandvars", CALL_JOINS},
    {"os.path.dirname", CALL_SHORTENS},
    {"os.fspath", CALL_JOINS},
    {"str", CALL_JOINS},
    {"pathlib.Path", CALL_JOINS},
    {"pathlib.PurePath", CALL_JOINS},
    {"pathlib.PosixPath", CALL_JOINS},
    {"anyio.Path", CALL_JOINS},
    {"aiopath.AsyncPath", CALL_JOINS},
    {"os.getcwd", CALL_SAME},
    {"os.getenv", CALL_SAME},
    {"os.environ.get", CALL_SAME},
    {"pathlib.Path.cwd", CALL_SAME},
    {"pathlib.Path.home", CALL_SAME},
    {"tempfile.gettempdir", CALL_SAME},
    {"logging.getLogger", CALL_SAME},
    {"multiprocessing.current_process", CALL_SAME},
    {"threading.main_thread", CALL_SAME},
    {"threading.current_thread", CALL_SAME},
    {"asyncio.get_event_loop", CALL_SAME},
    {"decimal.getcontext", CALL_SAME},
    {"asyncio.get_running_loop", CALL_SAME},
    {"sys.getenv", CALL_SAME},
    {"uuid.uuid1", CALL_UNIQUE},
    {"uuid.uuid4", CALL_UNIQUE},
    {"secrets.token_hex", CALL_UNIQUE},
    {"secrets.token_urlsafe", CALL_UNIQUE},
    {"tempfile.mkstemp", CALL_UNIQUE},
    {"tempfile.mkdtemp", CALL_UNIQUE},
    {"tempfile.mktemp", CALL_UNIQUE},
    {"tempfile.NamedTemporaryFile", CALL_UNIQUE},
    {"tempfile.TemporaryDirectory", CALL_UNIQUE},
};

// Methods of a path or a text, by their last name, with the number of arguments by position that they take at most.
typedef struct KnownMethod {
    const char *name;
    uint32_t most;
    uint32_t flags;
} KnownMethod;

static const KnownMethod METHODS[] = {
    {"unlink", 1, RECEIVER | CALL_REMOVES},
    {"rmdir", 0, RECEIVER | CALL_REMOVES},
    {"mkdir", 3, RECEIVER},
    {"touch", 2, RECEIVER},
    {"write_text", 4, RECEIVER},
    {"write_bytes", 1, RECEIVER},
    {"rename", 1, RECEIVER | FIRST | CALL_REMOVES | CALL_PATH_ONLY},
    {"replace", 1, RECEIVER | FIRST | CALL_REMOVES | CALL_PATH_ONLY},
    {"symlink_to", 2, RECEIVER},
    {"hardlink_to", 1, RECEIVER},
    {"save", 2, FIRST | CALL_PATH_ONLY},
    {"savefig", 1, FIRST | CALL_PATH_ONLY},
    {"to_csv", 1, FIRST | CALL_PATH_ONLY},
    {"to_json", 1, FIRST | CALL_PATH_ONLY},
    {"to_parquet", 1, FIRST | CALL_PATH_ONLY},
    {"extractall", 1, FIRST | CALL_PATH_ONLY},
    {"joinpath", UINT32_MAX, CALL_JOINS_RECEIVER},
    {"resolve", 1, CALL_JOINS_RECEIVER},
    {"absolute", 0, CALL_JOINS_RECEIVER},
    {"expanduser", 0, CALL_JOINS_RECEIVER},
    {"with_suffix", 1, CALL_JOINS_RECEIVER},
    {"with_name", 1, CALL_JOINS_RECEIVER},
    {"with_stem", 1, CALL_JOINS_RECEIVER},
    {"as_posix", 0, CALL_JOINS_RECEIVER},
    {"format", UINT32_MAX, CALL_JOINS_RECEIVER},
    {"strip", 1, CALL_JOINS_RECEIVER},
    {"rstrip", 1, CALL_JOINS_RECEIVER},
};

static uint32_t flags_of_function(Str dotted) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (str_is(dotted, FUNCTIONS[i].name)) return FUNCTIONS[i].flags;
    return 0;
}

static uint32_t flags_of_method(Str name, uint32_t argument_count) {
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (str_is(name, METHODS[i].name) && argument_count <= METHODS[i].most) return METHODS[i].flags;
    return 0;
}

static bool is_writing_mode(const Facts *facts, const ArgumentFact *argument) {
    Str mode = facts_name(facts, facts_expr(facts, argument->value)->name);
    for (size_t i = 0; i < mode.length; i++)
        if (strchr("wax+", mode.data[i])) return facts_expr(facts, argument->value)->kind == EXPR_STRING;
    return false;
}

// path.open("w"), zipfile.ZipFile(path, "w"), tarfile.open(path, "w:gz"): what the mode at POSITION says.
static bool opens_to_write(const Facts *facts, const CallFact *call, uint32_t position) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = facts_argument(facts, (ArgumentId){call->first_argument + i});
        bool is_mode = argument->kind == ARGUMENT_KEYWORD ? str_is(facts_name(facts, argument->name), "mode")
                                                          : i == position;
        if (is_mode && is_writing_mode(facts, argument)) return true;
    }
    return false;
}

// sqlite3.connect(":memory:"), open("/dev/null", "w"): nothing stays there.
static bool is_nowhere(const Facts *facts, const CallFact *call) {
    if (!call->argument_count) return false;
    const ArgumentFact *first = facts_argument(facts, (ArgumentId){call->first_argument});
    Str text = facts_name(facts, facts_expr(facts, first->value)->name);
    return facts_expr(facts, first->value)->kind == EXPR_STRING &&
           (str_is(text, ":memory:") || str_starts_with(text, STR("/dev/")));
}

// asyncio.to_thread(os.remove, path), loop.run_in_executor(None, shutil.move, a, b): the function is handed over, and its
// arguments follow it.
static uint32_t flags_of_handed(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < 2 && i + 1 < call->argument_count; i++) {
        const ArgumentFact *argument = facts_argument(facts, (ArgumentId){call->first_argument + i});
        uint8_t kind = facts_expr(facts, argument->value)->kind;
        if (argument->kind != ARGUMENT_POSITIONAL || (kind != EXPR_ATTRIBUTE && kind != EXPR_NAME)) continue;
        uint32_t flags = flags_of_function(facts_name(facts, resolver_dotted_of(resolver, argument->value)));
        if (!(flags & CALL_CHANGES)) continue;
        uint32_t moved = flags & (CALL_CHANGES | CALL_REMOVES);
        if (flags & CALL_PATH_FIRST) moved |= i == 0 ? CALL_PATH_SECOND : CALL_PATH_THIRD;
        if ((flags & CALL_PATH_SECOND) && i == 0) moved |= CALL_PATH_THIRD;
        return moved;
    }
    return 0;
}

static uint32_t flags_of(const Facts *facts, const CallFact *call) {
    Str dotted = facts_name(facts, call->dotted);
    const ExprFact *callee = facts_expr(facts, call->callee);
    bool archive = str_is(dotted, "zipfile.ZipFile") || str_is(dotted, "tarfile.open");
    if ((call->flags & CALL_OPENS) && !(call->flags & CALL_WRITES)) return FIRST;
    if (archive) return opens_to_write(facts, call, 1) ? FIRST : 0;
    uint32_t flags = flags_of_function(dotted);
    if (flags || callee->kind != EXPR_ATTRIBUTE) return flags;
    Str name = facts_name(facts, callee->name);
    // date.replace(tzinfo=utc), frame.rename(columns=names)
    bool named = call->argument_count &&
                 facts_argument(facts, (ArgumentId){call->first_argument})->kind != ARGUMENT_POSITIONAL;
    if (named && (str_is(name, "replace") || str_is(name, "rename"))) return 0;
    if (str_is(name, "open")) return opens_to_write(facts, call, 0) ? RECEIVER : 0;
    return flags_of_method(name, call->argument_count);
}

void resolve_touching(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *own = keeping_find_own(facts);
    for (uint32_t i = 1; i < facts->calls.count; i++)
        if (!own[i] && !is_nowhere(facts, &facts->calls.items[i]))
            facts->calls.items[i].flags |= flags_of(facts, &facts->calls.items[i]) |
                                           flags_of_handed(resolver, &facts->calls.items[i]);
    free(own);
}
