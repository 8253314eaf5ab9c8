// Private to search.c, down.c and up.c: breadth-first search over calls.
#ifndef WEFT_EXPLAIN_SEARCH_H
#define WEFT_EXPLAIN_SEARCH_H

#include "explain/explainer.h"

typedef enum NodeKind { NODE_FUNCTION, NODE_CLASS, NODE_ACCESSOR, NODE_KINDS } NodeKind;

typedef struct Visit {
    NodeKind kind;
    uint32_t id;
    uint32_t from; // index of the visit that led here; itself for the first
    StepKind step; // from there to here (down), from here to there (up)
    uint32_t edge; // of the step; 0 none
    ExprId at;     // place of the step; none: no call is involved
} Visit;

typedef struct Search {
    Explainer *explainer;
    Arena marks;       // of `seen`
    Vec(Visit) visits; // also the queue
    bool *seen[NODE_KINDS];
    uint32_t current;
    uint32_t wanted; // up: origins without a chain yet
    ExplainChain chains[ORIGIN_COUNT];
} Search;

void search_open(Search *search, Explainer *explainer, FunctionId function, ClassId klass);
void search_close(Search *search);
// Queues NEXT, as coming from the current visit, unless it was seen.
void search_visit(Search *search, Visit next);

// The step that STEP's edge makes to NODE.
ExplainStep search_step(const Explainer *explainer, const Visit *step, const Visit *node);
// The first step of a chain that begins with NODE.
ExplainStep search_start(const Explainer *explainer, const Visit *node);
StepKind search_edge_step(const Explainer *explainer, const EdgeFact *edge);

#endif
