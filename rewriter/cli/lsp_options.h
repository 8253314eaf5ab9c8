// The command line of `weft lsp`.
#ifndef WEFT_CLI_LSP_OPTIONS_H
#define WEFT_CLI_LSP_OPTIONS_H

struct argp;

// For manual pages and completions.
const struct argp *lsp_argp(void);

#endif
