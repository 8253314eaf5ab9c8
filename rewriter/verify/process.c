// In: a command line and a folder. Out: its exit status and output. Everything it started is gone
// when this returns, unless it left its process group.
#include "verify/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"

extern char **environ;

enum { MILLISECONDS = 1000, NANOSECONDS_A_MILLISECOND = 1000000, READ_SIZE = 65536 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * MILLISECONDS + time.tv_nsec / NANOSECONDS_A_MILLISECOND;
}

// ---- starting ------------------------------------------------------------------------------------
static char **make_arguments(Arena *arena, const Str *arguments, uint32_t count) {
    char **list = arena_array(arena, char *, count + 1);
    for (uint32_t i = 0; i < count; i++) list[i] = (char *)arena_copy(arena, arguments[i]).data;
    return list;
}

static bool is_set_by_us(const char *entry) {
    Str text = str_from(entry);
    return str_starts_with(text, STR("PYTHONDONTWRITEBYTECODE=")) ||
           str_starts_with(text, STR("NO_COLOR="));
}

static char **make_environment(Arena *arena) {
    size_t count = 0;
    while (environ[count] != NULL) count++;
    char **list = arena_array(arena, char *, count + 3);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_set_by_us(environ[i])) list[used++] = environ[i];
    list[used++] = (char *)arena_copy(arena, STR("PYTHONDONTWRITEBYTECODE=1")).data;
    list[used] = (char *)arena_copy(arena, STR("NO_COLOR=1")).data;
    return list;
}

static void set_attributes(posix_spawnattr_t *attributes) {
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &none);
}

// Returns 0 or an errno. *CHILD leads a process group of its own.
static int start(Arena *arena, const Str *arguments, uint32_t count, Str folder, int output,
                 pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, arena_copy(arena, folder).data);
    set_attributes(&attributes);
    char **list = make_arguments(arena, arguments, count);
    int error = posix_spawnp(child, list[0], &actions, &attributes, list, make_environment(arena));
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

// ---- watching ------------------------------------------------------------------------------------
static void keep(StrBuf *output, Str bytes, bool *truncated) {
    size_t room = PROCESS_OUTPUT_MAX - output->length;
    if (bytes.length > room) *truncated = true;
    strbuf_add(output, str_slice(bytes, 0, room));
}

// Reads until the end of the output; false when the time is up before.
static bool read_output(int from, int64_t deadline, StrBuf *output, bool *truncated) {
    char bytes[READ_SIZE];
    for (;;) {
        int64_t left = deadline - now();
        if (left <= 0) return false;
        struct pollfd poll_one = {.fd = from, .events = POLLIN};
        int ready = poll(&poll_one, 1, left > MILLISECONDS ? MILLISECONDS : (int)left);
        if (ready <= 0) continue; // a signal, or a look at the clock
        ssize_t length = read(from, bytes, sizeof bytes);
        if (length > 0) keep(output, (Str){bytes, (size_t)length}, truncated);
        if (length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN)) return true;
    }
}

// Waits until CHILD, which may outlive its output, has ended; it stays to be collected, so that the
// number of its group is not given away. False when the time is up before.
static bool wait_for(pid_t child, int64_t deadline) {
    const struct timespec pause = {.tv_nsec = 5 * NANOSECONDS_A_MILLISECOND};
    for (;;) {
        siginfo_t info = {0};
        int failed = waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
        if (failed && errno != EINTR) BUG("waitid failed");
        if (!failed && info.si_pid == child) return true;
        if (now() >= deadline) return false;
        nanosleep(&pause, NULL);
    }
}

static void watch(pid_t child, int from, uint32_t seconds, StrBuf *output, ProcessResult *result) {
    int64_t deadline = now() + (int64_t)seconds * MILLISECONDS;
    int status = 0;
    bool in_time =
        read_output(from, deadline, output, &result->truncated) && wait_for(child, deadline);
    kill(-child, SIGKILL); // whatever is left of the group
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    result->timed_out = !in_time;
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : PROCESS_SIGNALLED + WTERMSIG(status);
}

void process_run(Arena *arena, const Str *arguments, uint32_t count, Str folder, uint32_t seconds,
                 ProcessResult *result) {
    int ends[2];
    pid_t child = -1;
    *result = (ProcessResult){0};
    if (pipe2(ends, O_CLOEXEC) != 0) {
        result->start_error = errno;
        return;
    }
    result->start_error = start(arena, arguments, count, folder, ends[1], &child);
    close(ends[1]);
    if (result->start_error == 0) {
        StrBuf output = {0};
        watch(child, ends[0], seconds, &output, result);
        result->output = arena_copy(arena, strbuf_str(&output));
        strbuf_release(&output);
    }
    close(ends[0]);
}
