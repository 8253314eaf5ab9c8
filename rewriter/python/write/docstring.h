// Docstrings that list parameters.
#ifndef WEFT_PYTHON_WRITE_DOCSTRING_H
#define WEFT_PYTHON_WRITE_DOCSTRING_H

#include "python/write/layout.h"

// Adds the parameter of CONTEXT to the list of parameters in the docstring that begins at or after FROM and ends at
// END, in Google's, NumPy's or Sphinx's style. Nothing is written where there is no such list, or where the
// parameter's name stands in it already.
void docstring_add_parameter(const Writing *writing, uint32_t from, uint32_t end,
                             const ContextText *context);

#endif
