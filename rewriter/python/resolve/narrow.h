// Private to the narrowing files: regions of text in which something is known of a name or a chain of
// attributes and constant items that begins with one.
#ifndef WEFT_PYTHON_RESOLVE_NARROW_H
#define WEFT_PYTHON_RESOLVE_NARROW_H

#include "facts/facts.h"

// Regions that are looked at for one place. Further ones are let go, the outermost first: less is known
// then, nothing wrong is claimed.
enum { NARROWING_LIMIT = 64 };

// Inside [start, end) of the module the condition held, or did not, and SUBJECT is unchanged since.
typedef struct Narrowing {
    ExprId subject;   // a name, or attributes and constant items of one
    ExprId condition;
    bool holds;
    BindingId binding;// not a condition but this binding gave SUBJECT its value; none otherwise
    uint32_t start, end;
} Narrowing;

// A block of a compound statement: start of its first, end of its last statement; zeros when it has none.
typedef struct Branch {
    uint32_t start, end;
    uint32_t last; // its last statement
} Branch;

typedef struct NarrowIndex {
    uint32_t *chain_of; // by expr: equal chains have equal numbers; 0: no chain
    uint32_t chain_count;
    Map chains[3];      // while the numbers are given
    // While regions are found:
    uint32_t *first_store; // by chain: the expressions that store it are
    uint32_t *stores;      // stores[first_store[c] .. first_store[c + 1])
    Map branch_at;         // (statement, branch) -> branches
    Vec(Branch) branches;  // [0] is none
    uint32_t *last_inside; // by statement: the last one inside it
    uint32_t *jumps;       // by statement: break and continue up to it
    // When all are found:
    uint32_t *first_region; // by chain
    uint32_t *regions;      // narrowings, by start
    uint32_t *largest_end;
} NarrowIndex;

void narrow_index_open(NarrowIndex *index, Facts *facts);
// The first store of CHAIN in [start, end) in a row behind FROM; none when there is none.
ExprId narrow_next_store(const NarrowIndex *index, const Facts *facts, uint32_t chain, ExprId from,
                         uint32_t start, uint32_t end);
Branch narrow_branch(const NarrowIndex *index, StatementId owner, uint8_t branch);
// A break or continue stands somewhere inside OWNER.
bool narrow_has_jump(const NarrowIndex *index, StatementId owner);
// ROWS are all there are (row 0 is none): what served to find them is given back.
void narrow_index_close_building(NarrowIndex *index);
void narrow_index_regions(NarrowIndex *index, const Narrowing *rows, uint32_t count);
// The regions that hold at PLACE for EXPR, in the order in which they were found; returns how many.
uint32_t narrow_regions_at(const NarrowIndex *index, const Narrowing *rows, ExprId expr,
                           uint32_t place, uint32_t found[NARROWING_LIMIT]);
void narrow_index_close(NarrowIndex *index);

#endif
