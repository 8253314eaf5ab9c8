// What a driver does for an engine. One row of functions each: sqlite.c, postgresql.c, mariadb.c.
//
// A function that fails sets the fault and the message by driver_fail; database.c adds nothing to them.
#ifndef WEFT_ENGINE_DRIVER_H
#define WEFT_ENGINE_DRIVER_H

#include "engine/database.h"

struct Driver {
    const char *begin; // statement that starts a transaction which means to write
    // Connects; database->name says where to. Sets connection and version.
    bool (*open)(Database *database);
    void (*close)(Database *database);
    // Runs SQL; ROW, which may be NULL, is called for each row. Sets database->changed.
    bool (*run)(Database *database, Str sql, const Value *values, uint32_t count, DatabaseRow *row,
                void *context);
    bool (*set_lock_timeout)(Database *database, uint32_t milliseconds);
};

extern const Driver driver_sqlite, driver_postgresql, driver_mariadb;

// Keeps FAULT and MESSAGE (copied, on one line) as what went wrong last; gives false.
bool driver_fail(Database *database, DatabaseFault fault, const char *message);

// The parts of "ENGINE://USER@HOST:PORT/NAME", empty where they are left out. False, with a reason in *WHY, for
// what is none, or has a password.
typedef struct DriverPlace {
    Str user, host, port, name;
} DriverPlace;
// The parts of scheme://user@host:port/name; false with *WHY when it is none.
bool driver_place_parse(Str uri, DriverPlace *place, const char **why);

#endif
