// Client libraries of servers, loaded when a database of theirs is asked for: a weft that only knows SQLite needs none.
#ifndef WEFT_ENGINE_LIBRARY_H
#define WEFT_ENGINE_LIBRARY_H

#include "engine/driver.h"

// Loads FILE by its name. NULL, with the database's fault set to what is missing; PACKAGE is what Debian calls it.
void *library_load(Database *database, const char *file, const char *package);
// Sets the pointer to a function at FUNCTION, of SIZE bytes, to NAME of LIBRARY. False with the fault.
bool library_find(Database *database, void *library, const char *name, void *function, size_t size);

#endif
