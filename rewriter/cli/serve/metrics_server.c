// In: requests of a Prometheus. Out: metrics, or that there are none now.
#include "cli/serve/metrics_server.h"

#include <stdio.h>
#include <time.h>

#include "apply/interrupt.h"
#include "base/message.h"
#include "cli/serve/http_server.h"

// Whoever can reach the port can ask as often as they like: what was said is said again for REST times as long as it took
// to find out, so that questions take a fifth of a processor at most.
enum { REST = 4 };

typedef struct Metrics {
    MetricsText *text;
    void *context;
    StrBuf kept;
    bool good;         // KEPT says something
    double kept_until; // seconds; 0: nothing was said yet
} Metrics;

static double seconds(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 : 0;
}

static bool find_text(Metrics *metrics) {
    double began = seconds();
    if (began < metrics->kept_until) return metrics->good;
    strbuf_clear(&metrics->kept);
    metrics->good = metrics->text(metrics->context, &metrics->kept);
    double ended = seconds();
    metrics->kept_until = ended + REST * (ended - began);
    return metrics->good;
}

static bool answer(void *context, const Request *request, bool may_wait, HttpReply *reply) {
    Metrics *metrics = context;
    (void)may_wait;
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    if (!str_is(request->path, "/metrics")) {
        reply->status = "404 Not Found";
        strbuf_add_text(&reply->body, "/metrics\n");
    } else if (find_text(metrics)) {
        reply->status = "200 OK";
        strbuf_add(&reply->body, strbuf_str(&metrics->kept));
    } else {
        reply->status = "503 Service Unavailable";
        strbuf_add_text(&reply->body, "the tree cannot be read now\n");
    }
    return true;
}

bool metrics_serve(uint16_t port, MetricsText *text, void *context) {
    Metrics metrics = {.text = text, .context = context};
    HttpServer *server = http_server_open(port, answer, &metrics);
    if (server == NULL) return false;
    interrupt_watch();
    message_print(stdout, "metrics at http://%s/metrics; Ctrl-C ends it\n", http_server_host(server));
    fflush(stdout);
    http_server_run(server, -1);
    http_server_close(server);
    strbuf_release(&metrics.kept);
    return true;
}
