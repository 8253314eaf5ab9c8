struct state { int a; };
struct state *the_state;
__attribute__((constructor)) static void begin(void) { the_state->a = 1; }
static void end(void) __attribute__((destructor));
static void end(void) { the_state->a = 0; }
static void drop(int *p) { *p = the_state->a; }
#define AT_START __attribute__((constructor))
AT_START static void macro(void) { the_state->a = 3; }
int aliased(int a) __attribute__((alias("impl_two")));
int impl_two(int a) { return a + the_state->a; }
int use(void) { int x __attribute__((cleanup(drop))) = 1; return x; }
int weak_one(int a) __attribute__((weak));
int weak_one(int a) { return a + the_state->a; }
typedef int (*resolve_t)(int);
static int impl(int a) { return a; }
static resolve_t choose(void) { return the_state->a ? impl : impl; }
int chosen(int a) __attribute__((ifunc("choose")));
void __attribute__((noreturn)) stop(void) { the_state->a = 2; for (;;) { } }
