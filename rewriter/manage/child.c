// In: arguments of weft. Out: the exit status of a process that has ended. The child gets SIGTERM when its manager dies, and
// stops at its next safe point; the lock that it inherits is free only when it has.
#include "manage/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "apply/interrupt.h"
#include "base/bug.h"

enum {
    FILE_MODE = 0600,
    NOT_STARTED = 127,
    BY_SIGNAL = 128,
    OUTPUT_MAX = 16 << 20,
    LOOKS_A_SECOND = 50
};
static const long PAUSE = 20000000; // nanoseconds between two looks at the child

extern char **environ;

static char **make_arguments(Arena *arena, const StrItems *arguments) {
    char **list = arena_array(arena, char *, arguments->count + 2);
    list[0] = (char *)"weft";
    for (uint32_t i = 0; i < arguments->count; i++)
        list[i + 1] = (char *)arena_copy(arena, arguments->items[i]).data;
    return list;
}

static char **make_environment(Arena *arena) {
    size_t count = 0;
    while (environ[count] != NULL) count++;
    char **list = arena_array(arena, char *, count + 2);
    memcpy(list, environ, count * sizeof *list);
    list[count] = (char *)MANAGER_VARIABLE "=1";
    return list;
}

// In the child: nothing but what may follow a fork.
static void become(char **list, char **environment, int lock, int output, int errors,
                   pid_t manager) {
    int nothing = open("/dev/null", O_RDONLY);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != manager) _exit(NOT_STARTED); // it died before it could be watched
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL); // what `verify` starts shall find it as it was
    setpgid(0, 0); // a key at the terminal is for the manager, which passes it on
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    if (lock >= 0) fcntl(lock, F_SETFD, 0);
    execve("/proc/self/exe", list, environment);
    _exit(NOT_STARTED);
}

static bool start(Site *site, const StrItems *arguments, int output, int errors, pid_t *child,
                  ChildResult *result) {
    Arena arena = {0};
    char **list = make_arguments(&arena, arguments), **environment = make_environment(&arena);
    pid_t manager = getpid();
    *child = fork();
    if (*child == 0) become(list, environment, site->lock, output, errors, manager);
    if (*child < 0) result->error = errno;
    arena_release(&arena);
    return *child > 0;
}

static void take_status(int status, ChildResult *result) {
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL + WTERMSIG(status);
}

// ---- a task --------------------------------------------------------------------------------------

static void watch(const Site *site, pid_t child, const Limits *limits, ChildResult *result) {
    const struct timespec pause = {.tv_nsec = PAUSE};
    bool asked = false;
    unsigned looks = 0;
    for (int status;;) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            take_status(status, result);
            break;
        }
        if (ended < 0 && errno != EINTR) BUG("waitpid failed");
        if (!asked) result->wish = site_wish(site);
        if (!asked && limits != NULL && looks++ % LOOKS_A_SECOND == 0)
            result->limit = limits_passed(limits, site->root);
        if (!asked && (result->wish != SITE_GO_ON || result->limit != NULL || interrupt_came())) {
            kill(child, SIGTERM);
            asked = true;
        }
        nanosleep(&pause, NULL);
    }
    // What had ended by itself was not stopped.
    result->stopped = asked && result->status != 0;
}

void child_run(Site *site, const StrItems *arguments, const char *log, const Limits *limits,
               ChildResult *result) {
    pid_t child;
    *result = (ChildResult){0};
    int output = open(site_path(site, log).data,
                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    if (output < 0) {
        result->error = errno;
        return;
    }
    if (start(site, arguments, output, output, &child, result)) watch(site, child, limits, result);
    close(output);
}

// ---- a question ----------------------------------------------------------------------------------

void child_ask(Site *site, const StrItems *arguments, Arena *arena, Str *output,
               ChildResult *result) {
    int ends[2], status = 0;
    pid_t child;
    StrBuf text = {0};
    char bytes[4096];
    *result = (ChildResult){0};
    *output = STR_NONE;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        result->error = errno;
        return;
    }
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bool started = start(site, arguments, ends[1], nothing, &child, result);
    close(ends[1]);
    close(nothing);
    for (ssize_t length = 1; started && length != 0;) {
        length = read(ends[0], bytes, sizeof bytes);
        if (length < 0 && errno != EINTR) break;
        if (length > 0 && text.length < OUTPUT_MAX) strbuf_add(&text, (Str){bytes, (size_t)length});
    }
    close(ends[0]);
    while (started && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (started) take_status(status, result);
    *output = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
}
