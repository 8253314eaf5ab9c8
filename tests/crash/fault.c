// Faults for tests of the shipped program: loaded with LD_PRELOAD, it stands between weft and the C
// library and lets one change of the file system fail, or kills the process beside it.
//
//   FAULT_LOG=FILE    appends one line for each change, "NUMBER CALL PATH [PATH]"
//   FAULT_POINT=N     the change that is meant, counted from 1
//   FAULT_KIND=WHAT   enospc, eio, eacces    it fails
//                     enospc-on              it fails and so does every later one
//                     short                  a write takes half of the bytes
//                     kill-before, kill-after
//                     stop                   the process stops before it, until it gets SIGCONT
//                     sigint, sigterm        the process gets the signal before it
//                     slow                   every change takes 20 milliseconds longer (no FAULT_POINT)
//   FAULT_FREE=N      a file system has N free blocks, when somebody asks
//
// A change is a call that makes, writes, syncs, renames or removes something; standard output and
// error do not count.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 64, MOST_PATH = 4096 };

static _Atomic long changes;
static _Thread_local long count; // of the change that this thread is making
static char paths[MOST_FILES][MOST_PATH]; // of open files, by descriptor

// The C library's own function. POSIX has it that a function fits into a void pointer.
#define REAL(type, name)                                                                           \
    static type real;                                                                              \
    if (real == NULL) *(void **)(&real) = dlsym(RTLD_NEXT, name)

static int call_open(const char *path, int flags, mode_t mode) {
    typedef int (*Open)(const char *, int, ...);
    REAL(Open, "open");
    return real(path, flags, mode);
}

static ssize_t call_write(int fd, const void *bytes, size_t length) {
    typedef ssize_t (*Write)(int, const void *, size_t);
    REAL(Write, "write");
    return real(fd, bytes, length);
}

static void log_change(const char *call, const char *path, const char *other) {
    const char *name = getenv("FAULT_LOG");
    if (name == NULL) return;
    char line[2 * MOST_PATH + 64];
    int length = snprintf(line, sizeof line, "%ld %s %s %s\n", count, call, path, other);
    int fd = call_open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0 || call_write(fd, line, (size_t)length) != length) abort();
    close(fd);
}

static int is_kind(const char *kind) {
    const char *wanted = getenv("FAULT_KIND");
    return wanted != NULL && strcmp(wanted, kind) == 0;
}

static int is_point(void) {
    const char *point = getenv("FAULT_POINT");
    return point != NULL && atol(point) == count;
}

static int is_later(void) {
    const char *point = getenv("FAULT_POINT");
    return point != NULL && count >= atol(point) && is_kind("enospc-on");
}

// Counts a change; non-zero with errno set when it shall fail.
static int before(const char *call, const char *path, const char *other) {
    count = ++changes; // threads sync files side by side: which of them gets which number is open
    log_change(call, path, other);
    if (is_later()) {
        errno = ENOSPC;
        return 1;
    }
    if (is_kind("slow")) nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    if (!is_point()) return 0;
    if (is_kind("kill-before")) kill(getpid(), SIGKILL);
    if (is_kind("stop")) raise(SIGSTOP);
    if (is_kind("sigint")) raise(SIGINT);
    if (is_kind("sigterm")) raise(SIGTERM);
    errno = is_kind("enospc") ? ENOSPC : is_kind("eio") ? EIO : is_kind("eacces") ? EACCES : 0;
    return errno != 0;
}

static void after(void) {
    if (is_point() && is_kind("kill-after")) kill(getpid(), SIGKILL);
}

static const char *path_of(int fd) {
    return fd >= 0 && fd < MOST_FILES && paths[fd][0] != '\0' ? paths[fd] : "?";
}

// ---- what stands in for the C library ------------------------------------------------------------

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = (mode_t)va_arg(arguments, unsigned);
        va_end(arguments);
    }
    if (flags & O_CREAT && before("create", path, "")) return -1;
    int fd = call_open(path, flags, mode);
    if (fd >= 0 && fd < MOST_FILES) snprintf(paths[fd], MOST_PATH, "%s", path);
    if (flags & O_CREAT) after();
    return fd;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (fd <= STDERR_FILENO) return call_write(fd, bytes, length);
    if (before("write", path_of(fd), "")) return -1;
    if (is_point() && is_kind("short") && length > 1) length /= 2;
    ssize_t written = call_write(fd, bytes, length);
    after();
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    typedef ssize_t (*Pwrite)(int, const void *, size_t, off_t);
    REAL(Pwrite, "pwrite");
    if (before("write", path_of(fd), "")) return -1;
    ssize_t written = real(fd, bytes, length, offset);
    after();
    return written;
}

int fsync(int fd) {
    typedef int (*Sync)(int);
    REAL(Sync, "fsync");
    if (before("sync", path_of(fd), "")) return -1;
    int result = real(fd);
    after();
    return result;
}

int ftruncate(int fd, off_t length) {
    typedef int (*Truncate)(int, off_t);
    REAL(Truncate, "ftruncate");
    if (before("truncate", path_of(fd), "")) return -1;
    int result = real(fd, length);
    after();
    return result;
}

int fchmod(int fd, mode_t mode) {
    typedef int (*Chmod)(int, mode_t);
    REAL(Chmod, "fchmod");
    if (before("chmod", path_of(fd), "")) return -1;
    int result = real(fd, mode);
    after();
    return result;
}

int rename(const char *from, const char *to) {
    typedef int (*Rename)(const char *, const char *);
    REAL(Rename, "rename");
    if (before("rename", from, to)) return -1;
    int result = real(from, to);
    after();
    return result;
}

int mkdir(const char *path, mode_t mode) {
    typedef int (*Mkdir)(const char *, mode_t);
    REAL(Mkdir, "mkdir");
    if (before("mkdir", path, "")) return -1;
    int result = real(path, mode);
    after();
    return result;
}

int unlink(const char *path) {
    typedef int (*Unlink)(const char *);
    REAL(Unlink, "unlink");
    if (before("unlink", path, "")) return -1;
    int result = real(path);
    after();
    return result;
}

int rmdir(const char *path) {
    typedef int (*Rmdir)(const char *);
    REAL(Rmdir, "rmdir");
    if (before("rmdir", path, "")) return -1;
    int result = real(path);
    after();
    return result;
}

int statvfs(const char *path, struct statvfs *space) {
    typedef int (*Statvfs)(const char *, struct statvfs *);
    REAL(Statvfs, "statvfs");
    int result = real(path, space);
    const char *blocks = getenv("FAULT_FREE");
    if (result == 0 && blocks != NULL) space->f_bavail = (fsblkcnt_t)atol(blocks);
    return result;
}
