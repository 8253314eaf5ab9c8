// What this program is made of.
#ifndef WEFT_CLI_VERSION_H
#define WEFT_CLI_VERSION_H

#include <stdbool.h>
#include <stdio.h>

// "weft 0.2.0"; VERBOSE adds the commit, the libraries and the packs.
void version_print(bool verbose, FILE *out);

#endif
