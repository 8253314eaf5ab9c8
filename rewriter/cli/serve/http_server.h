// HTTP/1.1 for programs and browsers on this machine: the loopback address, one request a connection.
#ifndef WEFT_CLI_SERVE_HTTP_SERVER_H
#define WEFT_CLI_SERVE_HTTP_SERVER_H

#include <stdint.h>
#include "base/str.h"
#include "cli/serve/request.h"

typedef struct HttpServer HttpServer;

typedef struct HttpReply {
    const char *status; // "200 OK"
    const char *type;   // of the body
    const char *headers; // more of them, each with its line end; NULL: none
    StrBuf body;         // the server's from then on
} HttpReply;

// Answers REQUEST by REPLY: true. False when there is nothing to say before http_server_wake; then it is asked again, and
// in some seconds with MAY_WAIT false, when it has to answer. What HEAD asks for is answered like GET.
typedef bool HttpAnswer(void *context, const Request *request, bool may_wait, HttpReply *reply);

// Listens on the loopback address alone: on PORT, or on a free one for 0. NULL with errno. Requests that are none, that
// name another host or that the page of another one made never reach ANSWER.
HttpServer *http_server_open(uint16_t port, HttpAnswer *answer, void *context);
void http_server_close(HttpServer *server);
// "127.0.0.1:8123"
const char *http_server_host(const HttpServer *server);
// Asks again for those who wait.
void http_server_wake(HttpServer *server);
// Answers until DESCRIPTOR is ready to be read: true; it may be -1. False after a signal that asks to stop
// (apply/interrupt.h).
bool http_server_run(HttpServer *server, int descriptor);

#endif
