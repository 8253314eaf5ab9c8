// From decisions to text: walks a solution and asks the writer of each module's language for
// edits.
#ifndef WEFT_EDIT_WEAVE_H
#define WEFT_EDIT_WEAVE_H

#include "edit/edit.h"
#include "solve/solution.h"

// Adds the edits of every decision of SOLUTION to EDITS (not yet finished): parameters, arguments,
// first statements, replaced accesses, constructors, accessors, imports. One parameter, argument,
// statement or import a site however many sinks ask for it.
void weave_edits(const Program *program, const Solution *solution, Edits *edits);

// Finishes EDITS as edits_finish does, and lays the statements out that they change, where the project names a limit for
// its lines. What only that asks for belongs to whoever asked for the first edit of its statement.
bool weave_finish(const Program *program, Edits *edits, PlanFaults *faults, Diagnostics *diagnostics);

#endif
