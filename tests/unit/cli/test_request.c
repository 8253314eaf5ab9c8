// Requests from anywhere: which are for the page of this machine.
#include "testing.h"

#include "cli/serve/request.h"

#define OURS "Host: 127.0.0.1:80\r\n"

static RequestState read_text(const char *text, Request *request) {
    return request_read(str_from(text), "127.0.0.1:80", "localhost:80", request);
}

static void expect(const char *text, RequestState wanted) {
    Request request;
    assert_int_equal(read_text(text, &request), wanted);
}

static void takes_what_a_browser_asks(void **state) {
    (void)state;
    Request request;
    assert_int_equal(read_text("GET /a/version?12 HTTP/1.1\r\n" OURS "\r\n", &request), REQUEST_GET);
    assert_str(request.path, "/a/version");
    assert_str(request.query, "12");
    assert_int_equal(read_text("HEAD / HTTP/1.0\r\nhost:localhost:80\r\n\r\n", &request), REQUEST_HEAD);
    assert_str(request.query, "");
    expect("GET / HTTP/1.1\r\n" OURS "Origin: http://localhost:80\r\nSec-Fetch-Site: same-origin\r\n\r\n", REQUEST_GET);
    expect("GET / HTTP/1.1\r\n" OURS, REQUEST_INCOMPLETE);
    expect("", REQUEST_INCOMPLETE);
}

static void refuses_pages_of_others(void **state) {
    (void)state;
    expect("GET / HTTP/1.1\r\n\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\n" OURS OURS "\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\n" OURS "Origin: null\r\n\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\n" OURS "Origin: http://evil.example\r\n\r\n", REQUEST_FOREIGN);
    expect("GET / HTTP/1.1\r\n" OURS "sec-fetch-site: cross-site\r\n\r\n", REQUEST_FOREIGN);
}

static void refuses_what_is_no_question(void **state) {
    (void)state;
    expect("POST / HTTP/1.1\r\n" OURS "\r\n", REQUEST_REFUSED);
    expect("GET / HTTP/1.1\r\n" OURS "Content-Length: 5\r\n\r\n", REQUEST_REFUSED);
    expect("GET / HTTP/1.1\r\n" OURS "Transfer-Encoding: chunked\r\n\r\n", REQUEST_REFUSED);
    expect("GET http://x/ HTTP/1.1\r\n" OURS "\r\n", REQUEST_REFUSED);
    expect("GET / HTTP/1.1 x\r\n" OURS "\r\n", REQUEST_REFUSED);
    expect("GET /\r\n" OURS "\r\n", REQUEST_REFUSED);
    expect("\r\n\r\n", REQUEST_REFUSED);
    char text[REQUEST_MOST + 1];
    memset(text, 'x', REQUEST_MOST);
    text[REQUEST_MOST] = '\0';
    expect(text, REQUEST_REFUSED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_a_browser_asks),
        cmocka_unit_test(refuses_pages_of_others),
        cmocka_unit_test(refuses_what_is_no_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
