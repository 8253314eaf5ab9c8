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
//   FAULT_OLD_KERNEL  there is no openat2, as before Linux 5.6
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
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 64, MOST_PATH = 4096 };

static _Atomic long changes;
static _Thread_local long count;          // of the change that this thread is making
static char paths[MOST_FILES][MOST_PATH]; // of open files, by descriptor

// The C library's own function. POSIX has it that a function fits into a void pointer.
#define REAL(type, name)                                                                           \
    static type real;                                                                              \
    if (real == NULL) *(void **)(&real) = dlsym(RTLD_NEXT, name)

static int call_open(int folder, const char *path, int flags, mode_t mode) {
    typedef int (*Open)(int, const char *, int, ...);
    REAL(Open, "openat");
    return real(folder, path, flags, mode);
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
    int fd = call_open(AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
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

// The whole path of NAME in the open FOLDER, in BUFFER of MOST_PATH bytes.
static const char *path_at(int folder, const char *name, char *buffer) {
    char link[64], place[MOST_PATH / 2] = "";
    if (folder == AT_FDCWD || name[0] == '/') return name;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    if (readlink(link, place, sizeof place - 1) < 0) abort();
    int here = strcmp(name, ".") == 0;
    snprintf(buffer, MOST_PATH, "%s%s%.*s", place, here ? "" : "/", MOST_PATH / 2 - 2,
             here ? "" : name);
    return buffer;
}

// ---- what stands in for the C library ------------------------------------------------------------

int openat(int folder, const char *name, int flags, ...) {
    mode_t mode = 0;
    char buffer[MOST_PATH];
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = (mode_t)va_arg(arguments, unsigned);
        va_end(arguments);
    }
    const char *path = path_at(folder, name, buffer);
    if (flags & O_CREAT && before("create", path, "")) return -1;
    int fd = call_open(folder, name, flags, mode);
    if (fd >= 0 && fd < MOST_FILES) snprintf(paths[fd], MOST_PATH, "%s", path);
    if (flags & O_CREAT) after();
    return fd;
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = (mode_t)va_arg(arguments, unsigned);
        va_end(arguments);
    }
    return openat(AT_FDCWD, path, flags, mode);
}

// The one system call that weft makes without the C library is openat2, which changes nothing.
long syscall(long number, ...) {
    typedef long (*Call)(long, ...);
    REAL(Call, "syscall");
    va_list arguments;
    va_start(arguments, number);
    long first = va_arg(arguments, long), second = va_arg(arguments, long);
    long third = va_arg(arguments, long), fourth = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_openat2 && getenv("FAULT_OLD_KERNEL") != NULL) {
        errno = ENOSYS;
        return -1;
    }
    return real(number, first, second, third, fourth);
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

int fchown(int fd, uid_t user, gid_t group) {
    typedef int (*Chown)(int, uid_t, gid_t);
    REAL(Chown, "fchown");
    if (before("chown", path_of(fd), "")) return -1;
    int result = real(fd, user, group);
    after();
    return result;
}

int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags) {
    typedef int (*Set)(int, const char *, const void *, size_t, int);
    REAL(Set, "fsetxattr");
    if (before("attribute", path_of(fd), name)) return -1;
    int result = real(fd, name, value, size, flags);
    after();
    return result;
}

int fremovexattr(int fd, const char *name) {
    typedef int (*Remove)(int, const char *);
    REAL(Remove, "fremovexattr");
    if (before("attribute", path_of(fd), name)) return -1;
    int result = real(fd, name);
    after();
    return result;
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    typedef int (*Rename)(int, const char *, int, const char *);
    char old[MOST_PATH], new[MOST_PATH];
    REAL(Rename, "renameat");
    if (before("rename", path_at(from_folder, from, old), path_at(to_folder, to, new))) return -1;
    int result = real(from_folder, from, to_folder, to);
    after();
    return result;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    typedef int (*Link)(int, const char *, int, const char *, int);
    char old[MOST_PATH], new[MOST_PATH];
    REAL(Link, "linkat");
    if (before("link", path_at(from_folder, from, old), path_at(to_folder, to, new))) return -1;
    int result = real(from_folder, from, to_folder, to, flags);
    after();
    return result;
}

int mkdirat(int folder, const char *name, mode_t mode) {
    typedef int (*Mkdir)(int, const char *, mode_t);
    char buffer[MOST_PATH];
    REAL(Mkdir, "mkdirat");
    if (before("mkdir", path_at(folder, name, buffer), "")) return -1;
    int result = real(folder, name, mode);
    after();
    return result;
}

int unlinkat(int folder, const char *name, int flags) {
    typedef int (*Unlink)(int, const char *, int);
    char buffer[MOST_PATH];
    REAL(Unlink, "unlinkat");
    if (before(flags & AT_REMOVEDIR ? "rmdir" : "unlink", path_at(folder, name, buffer), ""))
        return -1;
    int result = real(folder, name, flags);
    after();
    return result;
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int statvfs(const char *path, struct statvfs *space) {
    typedef int (*Statvfs)(const char *, struct statvfs *);
    REAL(Statvfs, "statvfs");
    int result = real(path, space);
    const char *blocks = getenv("FAULT_FREE");
    if (result == 0 && blocks != NULL) space->f_bavail = (fsblkcnt_t)atol(blocks);
    return result;
}
