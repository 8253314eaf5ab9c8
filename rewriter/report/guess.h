// What a tree without rules looks like: guesses at what needs a context, who has one, and where it could
// be made, each with its evidence. `weft init` writes them as a weft.yml to correct.
#ifndef WEFT_REPORT_GUESS_H
#define WEFT_REPORT_GUESS_H

#include <stdio.h>
#include "report/explain.h"

// A module-level instance, or a getter that makes one, whose class changes after it was made, or is one of
// settings.
typedef struct GuessSingleton {
    Str name;        // dotted
    bool is_getter;
    Str klass;       // dotted
    Place place;
    bool is_settings;
    Str changes;     // an attribute that changes; empty: none does
    Place changed_at;
    uint32_t importers; // other modules that use it
} GuessSingleton;

// A class that many functions take as a parameter, and whose name says that it comes from outside.
typedef struct GuessCarrier {
    Str klass;
    Place place;
    uint32_t functions;
} GuessCarrier;

// Functions that a framework calls.
typedef struct GuessBoundary {
    const char *id, *framework, *origin;
    const char *decorators; // a YAML list of globs
    uint32_t functions;     // that have one of them
    Place first;
} GuessBoundary;

// Classes that are tables of an object-relational mapper: all below one class outside the tree.
typedef struct GuessModels {
    Str base;    // dotted, outside the tree
    Str klass;   // the first in the tree
    Place place;
    uint32_t classes;
} GuessModels;

typedef struct Guesses {
    Arena arena;
    Str package; // where most modules are; empty: the root
    Vec(GuessSingleton) singletons; // most importers first
    Vec(GuessCarrier) carriers;     // most functions first
    Vec(GuessBoundary) boundaries;
    Vec(GuessModels) models;
    bool has_migrations; // of a database: steps that were taken once and stay as they are
} Guesses;

// Looks at a resolved tree.
void guess_build(const Program *program, Guesses *guesses);
void guess_release(Guesses *guesses);
// Writes a weft.yml that `weft rules check` takes; evidence and doubtful parts are comments.
void guess_write_yaml(const Guesses *guesses, FILE *out);

#endif
