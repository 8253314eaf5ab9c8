// One page for a browser on this machine, and word when it has changed.
#ifndef WEFT_CLI_SERVE_PAGE_SERVER_H
#define WEFT_CLI_SERVE_PAGE_SERVER_H

#include <stdint.h>
#include "base/str.h"

typedef struct PageServer PageServer;

// Listens on the loopback address alone: on PORT, or on a free one for 0. NULL with errno. The address has a secret in
// it, so that other users of the machine cannot ask for the page.
PageServer *page_server_open(uint16_t port);
void page_server_close(PageServer *server);
// "http://127.0.0.1:8123/9f3c.../"
const char *page_server_address(const PageServer *server);
// Serves PAGE from now on, and tells browsers that show another one. The server copies it.
void page_server_publish(PageServer *server, Str page);
// Answers requests until DESCRIPTOR is ready to be read: true. False after a signal that asks to stop.
bool page_server_run(PageServer *server, int descriptor);

#endif
