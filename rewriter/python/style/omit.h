// Which brackets at the end of a line are passed over when it is split.
#ifndef WEFT_PYTHON_STYLE_OMIT_H
#define WEFT_PYTHON_STYLE_OMIT_H

#include "python/style/parts.h"

// The body of PARTS may do without the parentheses around it: they would not help, or it begins or ends with brackets
// that can be split at instead.
bool omit_is_safe(const Style *style, const Parts *parts);
// WITHOUT, the split that passes the pair of WITH over, reads better.
bool omit_is_better(const Style *style, const Parts *without, const Parts *with);
// Something in BODY may be broken apart.
bool omit_body_splits(const Line *body);

// Sets of closing brackets to pass over, each larger than the one before, while what is passed over fits on a line.
typedef struct Trailers {
    const Style *style;
    const Line *line;
    Leaves omitted;
    Leaves inner;    // closing brackets between those
    uint32_t at;     // leaves before it are to come
    uint32_t length; // columns of those behind
    const Leaf *open, *close;
    bool begun, ended;
} Trailers;

// Before the first of them.
Trailers trailers_of(const Style *style, const Line *line);
void trailers_release(Trailers *trailers);
// Goes on to the next set; false when there is none.
bool trailers_next(Trailers *trailers);
bool omitted_has(const Leaves *omitted, const Leaf *close);

#endif
