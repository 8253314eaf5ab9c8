// In: a page, and requests of browsers on this machine. Out: answers. A frame around the page asks for its version, which
// is answered when there is a newer one; then it loads the page anew.
#include "cli/serve/page_server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/bug.h"
#include "cli/serve/http_server.h"

enum { SECRET_BYTES = 16 };

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
static const char FRAME_HEADERS[] =
    "X-Frame-Options: DENY\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n";
static const char OTHER_HEADERS[] = "X-Frame-Options: SAMEORIGIN\r\n";

struct PageServer {
    HttpServer *http;
    char address[80], secret[2 * SECRET_BYTES + 1];
    StrBuf page;
    uint32_t version;
};

// ---- answers ---------------------------------------------------------------------------------------
static bool reply_with(HttpReply *reply, const char *status, const char *type, Str body) {
    reply->status = status;
    reply->type = type;
    strbuf_add(&reply->body, body);
    return true;
}

static bool reply_version(const PageServer *server, Str seen, bool may_wait, HttpReply *reply) {
    char number[16];
    snprintf(number, sizeof number, "%u", server->version);
    return !(may_wait && str_is(seen, number)) &&
           reply_with(reply, "200 OK", "text/plain; charset=utf-8", str_from(number));
}

// Paths are "/SECRET/NAME".
static bool answer(void *context, const Request *request, bool may_wait, HttpReply *reply) {
    const PageServer *server = context;
    Str path = request->path, secret = str_from(server->secret);
    bool knows = path.length >= secret.length + 2 && path.data[secret.length + 1] == '/' &&
                 str_equal(str_slice(path, 1, secret.length + 1), secret);
    Str name = knows ? str_slice(path, secret.length + 2, path.length) : STR("?");
    reply->headers = str_is(name, "") ? FRAME_HEADERS : OTHER_HEADERS;
    if (str_is(name, "")) return reply_with(reply, "200 OK", "text/html; charset=utf-8", str_from(FRAME));
    if (str_is(name, "report"))
        return reply_with(reply, "200 OK", "text/html; charset=utf-8", strbuf_str(&server->page));
    if (str_is(name, "live.js")) return reply_with(reply, "200 OK", "text/javascript; charset=utf-8", str_from(SCRIPT));
    if (str_is(name, "live.css")) return reply_with(reply, "200 OK", "text/css; charset=utf-8", str_from(STYLE));
    if (str_is(name, "version")) return reply_version(server, request->query, may_wait, reply);
    return reply_with(reply, "404 Not Found", "text/plain; charset=utf-8", STR("not found\n"));
}

// ---- the server ------------------------------------------------------------------------------------
static bool make_secret(PageServer *server) {
    unsigned char bytes[SECRET_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (int i = 0; i < SECRET_BYTES; i++) snprintf(server->secret + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

PageServer *page_server_open(uint16_t port) {
    PageServer *server = memory_alloc_zeroed(1, sizeof *server);
    if (make_secret(server)) server->http = http_server_open(port, answer, server);
    if (server->http == NULL) {
        int why = errno;
        free(server);
        errno = why;
        return NULL;
    }
    snprintf(server->address, sizeof server->address, "http://%s/%s/", http_server_host(server->http), server->secret);
    return server;
}

void page_server_close(PageServer *server) {
    http_server_close(server->http);
    strbuf_release(&server->page);
    free(server);
}

const char *page_server_address(const PageServer *server) { return server->address; }

void page_server_publish(PageServer *server, Str page) {
    strbuf_clear(&server->page);
    strbuf_add(&server->page, page);
    server->version++;
    http_server_wake(server->http);
}

bool page_server_run(PageServer *server, int descriptor) { return http_server_run(server->http, descriptor); }
