// The texts of rules that become code.
#ifndef WEFT_RULE_EXPRESSION_H
#define WEFT_RULE_EXPRESSION_H

#include "facts/language.h"
#include "rule/rule.h"

// True when each `replace`, `expression`, `create` and `context` is one expression of some language;
// otherwise E410, at its place in the rule file.
bool rules_check_expressions(const Rules *rules, const Languages *languages,
                             Diagnostics *diagnostics);

#endif
