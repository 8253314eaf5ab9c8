#include "greet.h"
#include "server.h"

static struct server one = {80, "one"};
struct server *the_server = &one;

int main(void) {
    greet("you");
    return port_of_the_day();
}
