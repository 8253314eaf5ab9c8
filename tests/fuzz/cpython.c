// Five functions of the stable interface are enough, so that no header of Python is needed.
#include "cpython.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { FILE_INPUT = 257 }; // Py_file_input

typedef struct Object Object;

static struct {
    bool asked, is_there;
    void (*initialize)(int);
    int (*run)(const char *);
    Object *(*compile)(const char *, const char *, int);
    void (*forget_error)(void);
    void (*release)(Object *);
} python;

// Python keeps what it made until the process ends, which the sanitizer would call ours.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libpython"; }

// POSIX has it that a function fits into a void pointer.
static bool find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static void load(void) {
    void *library = dlopen(FUZZ_PYTHON, RTLD_NOW | RTLD_GLOBAL);
    python.asked = true;
    python.is_there = library != NULL && find(library, "Py_InitializeEx", &python.initialize) &&
                      find(library, "PyRun_SimpleString", &python.run) &&
                      find(library, "Py_CompileString", &python.compile) &&
                      find(library, "PyErr_Clear", &python.forget_error) &&
                      find(library, "Py_DecRef", &python.release);
    if (!python.is_there) {
        fprintf(stderr, "no library of Python (%s): nobody asks whether it compiles\n",
                FUZZ_PYTHON);
        return;
    }
    python.initialize(0); // without handlers of signals
    python.run("import warnings; warnings.simplefilter('ignore')");
}

bool cpython_is_there(void) {
    if (!python.asked) load();
    return python.is_there;
}

bool cpython_compiles(Str text) {
    Arena arena = {0};
    bool good = cpython_is_there() && str_find(text, '\0') < 0;
    Object *code =
        good ? python.compile(arena_copy(&arena, text).data, "module.py", FILE_INPUT) : NULL;
    if (good && code == NULL) python.forget_error();
    if (code != NULL) python.release(code);
    arena_release(&arena);
    return code != NULL;
}
