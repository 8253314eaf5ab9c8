// Diagnostics as JSON, the same for every command that answers in JSON.
#ifndef WEFT_REPORT_DIAGNOSTIC_JSON_H
#define WEFT_REPORT_DIAGNOSTIC_JSON_H

#include <jansson.h>
#include "source/source.h"

// A list of objects {code, severity, message, path, line, column, note, help}; where there is none of these
// last five, null. The caller owns it.
json_t *diagnostics_json(const Diagnostics *diagnostics, const Sources *sources);

#endif
