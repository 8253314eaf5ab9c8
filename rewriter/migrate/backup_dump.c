// Backups of servers, by the clients that come with them: pg_dump and pg_restore, mariadb-dump and mariadb. The dump is
// restored into a new database beside it, which is compared and dropped again. What is compared is one moment, whoever
// writes meanwhile: backup_moment.h.
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "engine/driver.h"
#include "base/parallel.h"
#include "migrate/backup_moment.h"
#include "migrate/pace.h"
#include "verify/process.h"

enum { MOST_SECONDS = 86400, MOST_ARGUMENTS = 24, MOST_SHOWN = 300, FILE_MODE = 0600 };

typedef struct Client {
    Arena arena;
    Database *database;
    DriverPlace place;
    Str arguments[MOST_ARGUMENTS];
    uint32_t count;
    Str scratch; // name of the database that the dump is restored into
    // A connection of its own, for what cannot be said in the transaction of the other one.
    Database beside;
    ProcessResult result; // of the program that ran last
    Arena said;           // its output
    Diagnostics *diagnostics;
} Client;

// ---- programs ------------------------------------------------------------------------------------

static void add(Client *client, const char *option, Str value) {
    client->arguments[client->count++] =
        arena_format(&client->arena, "%s%.*s", option, STR_ARG(value));
}

// Where the server is. Passwords are read by the client itself, from where weft's connection has them.
static void add_place(Client *client, const char *program) {
    bool is_maria = client->database->engine == ENGINE_MARIADB;
    client->count = 0;
    add(client, program, STR_NONE);
    if (client->place.host.length > 0) add(client, "--host=", client->place.host);
    if (client->place.port.length > 0) add(client, "--port=", client->place.port);
    if (client->place.user.length > 0)
        add(client, is_maria ? "--user=" : "--username=", client->place.user);
    if (!is_maria) add(client, "--no-password", STR_NONE);
}

static void run_program(Client *client, Str folder) {
    arena_release(&client->said);
    process_run(&client->said, client->arguments, client->count, folder, MOST_SECONDS, &client->result);
}

static bool judge_program(Client *client, const char *what) {
    const ProcessResult *result = &client->result;
    if (result->start_error == 0 && result->status == 0) return true;
    Str program = client->arguments[0];
    Str why = result->start_error != 0
                  ? arena_format(&client->arena, "%.*s: %s", STR_ARG(program),
                                 strerror(result->start_error))
                  : arena_format(&client->arena, "%.*s: %.*s", STR_ARG(program),
                                 STR_ARG(str_trim(str_slice(result->output, 0, MOST_SHOWN))));
    backup_refuse(what, why.data, client->diagnostics);
    diagnostic_help(client->diagnostics,
                    "its client programs make backups; --no-backup goes on without one");
    return false;
}

static void name_dump(Client *client, Str path, Str snapshot) {
    if (client->database->engine == ENGINE_MARIADB) {
        add_place(client, "mariadb-dump");
        add(client, "--single-transaction", STR_NONE);
        add(client, "--skip-dump-date", STR_NONE);
        add(client, "--hex-blob", STR_NONE);
        add(client, "--routines", STR_NONE);
        add(client, "--result-file=", path);
    } else {
        add_place(client, "pg_dump");
        add(client, "--format=custom", STR_NONE);
        add(client, "--snapshot=", snapshot);
        add(client, "--file=", path);
    }
    add(client, "", client->place.name);
}

static bool restore_into(Client *client, Str path, Str name, bool replace) {
    if (client->database->engine == ENGINE_MARIADB) {
        add_place(client, "mariadb");
        add(client, "--database=", name);
        add(client, "--execute=source ", path_basename(path)); // its client reads quotes and semicolons in a folder's name
    } else {
        add_place(client, "pg_restore");
        add(client, "--single-transaction", STR_NONE);
        add(client, "--no-owner", STR_NONE);
        if (replace) add(client, "--clean", STR_NONE);
        if (replace) add(client, "--if-exists", STR_NONE);
        add(client, "--dbname=", name);
        add(client, "", path);
    }
    run_program(client, path_dirname(path));
    return judge_program(client, "restore the backup");
}

// ---- the scratch database ------------------------------------------------------------------------

static bool explain(Client *client, Database *database, const char *what) {
    database_explain(database, what, client->diagnostics);
    return false;
}

static bool execute(Database *database, Arena *arena, const char *format, Str name) {
    StrBuf quoted = {0};
    dialect_name(dialect_of(database->engine), name, &quoted);
    Str sql = arena_format(arena, "%s %s", format, quoted.data);
    strbuf_release(&quoted);
    return database_execute(database, sql, NULL, 0);
}

// The name of the database that the client is about, with another last part.
static Str name_beside(Client *client, Str last) {
    Str name = client->database->name;
    ptrdiff_t slash = str_find_last(name, '/');
    return arena_format(&client->arena, "%.*s%.*s", (int)slash + 1, name.data, STR_ARG(last));
}

