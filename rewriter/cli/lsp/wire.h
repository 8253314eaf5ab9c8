// Messages of the Language Server Protocol on standard input and output: JSON behind a header that says how long it is.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
#ifndef WEFT_CLI_LSP_WIRE_H
#define WEFT_CLI_LSP_WIRE_H

#include <jansson.h>

#include "base/str.h"

typedef struct Wire {
    StrBuf input; // what has come and was not taken
    bool ended;   // nothing more will come
} Wire;

typedef enum WireState {
    WIRE_MESSAGE,
    WIRE_NOTHING, // not in time
    WIRE_END,     // the other side has gone
    WIRE_BROKEN,  // what comes is no such message
} WireState;

// Waits at most TIMEOUT milliseconds (-1: for ever) for a message and puts its JSON into MESSAGE.
WireState wire_read(Wire *wire, int timeout, StrBuf *message);
// Sends MESSAGE and gives it back. False when nobody reads any more.
bool wire_write(json_t *message);
void wire_release(Wire *wire);

#endif
