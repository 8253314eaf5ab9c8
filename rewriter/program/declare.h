// What rules declare of the tree that its source leaves open.
#ifndef WEFT_PROGRAM_DECLARE_H
#define WEFT_PROGRAM_DECLARE_H

#include "program/program.h"

// Sets ParameterFact.declared of the parameters that `parameters:` of the rules are about and that have
// no annotation; FACTS are the program's. The first rule that fits wins. Call it once imports are
// resolved, and before values are.
void declare_parameters(const Program *program, Facts *facts);
// The decorator's text without its arguments: "router.get".
Str declare_decorator_text(const Facts *facts, ExprId decorator);

#endif
