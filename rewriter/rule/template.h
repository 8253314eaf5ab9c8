// The holes of a replacement: "scoped({MODEL}.select({COLUMNS}), {context})".
#ifndef WEFT_RULE_TEMPLATE_H
#define WEFT_RULE_TEMPLATE_H

#include "base/str.h"

typedef struct TemplateHole {
    Str name;          // "MODEL"
    size_t start, end; // with the braces
} TemplateHole;

// The first hole at or after FROM, not in a string literal; false when there is none.
bool template_next_hole(Str template, size_t from, TemplateHole *hole);
// The dotted name that is imported for the template, "src.isolation.scoped"; STR_NONE: it has none.
Str template_head(Str template);

// Where code that is written instead of other code really differs from it: white space, comments and
// a last comma of the old stay. Ranges of the two texts.
typedef struct TemplateDifference {
    size_t old_start, old_end;
    size_t new_start, new_end;
} TemplateDifference;
// The stretch of each that the other does not have, white space apart.
TemplateDifference template_difference(Str old, Str new_text);

#endif
