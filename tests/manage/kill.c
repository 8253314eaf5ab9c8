// Kills the manager of a migration, and none of the commands that it starts, at one of the moments when something of its
// own has reached the disk: loaded with LD_PRELOAD.
//
//   MANAGER_POINT=N   before (odd numbers) or after (even ones) its N-th sync, counted by halves from 1
//   MANAGER_FULL=N    from there on the disk is full: each sync fails
//   MANAGER_LOG=FILE  gets one line for each point
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic long count;

// The word behind the name of the program.
static int is_manager(void) {
    char line[512] = "";
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0) close(file);
    size_t first = strlen(line);
    return length > (ssize_t)first + 1 && strcmp(line + first + 1, "migrate") == 0;
}

static int is_full(void) {
    const char *from = getenv("MANAGER_FULL");
    return from != NULL && count >= atol(from);
}

static void point(void) {
    const char *wanted = getenv("MANAGER_POINT"), *log = getenv("MANAGER_LOG");
    long number = ++count;
    FILE *file = log != NULL ? fopen(log, "a") : NULL;
    if (file != NULL) {
        fprintf(file, "%ld\n", number);
        fclose(file);
    }
    if (wanted != NULL && number == atol(wanted)) raise(SIGKILL);
}

int fsync(int fd) {
    static int (*real)(int);
    if (real == NULL) {
        void *found = dlsym(RTLD_NEXT, "fsync");
        memcpy(&real, &found, sizeof found);
    }
    if (!is_manager()) return real(fd);
    point();
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    int result = real(fd);
    point();
    return result;
}

// CHILD_FAILS=WORDS: a command of the manager that has all these words ends with 9 before it begins. A number N as the
// last word: only the N-th command that has them, counted in the file CHILD_COUNT.
static int has_word(const char *line, size_t length, const char *word) {
    for (size_t at = 0; at < length; at += strlen(line + at) + 1)
        if (strcmp(line + at, word) == 0) return 1;
    return 0;
}

static long count_so_far(void) {
    const char *name = getenv("CHILD_COUNT");
    FILE *file = name != NULL ? fopen(name, "a+") : NULL;
    if (file == NULL) return 0;
    fputc('.', file);
    long length = ftell(file);
    fclose(file);
    return length;
}

__attribute__((constructor)) static void fail(void) {
    const char *wanted = getenv("CHILD_FAILS");
    char line[4096], words[256];
    if (wanted == NULL || is_manager()) return;
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0) close(file);
    if (length <= 0) return;
    line[length] = '\0';
    snprintf(words, sizeof words, "%s", wanted);
    for (char *rest = words, *word; (word = strtok_r(rest, " ", &rest)) != NULL;) {
        if (word[0] >= '1' && word[0] <= '9') {
            if (count_so_far() != atol(word)) return;
        } else if (!has_word(line, (size_t)length, word)) {
            return;
        }
    }
    _exit(9);
}
