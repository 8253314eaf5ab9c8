// What rules declare of the tree, before names are resolved.
#ifndef WEFT_SOLVE_DECLARE_H
#define WEFT_SOLVE_DECLARE_H

#include "facts/facts.h"
#include "rule/rule.h"

// Sets ParameterFact.declared of the parameters that `parameters:` of RULES are about and that have no
// annotation. The first rule that fits wins. Call it between extraction and resolution.
void declare_parameters(Facts *facts, const Rules *rules);
// The decorator's text without its arguments: "router.get".
Str declare_decorator_text(const Facts *facts, ExprId decorator);

#endif
