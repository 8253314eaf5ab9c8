#define __unused __attribute__((unused))
#define IN

struct server { int port; };
enum key { KEY_A };
typedef int number_t;
struct server *the_server;

static int first(__unused struct server *with, IN number_t number, __unused enum key key) { return number + the_server->port; }
static int second(IN struct server *with, number_t number, __unused enum key key) { return number + with->port; }
static int third(__unused struct server *with, number_t number, enum key key) { return number + (int)key; }

static const struct command {
    int (*run)(struct server *with, number_t number, enum key key);
} commands[] = {{first}, {second}, {third}};

static int (*const others[])(number_t, enum key) = {0};

static int fourth(number_t number __unused, __unused enum key key) { return the_server->port; }
static int fifth(number_t number, enum key key) { return number + (int)key; }
static const struct other {
    int (*run)(number_t number, enum key key);
} table[] = {{fourth}, {fifth}};

int main(void) { return commands[0].run(the_server, 1, KEY_A) + table[0].run(1, KEY_A) + (others[0] != 0); }
