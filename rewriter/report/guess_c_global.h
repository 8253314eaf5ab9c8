// Private to report/: the global state of a C program.
#ifndef WEFT_REPORT_GUESS_C_GLOBAL_H
#define WEFT_REPORT_GUESS_C_GLOBAL_H

#include "program/index.h"
#include "program/program.h"

typedef enum GlobalShape {
    GLOBAL_OTHER,     // a number, an array, anything
    GLOBAL_STRUCTURE, // is one: E.cx
    GLOBAL_POINTER,   // points to one: daemon->port
} GlobalShape;

typedef struct Global {
    SymbolId symbol;     // its definition outside of tests, or a declaration
    SymbolId definition; // that stands for all of that name
    GlobalShape shape;
    Str type; // of what is or is pointed to: "struct server", "settings"; empty for GLOBAL_OTHER
    Str tag;  // "server"
    uint32_t reads;
    bool written;
} Global;

typedef Vec(Global) Globals;

// The header that declares it to others, as most files spell the path in #include; empty when there is none.
Str guess_find_header(const Program *program, const Global *global);

// Fills GLOBALS, which is empty: those of the program itself, not of its tests, that something uses and that are, or point
// to, a structure, or are assigned to. Structures first, then those that are used most. Their texts live in ARENA.
void guess_find_globals(const Program *program, Arena *arena, Globals *globals);

#endif
