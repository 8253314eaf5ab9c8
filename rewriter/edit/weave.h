// From decisions to text: walks a solution and asks the front end's writer for edits.
#ifndef WEFT_EDIT_WEAVE_H
#define WEFT_EDIT_WEAVE_H

#include "edit/edit.h"
#include "facts/language.h"
#include "solve/solution.h"

// Adds the edits of every decision of SOLUTION to EDITS (not yet finished): parameters, arguments,
// first statements, replaced accesses, constructors, accessors, imports. One parameter, argument,
// statement or import a site however many sinks ask for it.
void weave_edits(const Program *program, const Solution *solution, const Language *language,
                 Edits *edits);

#endif
