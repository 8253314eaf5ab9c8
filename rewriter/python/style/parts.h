// The parts that a line is split into at a pair of brackets.
#ifndef WEFT_PYTHON_STYLE_PARTS_H
#define WEFT_PYTHON_STYLE_PARTS_H

#include "python/style/line.h"

// What stands before the brackets and with the opening one, between them, and from the closing one on.
typedef struct Parts {
    Line *head, *body, *tail;
    Leaf *open, *close;
} Parts;

typedef enum PartKind { PART_HEAD, PART_BODY, PART_TAIL } PartKind;

// A part of ORIGINAL with these leaves; a body gains the comma that a single parameter gets.
Line *part_new(Style *style, const Line *original, Leaves *leaves, const Leaf *open, PartKind kind);
// Something stands between the brackets, or enough behind them.
bool parts_are_worth_it(const Parts *parts);
void parts_add(const Parts *parts, Lines *out);
// Writes parentheses that were not written.
void pair_show(Leaf *bracket);
Leaf *comma_new(Style *style);

#endif
