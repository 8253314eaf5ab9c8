// A place as a person is told it: path, line and column. What offers one has found it already.
#ifndef WEFT_SOURCE_PLACE_H
#define WEFT_SOURCE_PLACE_H

#include "source/source.h"

typedef struct Place {
    Str path; // empty: nowhere
    LineColumn at;
} Place;

#endif
