// In: the bytes of a request. Out: what it asks for, and whether it may. Bodies are not read: no method that has one is
// taken.
#include "cli/serve/request.h"

#include <string.h>
#include <strings.h>

static bool is_header(Str line, const char *name, Str *value) {
    size_t length = strlen(name);
    if (line.length <= length || strncasecmp(line.data, name, length) != 0 || line.data[length] != ':') return false;
    *value = str_trim(str_slice(line, length + 1, line.length));
    return true;
}

// Hosts are the same in capitals.
static bool is_host(Str value, const char *host) {
    return value.length == strlen(host) && strncasecmp(value.data, host, value.length) == 0;
}

static bool is_ours(Str value, const char *host, const char *local) { return is_host(value, host) || is_host(value, local); }

// A page of ours asks from "http://HOST"; a browser that says where a request comes from says so of any other.
static bool is_foreign(Str value, const char *host, const char *local) {
    if (!str_starts_with(value, STR("http://"))) return true;
    return !is_ours(str_slice(value, 7, value.length), host, local);
}

static RequestState read_first(Str line, Request *request) {
    Str method, target, version;
    if (!str_split_next(&line, ' ', &method) || !str_split_next(&line, ' ', &target) ||
        !str_split_next(&line, ' ', &version) || line.length > 0 || !str_starts_with(version, STR("HTTP/1.")) ||
        !str_starts_with(target, STR("/")))
        return REQUEST_REFUSED;
    ptrdiff_t mark = str_find(target, '?');
    request->path = mark < 0 ? target : str_slice(target, 0, (size_t)mark);
    request->query = mark < 0 ? STR_NONE : str_slice(target, (size_t)mark + 1, target.length);
    return str_is(method, "GET") ? REQUEST_GET : str_is(method, "HEAD") ? REQUEST_HEAD : REQUEST_REFUSED;
}

RequestState request_read(Str bytes, const char *host, const char *local, Request *request) {
    *request = (Request){0};
    ptrdiff_t end = str_find_str(bytes, STR("\r\n\r\n"));
    if (end < 0) return bytes.length >= REQUEST_MOST ? REQUEST_REFUSED : REQUEST_INCOMPLETE;
    Str rest = str_slice(bytes, 0, (size_t)end), line, value;
    if (memchr(rest.data, '\0', rest.length) != NULL || !str_split_next(&rest, '\n', &line)) return REQUEST_REFUSED;
    RequestState state = read_first(str_trim(line), request);
    uint32_t hosts = 0;
    while (state != REQUEST_REFUSED && str_split_next(&rest, '\n', &line)) {
        if (is_header(line, "Host", &value)) {
            hosts++;
            if (!is_ours(value, host, local)) state = REQUEST_FOREIGN;
        }
        if (is_header(line, "Origin", &value) && is_foreign(value, host, local)) state = REQUEST_FOREIGN;
        if (is_header(line, "Sec-Fetch-Site", &value) && !str_is(value, "same-origin") && !str_is(value, "none"))
            state = REQUEST_FOREIGN;
        if (is_header(line, "Content-Length", &value) && !str_is(value, "0")) return REQUEST_REFUSED;
        if (is_header(line, "Transfer-Encoding", &value)) return REQUEST_REFUSED;
    }
    return state != REQUEST_REFUSED && hosts != 1 ? REQUEST_FOREIGN : state;
}
