// Splitting a line at its last brackets, with or without the parentheses that need not be written.
#ifndef WEFT_PYTHON_STYLE_RIGHT_HAND_H
#define WEFT_PYTHON_STYLE_RIGHT_HAND_H

#include "python/style/line.h"

// Splits at the last brackets that leave a first line which fits. FORCED: parentheses that need not be written are written.
bool split_right_hand(Style *style, const Line *line, bool forced, Lines *out);

#endif
