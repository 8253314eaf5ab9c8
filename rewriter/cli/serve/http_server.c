// In: connections from this machine. Out: requests for whoever answers, and what they say. One thread, one poll(): nothing
// here waits for a client, and whoever says nothing loses its place.
#include "cli/serve/http_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "apply/interrupt.h"
#include "base/bug.h"

// SLOWEST: seconds that a client may take for one step. SPARE: descriptors that whoever answers may need.
enum { MOST_CLIENTS = 32, SLOWEST = 20, SPARE = 24 };

typedef struct Client {
    int descriptor; // -1: no client
    bool waits;     // for http_server_wake
    bool answered;  // all was said; what it still sends is read away, so that it gets the answer
    time_t since;
    StrBuf in, out;
    size_t sent;
} Client;

struct HttpServer {
    int descriptor;
    char host[32], local[32];
    HttpAnswer *answer;
    void *context;
    int most; // clients at once
    Client clients[MOST_CLIENTS];
};

// ---- opening ---------------------------------------------------------------------------------------
static bool listen_on(HttpServer *server, uint16_t port) {
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
    return true;
}

static int most_clients(void) {
    struct rlimit open_files;
    if (getrlimit(RLIMIT_NOFILE, &open_files) != 0 || open_files.rlim_cur >= MOST_CLIENTS + SPARE) return MOST_CLIENTS;
    return open_files.rlim_cur > SPARE ? (int)open_files.rlim_cur - SPARE : 1;
}

HttpServer *http_server_open(uint16_t port, HttpAnswer *answer, void *context) {
    HttpServer *server = memory_alloc_zeroed(1, sizeof *server);
    *server = (HttpServer){.descriptor = -1, .answer = answer, .context = context, .most = most_clients()};
    for (int i = 0; i < MOST_CLIENTS; i++) server->clients[i].descriptor = -1;
    if (listen_on(server, port)) return server;
    int why = errno;
    http_server_close(server);
    errno = why;
    return NULL;
}

static void drop(Client *client) {
    if (client->descriptor >= 0) close(client->descriptor);
    strbuf_release(&client->in);
    strbuf_release(&client->out);
    *client = (Client){.descriptor = -1};
}

void http_server_close(HttpServer *server) {
    for (int i = 0; i < MOST_CLIENTS; i++) drop(&server->clients[i]);
    if (server->descriptor >= 0) close(server->descriptor);
    free(server);
}

const char *http_server_host(const HttpServer *server) { return server->host; }

// ---- answers ---------------------------------------------------------------------------------------
static void say(Client *client, const HttpReply *reply, bool head_only) {
    strbuf_addf(&client->out,
                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n"
                "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
                "Cross-Origin-Resource-Policy: same-origin\r\n%s\r\n",
                reply->status, reply->type, reply->body.length, reply->headers ? reply->headers : "");
    if (!head_only) strbuf_add(&client->out, strbuf_str(&reply->body));
    client->waits = false;
    client->since = time(NULL);
}

static void answer_request(const HttpServer *server, Client *client, bool may_wait) {
    Request request;
    HttpReply reply = {.status = "400 Bad Request", .type = "text/plain; charset=utf-8"};
    RequestState state = request_read(strbuf_str(&client->in), server->host, server->local, &request);
    if (state == REQUEST_INCOMPLETE) return;
    if (state == REQUEST_FOREIGN) reply.status = "403 Forbidden";
    if (state == REQUEST_FOREIGN || state == REQUEST_REFUSED)
        strbuf_add_text(&reply.body, "refused\n");
    else if (!server->answer(server->context, &request, may_wait && state == REQUEST_GET, &reply)) {
        client->waits = true;
        return;
    }
    say(client, &reply, state == REQUEST_HEAD);
    strbuf_release(&reply.body);
}

void http_server_wake(HttpServer *server) {
    for (int i = 0; i < MOST_CLIENTS; i++)
        if (server->clients[i].descriptor >= 0 && server->clients[i].waits)
            answer_request(server, &server->clients[i], true);
}

// ---- connections -----------------------------------------------------------------------------------
static void accept_client(HttpServer *server) {
    int descriptor = accept4(server->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    bool no_room = descriptor < 0 && (errno == EMFILE || errno == ENFILE);
    if (descriptor < 0 && !no_room) return;
    Client *place = NULL, *oldest = NULL;
    for (int i = 0; i < server->most; i++) {
        Client *client = &server->clients[i];
        if (client->descriptor < 0)
            place = client;
        else if (oldest == NULL || client->since < oldest->since)
            oldest = client;
    }
    // Without a place, or without a descriptor for it, the one that has waited for longest goes.
    if ((no_room || place == NULL) && oldest != NULL) drop(place = oldest);
    if (no_room) return;
    place->descriptor = descriptor;
    place->since = time(NULL);
}

static void read_client(const HttpServer *server, Client *client) {
    char bytes[REQUEST_MOST];
    ssize_t got = read(client->descriptor, bytes, sizeof bytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        drop(client);
        return;
    }
    if (client->answered || client->out.length > 0 || client->waits) return; // what follows a request
    strbuf_add(&client->in, (Str){bytes, (size_t)got});
    answer_request(server, client, true);
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

// Who waits is answered now and then, so that a client that is gone is found out.
static void look_at_clocks(const HttpServer *server, Client *client, time_t now) {
    if (client->descriptor < 0 || now - client->since < SLOWEST) return;
    if (client->waits)
        answer_request(server, client, false);
    else
        drop(client);
}

// What is looked at, and the client that it is of. No more than there is: poll() refuses a list that is longer than a
// process may have descriptors.
typedef struct Looked {
    struct pollfd list[MOST_CLIENTS + 2];
    Client *clients[MOST_CLIENTS + 2]; // NULL: none
    nfds_t count;
} Looked;

static void look_at(Looked *looked, int descriptor, short events, Client *client) {
    if (descriptor < 0) return;
    looked->clients[looked->count] = client;
    looked->list[looked->count++] = (struct pollfd){descriptor, events, 0};
}

static void serve_client(const HttpServer *server, Client *client, short events) {
    if (events & POLLOUT)
        write_client(client);
    else if (events != 0)
        read_client(server, client);
}

bool http_server_run(HttpServer *server, int descriptor) {
    while (!interrupt_came()) {
        Looked looked = {.count = 0};
        for (int i = 0; i < MOST_CLIENTS; i++)
            look_at(&looked, server->clients[i].descriptor, server->clients[i].out.length > 0 ? POLLOUT : POLLIN,
                    &server->clients[i]);
        nfds_t listener = looked.count, other = listener + 1;
        look_at(&looked, server->descriptor, POLLIN, NULL);
        look_at(&looked, descriptor, POLLIN, NULL);
        int found = poll(looked.list, looked.count, 1000);
        if (found < 0 && errno != EINTR) return false;
        if (found > 0) {
            for (nfds_t i = 0; i < listener; i++) serve_client(server, looked.clients[i], looked.list[i].revents);
            if (looked.list[listener].revents != 0) accept_client(server);
            if (other < looked.count && looked.list[other].revents != 0) return true;
        }
        for (int i = 0; i < MOST_CLIENTS; i++) look_at_clocks(server, &server->clients[i], time(NULL));
    }
    return false;
}
