// A statement laid out as black lays statements out.
#ifndef WEFT_PYTHON_STYLE_SPLIT_H
#define WEFT_PYTHON_STYLE_SPLIT_H

#include "python/style/line.h"

// Breaks LINE where it does not fit, or has a list with a comma at its end, and adds the lines that come of it to OUT: at
// the last brackets that make the rest fit, in a definition at its parameters, between brackets at what binds least. Leaves
// gain text where parentheses are written after all, and commas come in behind lists that are broken. False when that takes
// too many steps.
bool split_line(Style *style, Line *line, Lines *out);

#endif
