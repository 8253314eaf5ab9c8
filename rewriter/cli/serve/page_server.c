// In: a page, and requests of browsers on this machine. Out: answers. A frame around the page asks for its version, which
// is answered when there is a newer one; then it loads the page anew. One thread, one poll(): nothing here waits.
#include "cli/serve/page_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "apply/interrupt.h"
#include "base/bug.h"
#include "cli/serve/request.h"

enum { MOST_CLIENTS = 32, SECRET_BYTES = 16, SLOWEST = 20 }; // SLOWEST: seconds that a client may take for one step

static const char FRAME[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>weft</title>"
    "<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"live.css\"></head>\n"
    "<body><iframe src=\"report\" title=\"weft\"></iframe><script src=\"live.js\"></script></body></html>\n";
static const char STYLE[] = "html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}\n";
// The page keeps its place, which is behind the # of its address.
static const char SCRIPT[] =
    "const frame = document.querySelector(\"iframe\");\nlet seen = \"\";\n"
    "async function follow() {\n  for (;;) {\n    try {\n"
    "      const answer = await fetch(`version?${seen}`, { cache: \"no-store\" });\n"
    "      const now = answer.ok ? await answer.text() : seen;\n"
    "      if (seen !== \"\" && now !== seen) frame.contentWindow.location.reload();\n      seen = now;\n"
    "    } catch {\n      await new Promise((done) => setTimeout(done, 1000));\n    }\n  }\n}\nfollow();\n";
static const char FRAME_POLICY[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                                   "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                                   "frame-ancestors 'none'";

typedef struct Client {
    int descriptor; // -1: no client
    bool waits;     // for a newer page than it has
    bool answered;  // all was said; what it still sends is read away, so that it gets the answer
    time_t since;
    StrBuf in, out;
    size_t sent;
} Client;

struct PageServer {
    int descriptor;
    char address[80], host[32], local[32], secret[2 * SECRET_BYTES + 1];
    StrBuf page;
    uint32_t version;
    Client clients[MOST_CLIENTS];
};

// ---- opening ---------------------------------------------------------------------------------------
static bool make_secret(PageServer *server) {
    unsigned char bytes[SECRET_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (int i = 0; i < SECRET_BYTES; i++) snprintf(server->secret + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static bool listen_on(PageServer *server, uint16_t port) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof place;
    int one = 1;
    server->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (server->descriptor < 0) return false;
    setsockopt(server->descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server->descriptor, (const struct sockaddr *)&place, sizeof place) != 0 ||
        listen(server->descriptor, MOST_CLIENTS) != 0 ||
        getsockname(server->descriptor, (struct sockaddr *)&place, &length) != 0)
        return false;
    unsigned taken = ntohs(place.sin_port);
    snprintf(server->host, sizeof server->host, "127.0.0.1:%u", taken);
    snprintf(server->local, sizeof server->local, "localhost:%u", taken);
    snprintf(server->address, sizeof server->address, "http://%s/%s/", server->host, server->secret);
    return true;
}

PageServer *page_server_open(uint16_t port) {
    PageServer *server = memory_alloc_zeroed(1, sizeof *server);
    server->descriptor = -1;
    for (int i = 0; i < MOST_CLIENTS; i++) server->clients[i].descriptor = -1;
    if (make_secret(server) && listen_on(server, port)) return server;
    int why = errno;
    page_server_close(server);
    errno = why;
    return NULL;
}

static void drop(Client *client) {
    if (client->descriptor >= 0) close(client->descriptor);
    strbuf_release(&client->in);
    strbuf_release(&client->out);
    *client = (Client){.descriptor = -1};
}

void page_server_close(PageServer *server) {
    for (int i = 0; i < MOST_CLIENTS; i++) drop(&server->clients[i]);
    if (server->descriptor >= 0) close(server->descriptor);
    strbuf_release(&server->page);
    free(server);
}

const char *page_server_address(const PageServer *server) { return server->address; }

// ---- answers ---------------------------------------------------------------------------------------
static void answer(Client *client, const char *status, const char *type, const char *policy, Str body, bool head_only) {
    StrBuf *out = &client->out;
    strbuf_addf(out,
                "HTTP/1.1 %s\r\nContent-Type: %s; charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n"
                "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
                "Cross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: %s\r\n",
                status, type, body.length, policy == NULL ? "SAMEORIGIN" : "DENY");
    if (policy != NULL) strbuf_addf(out, "Content-Security-Policy: %s\r\n", policy);
    strbuf_add_text(out, "\r\n");
    if (!head_only) strbuf_add(out, body);
    client->waits = false;
    client->since = time(NULL);
}

static void answer_version(const PageServer *server, Client *client, bool head_only) {
    char number[16];
    snprintf(number, sizeof number, "%u", server->version);
    answer(client, "200 OK", "text/plain", NULL, str_from(number), head_only);
}

static void answer_page(const PageServer *server, Client *client, Str name, Str query, bool head_only) {
    char number[16];
    snprintf(number, sizeof number, "%u", server->version);
    if (str_is(name, ""))
        answer(client, "200 OK", "text/html", FRAME_POLICY, str_from(FRAME), head_only);
    else if (str_is(name, "report"))
        answer(client, "200 OK", "text/html", NULL, strbuf_str(&server->page), head_only);
    else if (str_is(name, "live.js"))
        answer(client, "200 OK", "text/javascript", NULL, str_from(SCRIPT), head_only);
    else if (str_is(name, "live.css"))
        answer(client, "200 OK", "text/css", NULL, str_from(STYLE), head_only);
    else if (!str_is(name, "version"))
        answer(client, "404 Not Found", "text/plain", NULL, STR("not found\n"), head_only);
    else if (!str_is(query, number) || head_only)
        answer_version(server, client, head_only);
    else
        client->waits = true;
}

static void answer_request(const PageServer *server, Client *client) {
    Request request;
    Str name, secret = str_from(server->secret);
    RequestState state = request_read(strbuf_str(&client->in), server->host, server->local, &request);
    if (state == REQUEST_INCOMPLETE) return;
    if (state == REQUEST_REFUSED) {
        answer(client, "400 Bad Request", "text/plain", NULL, STR("refused\n"), false);
    } else if (state == REQUEST_FOREIGN) {
        answer(client, "403 Forbidden", "text/plain", NULL, STR("refused\n"), false);
    } else {
        // "/SECRET/NAME"
        bool knows = request.path.length >= secret.length + 2 && request.path.data[secret.length + 1] == '/' &&
                     str_equal(str_slice(request.path, 1, secret.length + 1), secret);
        name = knows ? str_slice(request.path, secret.length + 2, request.path.length) : STR("?");
        answer_page(server, client, name, request.query, state == REQUEST_HEAD);
    }
}

void page_server_publish(PageServer *server, Str page) {
    strbuf_clear(&server->page);
    strbuf_add(&server->page, page);
    server->version++;
    for (int i = 0; i < MOST_CLIENTS; i++)
        if (server->clients[i].descriptor >= 0 && server->clients[i].waits)
            answer_version(server, &server->clients[i], false);
}

// ---- connections -----------------------------------------------------------------------------------
static void accept_client(PageServer *server) {
    int descriptor = accept4(server->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    Client *place = NULL;
    for (int i = 0; i < MOST_CLIENTS; i++) // a free one, else the one that has waited for longest
        if (place == NULL || server->clients[i].descriptor < 0 ||
            (place->descriptor >= 0 && server->clients[i].since < place->since))
            if (place == NULL || place->descriptor >= 0) place = &server->clients[i];
    drop(place);
    place->descriptor = descriptor;
    place->since = time(NULL);
}

static void read_client(const PageServer *server, Client *client) {
    char bytes[REQUEST_MOST];
    ssize_t got = read(client->descriptor, bytes, sizeof bytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        drop(client);
        return;
    }
    if (client->answered || client->out.length > 0 || client->waits) return; // what follows a request
    strbuf_add(&client->in, (Str){bytes, (size_t)got});
    answer_request(server, client);
}

static void write_client(Client *client) {
    ssize_t gone = send(client->descriptor, client->out.data + client->sent, client->out.length - client->sent, MSG_NOSIGNAL);
    if (gone < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (gone > 0) {
        client->sent += (size_t)gone;
        client->since = time(NULL);
    }
    if (gone < 0) drop(client);
    if (client->descriptor < 0 || client->sent < client->out.length) return;
    strbuf_release(&client->out);
    client->answered = true;
    shutdown(client->descriptor, SHUT_WR);
}

// A version that stays the same is said now and then, so that a browser that is gone is found out.
static void look_at_clocks(const PageServer *server, Client *client, time_t now) {
    if (client->descriptor < 0 || now - client->since < SLOWEST) return;
    if (client->waits)
        answer_version(server, client, false);
    else
        drop(client);
}

bool page_server_run(PageServer *server, int descriptor) {
    while (!interrupt_came()) {
        struct pollfd ready[MOST_CLIENTS + 2] = {{descriptor, POLLIN, 0}, {server->descriptor, POLLIN, 0}};
        for (int i = 0; i < MOST_CLIENTS; i++) {
            const Client *client = &server->clients[i];
            short events = client->out.length > 0 ? POLLOUT : POLLIN;
            ready[i + 2] = (struct pollfd){client->descriptor, events, 0}; // a negative one is passed over
        }
        int found = poll(ready, MOST_CLIENTS + 2, 1000);
        if (found < 0 && errno != EINTR) return false;
        if (found > 0) {
            for (int i = 0; i < MOST_CLIENTS; i++) {
                Client *client = &server->clients[i];
                if (ready[i + 2].revents & POLLOUT)
                    write_client(client);
                else if (ready[i + 2].revents != 0)
                    read_client(server, client);
            }
            if (ready[1].revents != 0) accept_client(server);
            if (ready[0].revents != 0) return true;
        }
        for (int i = 0; i < MOST_CLIENTS; i++) look_at_clocks(server, &server->clients[i], time(NULL));
    }
    return false;
}
