// Requests of HTTP/1.1, as far as a browser needs them to read pages of this machine.
#ifndef WEFT_CLI_SERVE_REQUEST_H
#define WEFT_CLI_SERVE_REQUEST_H

#include "base/str.h"

enum { REQUEST_MOST = 8192 }; // bytes of a request; a longer one is refused

typedef enum RequestState {
    REQUEST_INCOMPLETE, // more may come
    REQUEST_GET,        // a page is asked for
    REQUEST_HEAD,       // only what would be said of it
    REQUEST_REFUSED,    // no request, another method, or too long
    REQUEST_FOREIGN,    // meant for another host, or made by the page of another one
} RequestState;

typedef struct Request {
    Str path, query; // "/report" of "/report?3", and "3"
} Request;

// Reads BYTES, which come from anywhere. HOST and LOCAL are what the Host header may say: "127.0.0.1:8123" and
// "localhost:8123"; a name that somebody made to lead here is foreign. The texts of REQUEST point into BYTES.
RequestState request_read(Str bytes, const char *host, const char *local, Request *request);

#endif
