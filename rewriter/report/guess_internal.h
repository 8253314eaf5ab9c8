// What the parts of guessing share.
#ifndef WEFT_REPORT_GUESS_INTERNAL_H
#define WEFT_REPORT_GUESS_INTERNAL_H

#include "edit/module_rows.h"
#include "program/index.h"
#include "program/name.h"
#include "program/program.h"
#include "report/guess.h"

typedef struct Guesser {
    const Program *program;
    Guesses *out;
    Arena scratch;
    ClassId *made; // by expression: the class of the tree that it makes an instance of
    ClassId *
        named; // by symbol: the class that it names, or of which the function that it names makes one
    ClassId *returned;   // by function: the class of which it makes and returns an instance
    ExprId *mutation;   // by class: an attribute that is changed outside of the constructor
    uint32_t *users;     // by symbol: other modules that use it
    ModuleRows *rows;
    Vec(Str) said;       // what boundaries of the packs that were chosen name
    bool *aside;         // by module: tests, documents, scripts: no part of the program itself
} Guesser;

// NAME as imports have it.
Str guess_name(const Guesser *guesser, Name name);
Place guess_place(const Guesser *guesser, ModuleId module, uint32_t offset);
// The last part of a dotted name.
Str guess_last(Str dotted);

// ---- guess_state.c: settings, and instances that change ----
void guess_find_state(Guesser *guesser);
// ---- guess_settings.c: settings that are no instance: modules, classes, those of other packages ----
void guess_find_settings(Guesser *guesser);
// Whether NAME is one that settings have: "config", "settings".
bool guess_is_settings_name(Str name);
// Whether KLASS is an enumeration, whatever its name.
bool guess_is_enumeration(const Program *program, ClassId klass);
// ---- guess_attribute.c: settings that an object holds ----
void guess_find_attributes(Guesser *guesser);
// ---- guess_pack.c: packs for frameworks; whether one for MODULE was found ----
void guess_find_packs(Guesser *guesser);
// The class has a base in such a framework.
bool guess_pack_knows(const Guesser *guesser, ClassId klass);
bool guess_has_pack(const Guesser *guesser, const char *module);
// ---- guess_application.c: what an application object holds ----
void guess_find_application(Guesser *guesser);
// ---- guess_boundary.c: functions that a framework calls, and tests ----
void guess_find_boundaries(Guesser *guesser);
// ---- guess_model.c: tables of an object-relational mapper ----
void guess_find_models(Guesser *guesser);

#endif
