// In: requests of a Prometheus. Out: metrics, or that there are none now.
#include "cli/serve/metrics_server.h"

#include <stdio.h>

#include "apply/interrupt.h"
#include "base/message.h"
#include "cli/serve/http_server.h"

typedef struct Metrics {
    MetricsText *text;
    void *context;
} Metrics;

static bool answer(void *context, const Request *request, bool may_wait, HttpReply *reply) {
    const Metrics *metrics = context;
    (void)may_wait;
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    if (!str_is(request->path, "/metrics")) {
        reply->status = "404 Not Found";
        strbuf_add_text(&reply->body, "/metrics\n");
    } else if (metrics->text(metrics->context, &reply->body)) {
        reply->status = "200 OK";
    } else {
        reply->status = "503 Service Unavailable";
        strbuf_clear(&reply->body);
        strbuf_add_text(&reply->body, "the tree cannot be read now\n");
    }
    return true;
}

bool metrics_serve(uint16_t port, MetricsText *text, void *context) {
    Metrics metrics = {text, context};
    HttpServer *server = http_server_open(port, answer, &metrics);
    if (server == NULL) return false;
    interrupt_watch();
    message_print(stdout, "metrics at http://%s/metrics; Ctrl-C ends it\n", http_server_host(server));
    fflush(stdout);
    http_server_run(server, -1);
    http_server_close(server);
    return true;
}
