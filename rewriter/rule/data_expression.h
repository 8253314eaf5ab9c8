// The language in which rules about data say values:
//
//     value     = coalesce(value, value...) | concat(value, value...) | case | column | table.column | 'text'
//     case      = case when condition then value [when ...] else value end
//     condition = test [and test...] [or ...]        and binds before or
//     test      = value = value | value <> value | value is null | value is not null | (condition)
//
// Columns are plain identifiers or "in quotes"; words of the language are read in any case.
#ifndef WEFT_RULE_DATA_EXPRESSION_H
#define WEFT_RULE_DATA_EXPRESSION_H

#include "base/arena.h"
#include "rule/data_rule.h"

// What is wrong with a text, and where in it.
typedef struct ExpressionFault {
    size_t start, end;
    const char *wanted; // "a value"
} ExpressionFault;

// The tree of TEXT, in ARENA, or NULL and *FAULT. TEXT stands at byte START of FILE; spans count from there.
const DataExpression *data_expression_parse(Arena *arena, Str text, FileId file, uint32_t start,
                                            ExpressionFault *fault);

#endif
