// What a tree without rules looks like: guesses at what needs a context, who has one, and where it could
// be made, each with its evidence. `weft init` writes them as a weft.yml to correct.
#ifndef WEFT_REPORT_GUESS_H
#define WEFT_REPORT_GUESS_H

#include "solve/solution.h"
#include "source/place.h"

typedef enum StateKind {
    STATE_INSTANCE, // a module-level name of an instance
    STATE_GETTER,   // a function that makes one and keeps it
    STATE_MODULE,   // a module whose data are settings
    STATE_NAME,     // a module-level name that a branch binds, or settings that functions bind anew
    STATE_KEPT,     // a function that returns such a name
    STATE_CLASS,    // a class whose variables are settings
    STATE_HELD,     // settings that an object of the tree holds: "app.bot.Bot.config"
    STATE_OUTSIDE,  // settings that another package has, or a module that is not in the tree
} StateKind;

// State that tenants would share: settings, or an instance whose class changes after it was made.
typedef struct GuessState {
    StateKind kind;
    Str name;        // dotted
    Str settings;    // STATE_KEPT: the name that it returns, dotted
    Str klass;       // STATE_INSTANCE, STATE_GETTER: dotted
    Place place;
    bool is_settings;
    Str changes;     // an attribute that changes; empty: none does
    Place changed_at;
    uint32_t importers; // other modules that use it
} GuessState;

// A class that many functions take as a parameter, and whose name says that it comes from outside.
typedef struct GuessCarrier {
    Str klass;
    Place place;
    uint32_t functions;
} GuessCarrier;

// A pack of this project for a framework that the tree imports.
typedef struct GuessPack {
    const char *module, *name;
    Place first;
    uint32_t modules; // that import it
    uint32_t last;    // the last one of them, while they are counted
} GuessPack;

// What an application object of a web framework holds for all requests.
typedef struct GuessHeld {
    Str name; // "app.state.db", `app["db"]`
    bool is_settings;
    Place place;
    uint32_t reads; // by functions
} GuessHeld;

// Functions that a framework calls.
typedef struct GuessBoundary {
    const char *id, *origin;
    const char *key;  // of the rule: decorated_by, overrides, file
    Str list;         // its value: a YAML list
    Str evidence;     // "fastapi is imported"
    uint32_t functions; // that it finds
    Place first;
} GuessBoundary;

// Classes that are tables of an object-relational mapper.
typedef struct GuessModels {
    const char *mapper;  // "peewee"
    const char *bases;   // YAML: what they inherit from
    const char *asks;    // YAML: the rest of the `query` map, a line each
    Str klass;           // the first in the tree
    Place place;
    uint32_t classes;
} GuessModels;

typedef struct Guesses {
    Arena arena;
    Str package; // where most modules are; empty: the root
    Vec(GuessPack) packs;           // in the order of the first imports
    Vec(GuessState) states;         // most importers first
    Vec(Str) constants;             // instances that look like settings and are left out, dotted
    Vec(GuessHeld) held;            // most reads first
    Vec(GuessCarrier) carriers;     // most functions first
    Vec(GuessBoundary) boundaries;
    Vec(GuessModels) models;
    Vec(Str) migrations; // globs of folders with steps that a database took once
} Guesses;

// MODULE, a dotted name, can be imported, and is of the program: no test, no step of a database, nothing beside it.
bool guess_is_of_program(Str module);
// Looks at a resolved tree.
void guess_build(const Program *program, Guesses *guesses);
void guess_release(Guesses *guesses);
// How many kinds of shared state have a rule.
uint32_t guess_count_states(const Guesses *guesses);
// Appends a weft.yml that `weft rules check` takes; evidence and doubtful parts are comments.
void guess_write_yaml(const Guesses *guesses, StrBuf *out);
// The same of a tree of C, which need not be compiled; how many globals it tells of.
uint32_t guess_write_yaml_for_c(const Program *program, StrBuf *out);

#endif
