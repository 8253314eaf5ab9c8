// Where a live database is not what the models say.
#ifndef WEFT_DATA_DRIFT_H
#define WEFT_DATA_DRIFT_H

#include "data/schema.h"
#include "source/diagnostic.h"

// Adds a W623 for each difference: tables and columns that only one of the two has, types and NULL that do not
// fit, unique indexes that the other lacks. What the models leave open fits anything; what weft made (columns
// among DIMENSIONS, names that begin with weft_) is none. Returns how many.
uint32_t drift_find(const Schema *models, const Schema *live, const StrItems *dimensions,
                    Diagnostics *diagnostics);

#endif
