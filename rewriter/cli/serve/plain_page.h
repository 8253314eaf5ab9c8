// A page that shows a text as it is.
#ifndef WEFT_CLI_SERVE_PLAIN_PAGE_H
#define WEFT_CLI_SERVE_PLAIN_PAGE_H

#include <stdio.h>
#include "base/str.h"

// Nothing in TEXT is markup, and nothing runs.
void plain_page_write(Str text, FILE *out);

#endif
