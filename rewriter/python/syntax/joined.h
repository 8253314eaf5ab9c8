// Lines that a backslash joins: "import a \" and an empty line are one, and what is written behind the statement
// comes behind both.
#ifndef WEFT_PYTHON_SYNTAX_JOINED_H
#define WEFT_PYTHON_SYNTAX_JOINED_H

#include "source/source.h"

// After the blanks that follow OFFSET in TEXT, and the line ends that a backslash takes away between them.
uint32_t joined_skip_blanks(Str text, uint32_t offset);

// OFFSET is where a statement ends. End of its line, or of the last one that backslashes behind it join to it.
uint32_t joined_line_end(const SourceFile *file, uint32_t offset);

#endif