// PostgreSQL: names mean in it what they mean in the database, whose own setting no dump has.
static bool look_up_as_there(Client *client, Database *restored) {
    Value path = value_text(STR(""));
    bool found;
    if (client->database->engine != ENGINE_POSTGRESQL) return true;
    return (database_first(client->database, &client->arena, STR("SELECT current_setting('search_path')"), NULL, 0,
                           &path, 1, &found) ||
            explain(client, client->database, "make a backup")) &&
           (database_execute(restored, STR("SELECT set_config('search_path', $1, false)"), &path, 1) ||
            explain(client, restored, "read the restored backup"));
}

static bool compare_restored(Client *client, const Schema *schema, const BackupSums *live) {
    Database restored;
    BackupSums sums;
    if (!database_open(&restored, client->database->engine, name_beside(client, client->scratch),
                       client->diagnostics))
        return false;
    bool good = look_up_as_there(client, &restored) &&
                (backup_sum(&restored, schema, &client->arena, &sums) ||
                 explain(client, &restored, "read the restored backup"));
    good = good && backup_compare(schema, live, &sums, client->diagnostics);
    database_close(&restored);
    return good;
}

static bool rehearse(Client *client, const Schema *schema, Str path, const BackupSums *live) {
    bool made = execute(&client->beside, &client->arena, "CREATE DATABASE", client->scratch);
    bool good = made || explain(client, &client->beside, "make a database to restore the backup into");
    if (!made)
        diagnostic_help(client->diagnostics,
                        "the rehearsal needs the right to make one (CREATEDB, CREATE); "
                        "--no-backup goes on without a backup");
    good = good && restore_into(client, path, client->scratch, false) &&
           compare_restored(client, schema, live);
    if (made && !execute(&client->beside, &client->arena, "DROP DATABASE", client->scratch))
        good = explain(client, &client->beside, "drop the database that the backup was restored into");
    return good;
}

// ---- both ----------------------------------------------------------------------------------------

static bool start_client(Client *client, Database *database, Diagnostics *diagnostics) {
    const char *why;
    *client = (Client){.database = database, .diagnostics = diagnostics};
    client->scratch = arena_format(&client->arena, "weft_rehearsal_%ld", (long)getpid());
    return driver_place_parse(database->name, &client->place, &why) ||
           backup_refuse("make a backup", why, diagnostics);
}

static void end_client(Client *client) {
    arena_release(&client->said);
    arena_release(&client->arena);
}

// The dump is written while the database is summed: the one waits for the other's moment only.
enum { DUMP, SUMS, QUESTION_COUNT };

typedef struct Dumping {
    Client *client;
    BackupMoment moment;
    Arena arena; // of the sums
    BackupSums live;
    bool summed;
} Dumping;

static void ask(void *context, uint32_t question, unsigned worker) {
    Dumping *dumping = context;
    (void)worker;
    if (question == DUMP) {
        run_program(dumping->client, STR("/"));
        backup_moment_dumped(&dumping->moment);
    } else {
        dumping->summed = backup_moment_share(&dumping->moment) &&
                          backup_sum(dumping->client->database, dumping->moment.schema, &dumping->arena, &dumping->live);
    }
}

// The client programs write over it; made by them, others could read it.
static bool make_file(Str path) {
    int file = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    if (file >= 0) close(file);
    return file >= 0;
}

static bool make_and_rehearse(Client *client, Dumping *dumping, Str path, BackupFile *file) {
    Str snapshot;
    double began = pace_now();
    if (!backup_moment_begin(&dumping->moment, &client->arena, &snapshot))
        return explain(client, dumping->moment.failed, "make a backup");
    name_dump(client, path, snapshot);
    parallel_for(QUESTION_COUNT, QUESTION_COUNT, ask, dumping);
    bool good = judge_program(client, "make a backup") &&
                (dumping->summed || explain(client, dumping->moment.failed, "make a backup")) &&
                (file_sync(path) || backup_refuse("make a backup", strerror(errno), client->diagnostics));
    double copied = pace_now();
    good = good && rehearse(client, dumping->moment.schema, path, &dumping->live);
    file->copied = copied - began;
    file->proven = pace_now() - copied;
    return good;
}

bool backup_make_dump(Database *database, const Schema *schema, Str path, BackupFile *file,
                      Diagnostics *diagnostics) {
    Client client;
    bool good = start_client(&client, database, diagnostics) &&
                (make_file(path) || backup_refuse("make a backup", strerror(errno), diagnostics)) &&
                database_open(&client.beside, database->engine, database->name, diagnostics);
    if (good) {
        Dumping dumping = {.client = &client};
        backup_moment_start(&dumping.moment, database, &client.beside, schema, path);
        good = make_and_rehearse(&client, &dumping, path, file);
        arena_release(&dumping.arena);
        database_close(&client.beside);
    }
    database_rollback(database);
    end_client(&client);
    return good;
}

bool backup_restore_dump(Database *database, Str path, Diagnostics *diagnostics) {
    Client client;
    bool good = start_client(&client, database, diagnostics) &&
                restore_into(&client, path, client.place.name, true);
    end_client(&client);
    return good;
}
