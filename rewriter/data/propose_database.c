// Databases by their opening calls. In: calls and their literals. Out: an engine and a name.
#include "data/propose_database.h"

#include "data/model_internal.h"
#include "report/text.h"

typedef enum Form {
    FORM_PATH,    // a file
    FORM_NAME,    // a name on a server
    FORM_ADDRESS, // scheme://user:password@host/name
} Form;

typedef struct Opener {
    const char *call;    // dotted, as imports have it
    const char *keyword; // of the literal; NULL: the first argument
    Form form;
    DataEngine engine; // of FORM_PATH and FORM_NAME
} Opener;

static const Opener OPENERS[] = {
    {"peewee.SqliteDatabase", NULL, FORM_PATH, ENGINE_SQLITE},
    {"playhouse.sqlite_ext.SqliteExtDatabase", NULL, FORM_PATH, ENGINE_SQLITE},
    {"playhouse.pool.PooledSqliteDatabase", NULL, FORM_PATH, ENGINE_SQLITE},
    {"peewee.PostgresqlDatabase", NULL, FORM_NAME, ENGINE_POSTGRESQL},
    {"playhouse.pool.PooledPostgresqlDatabase", NULL, FORM_NAME, ENGINE_POSTGRESQL},
    {"playhouse.postgres_ext.PostgresqlExtDatabase", NULL, FORM_NAME, ENGINE_POSTGRESQL},
    {"peewee.MySQLDatabase", NULL, FORM_NAME, ENGINE_MARIADB},
    {"playhouse.pool.PooledMySQLDatabase", NULL, FORM_NAME, ENGINE_MARIADB},
    {"playhouse.db_url.connect", NULL, FORM_ADDRESS, ENGINE_COUNT},
    {"sqlalchemy.create_engine", NULL, FORM_ADDRESS, ENGINE_COUNT},
    {"sqlalchemy.ext.asyncio.create_async_engine", NULL, FORM_ADDRESS, ENGINE_COUNT},
    {"sqlmodel.create_engine", NULL, FORM_ADDRESS, ENGINE_COUNT},
    {"tortoise.Tortoise.init", "db_url", FORM_ADDRESS, ENGINE_COUNT},
    {"tortoise.contrib.fastapi.register_tortoise", "db_url", FORM_ADDRESS, ENGINE_COUNT},
};
enum { OPENER_COUNT = sizeof OPENERS / sizeof *OPENERS };

static const struct {
    const char *scheme;
    DataEngine engine;
} SCHEMES[] = {{"sqlite", ENGINE_SQLITE},       {"postgresql", ENGINE_POSTGRESQL},
               {"postgres", ENGINE_POSTGRESQL}, {"asyncpg", ENGINE_POSTGRESQL},
               {"mysql", ENGINE_MARIADB},       {"mariadb", ENGINE_MARIADB}};

typedef struct Opened {
    DataEngine engine; // ENGINE_COUNT: none
    Str name;          // may be empty
    ExprId literal;
} Opened;

static const Opener *opener_of(Str dotted) {
    for (int i = 0; i < OPENER_COUNT; i++)
        if (str_is(dotted, OPENERS[i].call)) return &OPENERS[i];
    return NULL;
}

// What a rule may have: a path below the root, or a plain name.
static bool is_name(Str name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && c != '_' && c != '-' && c != '.' && c != '/') return false;
    }
    return name.length > 0 && name.data[0] != '/' && name.data[0] != '-' &&
           str_find_str(name, STR("..")) < 0;
}

// "postgresql+asyncpg://me:secret@host/bot?ssl=1" -> PostgreSQL, "bot"; "sqlite:///data/bot.db" -> SQLite, "data/bot.db".
static void read_address(Str text, Opened *opened) {
    ptrdiff_t colon = str_find_str(text, STR("://"));
    if (colon < 0) return;
    Str scheme = str_slice(text, 0, (size_t)colon);
    Str rest = str_slice(text, (size_t)colon + 3, text.length);
    ptrdiff_t plus = str_find(scheme, '+'), query = str_find(rest, '?');
    if (plus >= 0) scheme = str_slice(scheme, 0, (size_t)plus);
    if (query >= 0) rest = str_slice(rest, 0, (size_t)query);
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++)
        if (str_is(scheme, SCHEMES[i].scheme)) opened->engine = SCHEMES[i].engine;
    ptrdiff_t slash = opened->engine == ENGINE_SQLITE ? 0 : str_find_last(rest, '/');
    bool has_name =
        slash >= 0 && (opened->engine != ENGINE_SQLITE || str_starts_with(rest, STR("/")));
    opened->name = has_name ? str_slice(rest, (size_t)slash + 1, rest.length) : STR_NONE;
}

static Opened read_call(const Program *program, CallId call, const Opener *opener) {
    Opened opened = {.engine = opener->engine};
    opened.literal = opener->keyword != NULL ? model_keyword(program, call, opener->keyword)
                                             : model_positional(program, call, 0);
    Str text;
    if (!model_text(program, opened.literal, &text)) return (Opened){.engine = ENGINE_COUNT};
    if (opener->form == FORM_ADDRESS)
        read_address(text, &opened);
    else
        opened.name = text;
    if (!is_name(opened.name)) opened.name = STR_NONE;
    return opened;
}

// The first in the order of the tree; one that is named goes before one of which only the engine is known.
static Opened find_opened(const Program *program) {
    Opened first = {.engine = ENGINE_COUNT};
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const Opener *opener =
            opener_of(program_name(program, program_call(program, (CallId){i})->dotted));
        if (opener == NULL) continue;
        Opened opened = read_call(program, (CallId){i}, opener);
        if (opened.engine == ENGINE_COUNT) continue;
        if (opened.name.length > 0) return opened;
        if (first.engine == ENGINE_COUNT) first = opened;
    }
    return first;
}

void propose_database(const Program *program, StrBuf *out) {
    Opened opened = find_opened(program);
    if (opened.engine == ENGINE_COUNT) {
        strbuf_add_text(out, "  # engine: sqlite, postgresql or mariadb; no call says which\n");
        return;
    }
    Span span = program_expr_span(program, opened.literal);
    const SourceFile *file = source_file(program->facts->sources, span.file);
    strbuf_add_text(out, "  # ");
    text_add_shown(out, file->path);
    strbuf_addf(out, ":%u\n  engine: %s\n", source_line_column(file, span.start).line,
                engine_name(opened.engine));
    if (opened.name.length > 0) strbuf_addf(out, "  database: %.*s\n", STR_ARG(opened.name));
}
