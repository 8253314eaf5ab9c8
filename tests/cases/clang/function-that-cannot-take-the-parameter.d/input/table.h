struct server;
struct command {
    int (*run)(int count);
};
int away(int count);
