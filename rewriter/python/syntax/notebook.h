// Notebooks of Jupyter.
#ifndef WEFT_PYTHON_SYNTAX_NOTEBOOK_H
#define WEFT_PYTHON_SYNTAX_NOTEBOOK_H

#include "python/syntax/embedded.h"

// Leaves the code cells of a notebook. What is no JSON is read as far as it goes.
void notebook_mask(Mask *mask);

#endif
