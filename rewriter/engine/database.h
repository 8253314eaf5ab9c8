// A database of any engine: one connection, behind one small table of functions (driver.h).
//
// Texts of SQL come from weft itself; what varies is bound. Nothing here knows what a migration is.
//
//   Database database;
//   if (!database_open(&database, ENGINE_SQLITE, STR("data/bot.db"), &diagnostics)) ...
//   Value name = value_text(STR("mai"));
//   int64_t count;
//   if (!database_integer(&database, STR("SELECT count(*) FROM agents WHERE agent_id = ?1"), &name, 1, &count))
//       explain(database.fault, database.message);
#ifndef WEFT_ENGINE_DATABASE_H
#define WEFT_ENGINE_DATABASE_H

#include "base/arena.h"
#include "rule/data_rule.h"
#include "source/diagnostic.h"

// What went wrong, as far as it decides what to do next.
typedef enum DatabaseFault {
    DATABASE_GOOD,
    DATABASE_BUSY,      // somebody else holds a lock, or a deadlock was broken: try again
    DATABASE_LOST,      // the connection is gone: connect again, and look what was committed
    DATABASE_DUPLICATE, // a unique constraint
    DATABASE_FULL,      // no space left
    DATABASE_CORRUPT,   // the file is damaged, or no database
    DATABASE_REFUSED,   // all else: rights, syntax, other constraints
} DatabaseFault;

typedef enum ValueKind { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB } ValueKind;

typedef struct Value {
    ValueKind kind;
    union {
        int64_t integer;
        double real;
        Str text; // VALUE_TEXT, VALUE_BLOB: any bytes
    };
} Value;

typedef struct Driver Driver;

typedef struct Database {
    Arena arena;
    const Driver *driver;
    void *connection; // of the driver; NULL while it is lost
    DataEngine engine;
    Str name;            // as it was asked for: a path, or a URI without a password
    Str version;         // of the engine
    DatabaseFault fault; // of the last call that failed
    Str message;         // what the engine said then; valid until the next call that fails
    StrBuf said;         // holds it
    int64_t changed;     // rows that the last database_execute changed
    bool in_transaction;
    uint32_t lock_milliseconds; // how long a lock is waited for
} Database;

// Called for each row of an answer; texts are valid during the call. False ends the query early.
typedef bool DatabaseRow(void *context, const Value *values, uint32_t count);

// A value of each kind. A text is not copied.
Value value_null(void);
Value value_integer(int64_t integer);
Value value_text(Str text);
// A value as one word without spaces, and back; for rows of a ledger. "i42", "t6d6169" (hexadecimal), "n". False for
// a text that is none.
void value_to_word(StrBuf *out, const Value *value);
bool value_from_word(Arena *arena, Str word, Value *value);
// As a person reads it: 42, 'mai', NULL.
void value_show(StrBuf *out, const Value *value);
// A copy whose text lives in ARENA.
Value value_copy(Arena *arena, const Value *value);
// An integer as it came: PostgreSQL and MariaDB give sums as texts. False for no integer.
bool value_as_integer(const Value *value, int64_t *integer);

// Connects to NAME: the path of a SQLite file, which must exist; else "postgresql://HOST:PORT/NAME" or
// "mariadb://USER@HOST:PORT/NAME", where everything but the last part may be left out. Passwords are taken from the
// environment and the engine's own files (PGPASSFILE, ~/.my.cnf) only. False after E660, or after E662 where somebody
// else keeps the whole file locked; the database is closed then.
bool database_open(Database *database, DataEngine engine, Str name, Diagnostics *diagnostics);
void database_close(Database *database);
// Connects again after DATABASE_LOST. False with the fault.
bool database_reconnect(Database *database);

// All of these: false with `fault` and `message`.
// A transaction that means to write, so that waiting for the lock happens here.
bool database_begin(Database *database);
bool database_commit(Database *database);
void database_rollback(Database *database); // also of one that is over already
// One statement, or several separated by ';' where no value is bound.
bool database_execute(Database *database, Str sql, const Value *values, uint32_t count);
bool database_query(Database *database, Str sql, const Value *values, uint32_t count,
                    DatabaseRow *row, void *context);
// The first column of the first row; 0 for NULL and where there is none.
bool database_integer(Database *database, Str sql, const Value *values, uint32_t count,
                      int64_t *integer);
// The first row into ARENA, COLUMNS values at VALUES; *FOUND is false without one.
bool database_first(Database *database, Arena *arena, Str sql, const Value *values, uint32_t count,
                    Value *row, uint32_t columns, bool *found);
// How long to wait for a lock before DATABASE_BUSY.
bool database_set_lock_timeout(Database *database, uint32_t milliseconds);

// Adds E661 (or E662 .. E664, by the fault) of what went wrong last: "cannot WHAT: message".
void database_explain(const Database *database, const char *what, Diagnostics *diagnostics);

#endif
