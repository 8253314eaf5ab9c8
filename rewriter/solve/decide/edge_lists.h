// All edges by the function that runs their site, those at module level under 0. program_edges_from leaves out
// what a forwarder does with its own parameter; here that counts: it is made or called all the same.
#ifndef WEFT_SOLVE_DECIDE_EDGE_LISTS_H
#define WEFT_SOLVE_DECIDE_EDGE_LISTS_H

#include "program/program.h"

//     for (uint32_t i = lists.first[function]; i; i = lists.next[i]) ... program_edge(program, i) ...
typedef struct EdgeLists {
    uint32_t *first; // by function: an edge; 0 none
    uint32_t *next;  // by edge: the next one, ascending; 0 ends
} EdgeLists;

// To be released with edge_lists_release.
EdgeLists edge_lists_make(const Program *program);
void edge_lists_release(EdgeLists *lists);

#endif
