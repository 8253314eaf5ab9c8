// In: requests from this machine. Out: metrics. One request a connection, with little patience and little room: nobody
// but a Prometheus asks, and whoever else can reach the port learns no more than `weft monitor` prints.
#include "manage/monitor_serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/message.h"

enum { LONGEST_REQUEST = 8192, PATIENCE = 5, WAITING = 8 };

static volatile sig_atomic_t ended;

static void end(int signal_number) {
    (void)signal_number;
    ended = 1;
}

// ---- a request -----------------------------------------------------------------------------------

// Reads up to the empty line behind the headers. False when the other side is too slow, says too much, or goes.
static bool read_request(int connection, char *bytes, Str *request) {
    size_t length = 0;
    while (length < LONGEST_REQUEST) {
        ssize_t count = recv(connection, bytes + length, LONGEST_REQUEST - length, 0);
        if (count <= 0) return false;
        length += (size_t)count;
        *request = (Str){bytes, length};
        if (str_find_str(*request, STR("\r\n\r\n")) >= 0) return true;
    }
    return false;
}

static bool has_name(Str line, const char *name) {
    size_t length = strlen(name);
    return line.length > length && line.data[length] == ':' && strncasecmp(line.data, name, length) == 0;
}

// Its value where there is exactly one.
static bool find_host(Str request, Str *host) {
    uint32_t count = 0;
    Str line;
    while (str_split_next(&request, '\n', &line)) {
        if (!has_name(line, "Host")) continue;
        *host = str_trim(str_slice(line, STR("Host:").length, line.length));
        count++;
    }
    return count == 1;
}

static bool is_loopback(Str host) {
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    ptrdiff_t end = str_find_last(host, ':');
    bool port = end > 0 && host.data[end - 1] != ':' && str_find(str_slice(host, (size_t)end, host.length), ']') < 0;
    Str name = port ? str_slice(host, 0, (size_t)end) : host;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.length == strlen(names[i]) && strncasecmp(name.data, names[i], name.length) == 0) return true;
    return false;
}

// ---- an answer -----------------------------------------------------------------------------------
static void send_all(int connection, Str bytes) {
    while (bytes.length > 0) {
        ssize_t count = send(connection, bytes.data, bytes.length, MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes = str_slice(bytes, (size_t)count, bytes.length);
    }
}

static void reply(int connection, const char *status, Str body, bool head) {
    StrBuf out = {0};
    strbuf_addf(&out,
                "HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: %zu\r\n"
                "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
                status, body.length);
    if (!head) strbuf_add(&out, body);
    send_all(connection, strbuf_str(&out));
    strbuf_release(&out);
}

static void serve_one(int connection, ServeText *make, void *context) {
    char bytes[LONGEST_REQUEST];
    Str request = STR_NONE, host = STR_NONE;
    StrBuf text = {0};
    if (!read_request(connection, bytes, &request)) return;
    bool head = str_starts_with(request, STR("HEAD "));
    Str path = str_slice(request, head ? 5 : 4, request.length);
    if (!head && !str_starts_with(request, STR("GET ")))
        reply(connection, "405 Method Not Allowed", STR("only GET\n"), false);
    else if (!find_host(request, &host))
        reply(connection, "400 Bad Request", STR("one Host, please\n"), head);
    else if (!is_loopback(host))
        reply(connection, "403 Forbidden", STR("this machine only\n"), head);
    else if (!str_starts_with(path, STR("/metrics ")))
        reply(connection, "404 Not Found", STR("/metrics\n"), head);
    else if (make(context, &text))
        reply(connection, "200 OK", strbuf_str(&text), head);
    else
        reply(connection, "503 Service Unavailable", STR("the tree cannot be read now\n"), head);
    strbuf_release(&text);
}

// ---- the port ------------------------------------------------------------------------------------
static int listen_at(uint16_t port, struct sockaddr_in *place) {
    const int yes = 1;
    socklen_t length = sizeof *place;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *place = (struct sockaddr_in){.sin_family = AF_INET,
                                  .sin_port = htons(port),
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    if (listener < 0) return -1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(listener, (struct sockaddr *)place, sizeof *place) == 0 && listen(listener, WAITING) == 0 &&
        getsockname(listener, (struct sockaddr *)place, &length) == 0)
        return listener;
    int why = errno;
    close(listener);
    errno = why;
    return -1;
}

bool serve_metrics(uint16_t port, ServeText *text, void *context, Diagnostics *diagnostics) {
    struct sockaddr_in place;
    struct sigaction action = {.sa_handler = end}; // without SA_RESTART: accept ends
    int listener = listen_at(port, &place);
    if (listener < 0) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot listen on port %u of this machine: %s", port,
                       strerror(errno));
        return false;
    }
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    message_print(stdout, "metrics at http://127.0.0.1:%u/metrics; Ctrl-C ends it\n", ntohs(place.sin_port));
    fflush(stdout);
    while (!ended) {
        const struct timeval patience = {.tv_sec = PATIENCE};
        int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection < 0) continue;
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        serve_one(connection, text, context);
        close(connection);
    }
    close(listener);
    return true;
}
