// What a person sends in when weft could not make a change safely.
#ifndef WEFT_REPORT_BUNDLE_H
#define WEFT_REPORT_BUNDLE_H

#include <stdio.h>

#include "program/program.h"

// Writes to OUT what DIAGNOSTICS says of places that were taken back and of faults that stopped a plan: the rules of
// the tree as they stand, the name of each module, the line as it is and as it would be. No other line of the tree
// and no path outside of it.
void bundle_write(const Program *program, const Diagnostics *diagnostics, FILE *out);

#endif
