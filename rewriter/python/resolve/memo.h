// What is asked time and again, kept: attributes of types and, once nothing is learnt any more, the values of
// expressions.
#ifndef WEFT_PYTHON_MEMO_H
#define WEFT_PYTHON_MEMO_H

#include "base/map.h"
#include "facts/facts.h"
#include "python/resolve/types.h"

typedef struct Resolver Resolver;

// An attribute of a type, as it was found.
typedef struct MemoAnswer {
    TypeId result;
    uint32_t first_read, read_count, room; // range of Memo.reads: the variables that were read for it, each once
    uint32_t grown;  // Resolver.growth when all of them were as they are in the answer
    uint32_t slots;  // attributes of that name which there were
    uint32_t height; // evaluations that were nested in this one
} MemoAnswer;

typedef struct Memo {
    bool on;
    Map attributes; // (type, name) -> index into answers
    Vec(MemoAnswer) answers;
    Vec(uint32_t) reads;
    Vec(uint32_t) trace; // variables that were read, while `tracing` answers are being found
    uint32_t tracing;
    Vec(uint32_t) slots; // by name: attributes of classes that have a variable
    Vec(bool) marks; // by variable: it is listed already; false while nothing is kept
    TypeId *values;      // by expression, once the fixpoint is reached
    uint8_t *heights;    // by expression: 1 + evaluations that were nested; 0: not kept
} Memo;

// Where an answer begins to be found.
typedef struct MemoStart {
    uint32_t trace, deepest;
} MemoStart;

void memo_release(Memo *memo);
// From now on types of variables only grow, by flow_into.
void memo_open(Resolver *resolver);
// From now on they stay.
void memo_settle(Resolver *resolver);

// Fills *RESULT with the attribute NAME of TYPE when it is what it was; the variables that it depends on count as read.
bool memo_find(Resolver *resolver, TypeId type, Name name, TypeId *result);
MemoStart memo_begin(Resolver *resolver);
void memo_keep(Resolver *resolver, MemoStart start, TypeId type, Name name, TypeId result);

// An attribute NAME of some class has a variable from now on.
void memo_count_slot(Resolver *resolver, Name name);

// The same for the value of an expression, after memo_settle.
bool memo_find_value(Resolver *resolver, ExprId expr, TypeId *result);
MemoStart memo_begin_value(Resolver *resolver);
void memo_keep_value(Resolver *resolver, MemoStart start, ExprId expr, TypeId result);

#endif
