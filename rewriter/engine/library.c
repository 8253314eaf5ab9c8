// Loading client libraries. In: their names. Out: pointers to their functions. They stay until the process ends.
#include "engine/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/message.h"
void *library_load(Database *database, const char *file, const char *package) {
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    if (library != NULL) return library;
    Arena scratch = {0};
    Str why = message_format(&scratch, "this machine has no %s (package %s)", file, package);
    driver_fail(database, DATABASE_REFUSED, why.data);
    arena_release(&scratch);
    return NULL;
}

// ISO C has no conversion from what dlsym gives to a pointer to a function; POSIX promises that the bytes are the same.
bool library_find(Database *database, void *library, const char *name, void *function,
                  size_t size) {
    void *found = dlsym(library, name);
    memcpy(function, &found, size);
    return found != NULL || driver_fail(database, DATABASE_REFUSED, dlerror());
}
