// What a search for a code pattern found, as `weft scan --pattern` shows it.
#ifndef WEFT_REPORT_SEARCH_H
#define WEFT_REPORT_SEARCH_H

#include <stdio.h>
#include "facts/language.h"

typedef struct SearchReport {
    const Sources *sources;
    const PatternRule *rule; // the one that was searched for
    const SearchResult *result;
} SearchReport;

// path:line:column: source line, and a line that counts.
void search_write_text(const SearchReport *report, bool color, FILE *out);
// One object: schema_version, matches with their texts and metavariables, summary.
void search_write_json(const SearchReport *report, FILE *out);

#endif
