// Who calls, who makes, who inherits, who reads: rows of the program by what they are about. One loop fits
// all of them:
//
//     for (RowList rows = program_callers(program, function); rows.at < rows.end; rows.at++)
//         ... program_edge(program, *rows.at) ...
//
// Rows come in table order. A call that a forwarder makes of its own parameter is no row: what it runs was
// handed over with the context bound, and that hand-over is the site.
#ifndef WEFT_PROGRAM_INDEX_H
#define WEFT_PROGRAM_INDEX_H

#include "program/program.h"

typedef struct RowList {
    const uint32_t *at, *end;
} RowList;

// Rows of several lists, put together: row_numbers_settle puts them into table order, each once. To be released with
// vec_release.
typedef Vec(uint32_t) RowNumbers;
void row_numbers_add(RowNumbers *rows, RowList more);
void row_numbers_settle(RowNumbers *rows);

static inline uint32_t row_count(RowList rows) { return (uint32_t)(rows.end - rows.at); }

// Edges whose callee is the function; edges of code that the function runs, as far as they are sites.
RowList program_callers(const Program *program, FunctionId function);
RowList program_edges_from(const Program *program, FunctionId function);
// Edges of the call, but for those of values that escape in it.
RowList program_call_edges(const Program *program, CallId call);
// EDGE_CONSTRUCT edges that may make an instance of exactly this class.
RowList program_constructions(const Program *program, ClassId klass);
// The same for the class or any that inherits from it; appended to ROWS.
void program_add_constructions(const Program *program, ClassId klass, RowNumbers *rows);
// Functions of an override family; those of a class body; those that stand directly in the function.
RowList program_members(const Program *program, uint32_t family);
RowList program_methods(const Program *program, ClassId klass);
RowList program_inner_functions(const Program *program, FunctionId function);
// The class and all that inherit from it, itself first; those without itself.
RowList program_lineage(const Program *program, ClassId klass);
RowList program_descendants(const Program *program, ClassId klass);
// The classes that an EDGE_CONSTRUCT edge may make: its class; of a class that is a value, the lineage.
RowList program_made_classes(const Program *program, const EdgeFact *edge);
// Expressions that read what the symbol defines, through imports; not those in annotations.
RowList program_reads(const Program *program, SymbolId symbol);
// The function that runs the site of an edge, none at module level and in class bodies.
FunctionId program_edge_caller(const Program *program, uint32_t edge);

#endif
