// Metrics over HTTP, for a Prometheus on the same machine.
#ifndef WEFT_CLI_SERVE_METRICS_SERVER_H
#define WEFT_CLI_SERVE_METRICS_SERVER_H

#include <stdint.h>
#include "base/str.h"

// Makes the text of an answer; false when it cannot be made now.
typedef bool MetricsText(void *context, StrBuf *text);

// Answers GET /metrics on 127.0.0.1:PORT with what TEXT makes, one request after the other, until a signal asks to stop.
// PORT 0: one that is free. Prints where it listens. False with errno, when it cannot listen.
bool metrics_serve(uint16_t port, MetricsText *text, void *context);

#endif
