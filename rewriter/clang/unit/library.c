// In: where libclang may be. Out: its functions. It stays until the process ends.
#include "clang/unit/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
static bool report(Diagnostics *diagnostics, const char *why) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E906, SPAN_NONE, "C is read by libclang, and %s", why);
    diagnostic_help(diagnostics, "on Debian 12 `apt install libclang-19-dev` brings it; $WEFT_LIBCLANG names the "
                                 "file of a libclang that lies elsewhere");
    return false;
}

#ifndef WEFT_WITH_LIBCLANG
bool clang_library_load(Diagnostics *diagnostics) {
    return report(diagnostics, "this weft was built without its headers");
}
#else
ClangLibrary libclang;

static void *open_library(void) {
    const char *named = getenv("WEFT_LIBCLANG");
    if (named && *named) return dlopen(named, RTLD_LAZY | RTLD_LOCAL);
    static const char *const files[] = {"libclang-19.so.1", "/usr/lib/llvm-19/lib/libclang.so.1",
                                        "libclang-20.so.1", "/usr/lib/llvm-20/lib/libclang.so.1"};
    void *library = NULL;
    for (size_t i = 0; !library && i < sizeof files / sizeof *files; i++)
        library = dlopen(files[i], RTLD_LAZY | RTLD_LOCAL);
    return library;
}

// ISO C has no conversion from what dlsym gives to a pointer to a function; POSIX promises that the bytes are the
// same.
static bool find(void *library, const char *name, void *function, size_t size) {
    void *found = dlsym(library, name);
    memcpy(function, &found, size);
    return found != NULL;
}

static const char *why_not; // NULL: it is loaded
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    // It parses in the thread that asks, whose stack is larger than that of a thread of its own (base/parallel.h).
    (void)setenv("LIBCLANG_NOTHREADS", "1", 1);
    void *library = open_library();
    bool good = true;
    if (!library) {
        why_not = "this machine has none of LLVM 19";
        return;
    }
#define X(name) good = find(library, "clang_" #name, &libclang.name, sizeof libclang.name) && good;
    CLANG_FUNCTIONS(X)
#undef X
    if (!good) why_not = "that of this machine is too old";
}

bool clang_library_load(Diagnostics *diagnostics) {
    pthread_once(&once, load);
    return why_not == NULL || report(diagnostics, why_not);
}
#endif
