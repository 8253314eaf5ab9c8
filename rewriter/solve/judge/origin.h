// Private to the files that find origins (origin.c, which says what they are).
#ifndef WEFT_SOLVE_JUDGE_ORIGIN_H
#define WEFT_SOLVE_JUDGE_ORIGIN_H

#include "solve/solver.h"

typedef Vec(uint32_t) ReaderList;

// Who calls the members of a family, as far as no set has to be known for it.
typedef enum FamilyCalls {
    CALLS_NOT_ASKED,
    CALLS_NONE,  // nobody, and nobody outside may
    CALLS_DEAD,  // none that runs
    CALLS_LIVE,
} FamilyCalls;

// What is asked of all members of a family at once: a table of functions is one family of them all.
typedef enum FamilyQuestion {
    FAMILY_BRINGS, // what those who call them bring
    FAMILY_RUNS,   // who runs them
    FAMILY_HOLDS,  // the same of methods that use what their object holds
    FAMILY_QUESTIONS,
} FamilyQuestion;

typedef struct Origins {
    Solver *solver;
    uint32_t *functions; // of the context that each has at hand
    uint32_t *classes;   // of the context that instances hold
    uint32_t *accessors;
    uint32_t *
        runs; // by function: of who runs it, whether it needs a context or not; found when asked for
    bool *run_asked;     // by function: somebody has asked for its runs
    uint32_t *held;      // by function: of what its object holds, as those who run it tell; as `runs`
    bool *held_asked;
    uint32_t *families[FAMILY_QUESTIONS]; // by family of several members; found when asked for
    bool *family_asked[FAMILY_QUESTIONS];
    FamilyCalls *family_calls; // by family
    bool *keyed;         // by class: all its instances are made by accessors
    uint32_t *sink_at;   // by expression: the sink it is; 0 none
    bool *called_unseen; // by name: some call of it is not resolved
    bool *hops;          // by expression: a function that takes no context is handed over there, to run where the
                         // ambient context is not that of who hands it over
    bool by_runs;        // the second question: see origin.c
    const bool *settled; // by function, in the second question: the first one answered it
    ReaderList *readers; // by set: who is looked at again when it grows
    Vec(uint32_t) queue;
    bool *queued;     // by item
    uint32_t current; // the item that is looked at
} Origins;

// ---- origin.c ----
// Sets, as known so far; who is looked at now will be looked at again when they grow.
uint32_t function_origins(Origins *origins, uint32_t function);
uint32_t class_origins(Origins *origins, uint32_t klass);
uint32_t run_origins(Origins *origins, uint32_t function);
uint32_t held_origins(Origins *origins, uint32_t function); // by of_holding_method
// The answer to QUESTION for the family of FUNCTION.
uint32_t family_origins(Origins *origins, const FunctionFact *function, FamilyQuestion question);
FamilyCalls calls_of_family(Origins *origins, uint32_t family);
// Origins of the context that is at hand where EXPR is evaluated.
uint32_t at_site(Origins *origins, ExprId expr);
// A method of an object that an accessor made; its origins are found whether it needs the context or not,
// for it may call a method of its own that does.
bool is_keyed_method(const Origins *origins, const FunctionFact *function);
// The access of an accessor that RECEIVER is, or that the only binding of its name took; none when the
// object may have been asked for by somebody else.
ExprId asked_here(const Origins *origins, ExprId receiver);

// ---- origin_written.c ----
// What CONTEXT, an expression of the source, brings; what the site of EDGE passes to its callee; what an
// access of an accessor asks with.
uint32_t of_context(Origins *origins, ExprId context);
uint32_t at_edge(Origins *origins, const EdgeFact *edge);
uint32_t at_access(Origins *origins, ExprId expr);

// ---- origin_runs.c ----
// An instance of the class, or of one that inherits from it, is kept by the process.
bool is_kept(const Solver *solver, ClassId klass);
// Of who runs the code that evaluates EXPR.
uint32_t runs_at(Origins *origins, ExprId expr);
// Of who runs a function; of a method of an object that holds a context.
uint32_t of_runs(Origins *origins, FunctionId function);
uint32_t of_carrying(Origins *origins, FunctionId function,
                     ClassId carrier); // that takes a CARRIER
uint32_t of_holding_method(Origins *origins, FunctionId function);
// Fills Origins.hops.
void origins_find_hops(Origins *origins);
// Of all who call MEMBER; HOLDS: it uses what its object holds.
uint32_t of_runs_of(Origins *origins, uint32_t member, bool holds);

#endif
