// The program under analysis, with what the rules say of it: the facts, the rules, and everything one
// may ask of the two together.
//
// Made once by program_build, then read only: whoever comes later takes a `const Program *`. It can be
// kept between answers. To change the program, fill the facts anew and build again.
#ifndef WEFT_PROGRAM_PROGRAM_H
#define WEFT_PROGRAM_PROGRAM_H

#include "facts/import_roots.h"
#include "facts/language.h"
#include "rule/rule.h"

// Rows of a table grouped by a key: those of key k are items[first[k] .. first[k + 1]).
typedef struct RowGroups {
    const uint32_t *first, *items;
} RowGroups;

typedef struct Program {
    const Facts *facts; // borrowed, as the rules are
    const Rules *rules;
    ImportRoots roots;

    // By dotted name, as paths name it: the first row that has it. Read through name.h.
    Map modules, classes, functions;
    Map globals; // symbols of languages that have one namespace, by their plain names
    uint32_t *next_module; // by module: the next one of that name, 0 none (a stub and its source)

    // Rows by what they are about, made when all is resolved. Read through index.h.
    RowGroups callers, edges_from, inner_functions, members; // by function; members by family
    RowGroups call_edges;                                    // by call
    RowGroups constructions, lineages, methods;              // by class
    RowGroups reads;                                         // by symbol
    FunctionId *edge_caller;                                 // by edge
    Arena arena;           // of the arrays
} Program;

// Makes everything that can be asked of resolved FACTS. Facts and rules must outlive the program, and no row
// may be added meanwhile. Release with program_release.
void program_build(Program *program, const Facts *facts, const Rules *rules);
// Between imports and values of FACTS: fills ParameterFact.declared as RULES, a `const Rules *`, say. It is
// the FactsInput.declare of whoever has rules.
void program_declare(Facts *facts, const void *rules);
void program_release(Program *program);

#endif
