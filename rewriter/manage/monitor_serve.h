// Metrics over HTTP, for a Prometheus on the same machine.
#ifndef WEFT_MANAGE_MONITOR_SERVE_H
#define WEFT_MANAGE_MONITOR_SERVE_H

#include "base/str.h"
#include "source/diagnostic.h"

// Makes the text of an answer; false when it cannot be made now.
typedef bool ServeText(void *context, StrBuf *text);

// Answers GET /metrics on 127.0.0.1:PORT with what TEXT makes, one request after the other, until SIGINT or SIGTERM. PORT
// 0: one that is free. Prints where it listens. Requests whose Host is no loopback name are refused, since a page in a
// browser on this machine may send them. False after E901, when it cannot listen.
bool serve_metrics(uint16_t port, ServeText *text, void *context, Diagnostics *diagnostics);

#endif
