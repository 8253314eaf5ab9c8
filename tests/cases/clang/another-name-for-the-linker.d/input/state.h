#define daemon our_daemon
#define port our_port
#define LIMIT 10

extern struct daemon {
    int number;
} *daemon;

int port(int more);
