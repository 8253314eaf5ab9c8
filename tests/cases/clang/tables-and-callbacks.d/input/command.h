struct command {
    const char *name;
    int (*run)(int number);
    int flags;
};
typedef void visit_function(int number, void *data);
typedef int (*filter)(int number);
void each(visit_function *visit, void *data, filter keeps);
