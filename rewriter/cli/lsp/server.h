// A language server on standard input and output.
#ifndef WEFT_CLI_LSP_SERVER_H
#define WEFT_CLI_LSP_SERVER_H

// Serves until the client says `exit`, or goes. The exit status: EXIT_DONE after a `shutdown`, else EXIT_WRONG.
int server_run(void);

#endif
