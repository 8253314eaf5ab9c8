// Faults for migrations of the shipped program: loaded with LD_PRELOAD, it counts what goes to a database, and kills the
// process or fails at one of them.
//
//   FAULT_LOG=FILE   gets one line for each point, "NUMBER KIND"
//   FAULT_POINT=N    the point that is meant, counted from 1
//   FAULT_KIND=WHAT  kill: the process dies at it; enospc, eio: the call fails, and every later one of its kind;
//                    int: the process gets SIGINT; of a send: drop: the connection is closed before it, lost: behind it,
//                    server: the server, process FAULT_SERVER, dies before it
//                    flip: of a write: it succeeds, and another byte is in the file
//   FAULT_ONLY=KIND  only these points count: statement (SQLite), send (to a server), commit (such a send), write, sync,
//                    piece (a write of more than a page can be)
//   FAULT_SQL=FILE   gets a line for each statement of SQLite that has run: how often it went forward in a table or an index
//                    without looking for a row, and its text
//   FAULT_CLOCK=N    each look at the clock is N seconds later, so that batches are as small as can be
//
// A statement is one that SQLite prepares; a send is one to a server; writes and syncs are those of files.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

int sqlite3_prepare_v2(sqlite3 *connection, const char *sql, int length, sqlite3_stmt **statement, const char **tail);
int sqlite3_finalize(sqlite3_stmt *statement);

static _Atomic long count;

// The C library's own function, or SQLite's. POSIX has it that a function fits into a void pointer.
static void find(const char *name, void *function) {
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

static int is_kind(const char *kind) {
    const char *wanted = getenv("FAULT_KIND");
    return wanted != NULL && strcmp(wanted, kind) == 0;
}

static void note(long number, const char *kind) {
    const char *name = getenv("FAULT_LOG");
    FILE *file = name != NULL ? fopen(name, "a") : NULL;
    if (file == NULL) return;
    fprintf(file, "%ld %s\n", number, kind);
    fclose(file);
}

// Whether the call shall fail, with errno.
static int point(const char *kind) {
    static _Thread_local int inside; // the log is written by calls that count
    const char *only = getenv("FAULT_ONLY"), *wanted = getenv("FAULT_POINT");
    if (inside || (only != NULL && strcmp(only, kind) != 0)) return 0;
    long number = ++count, meant = wanted != NULL ? atol(wanted) : 0;
    inside = 1;
    note(number, kind);
    inside = 0;
    if (meant == 0 || number < meant) return 0;
    if (number == meant && is_kind("kill")) raise(SIGKILL);
    if (number == meant && is_kind("int")) raise(SIGINT);
    if (!is_kind("enospc") && !is_kind("eio")) return 0;
    errno = is_kind("enospc") ? ENOSPC : EIO;
    return 1;
}

int sqlite3_prepare_v2(sqlite3 *connection, const char *sql, int length, sqlite3_stmt **statement, const char **tail) {
    static int (*real)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
    if (real == NULL) find("sqlite3_prepare_v2", &real);
    point("statement");
    return real(connection, sql, length, statement, tail);
}

enum { FULLSCAN_STEP = 1 }; // SQLITE_STMTSTATUS_FULLSCAN_STEP

static void note_scan(sqlite3_stmt *statement) {
    static const char *(*text_of)(sqlite3_stmt *);
    static int (*status_of)(sqlite3_stmt *, int, int);
    if (text_of == NULL) find("sqlite3_sql", &text_of);
    if (status_of == NULL) find("sqlite3_stmt_status", &status_of);
    const char *sql = text_of(statement);
    FILE *file = sql != NULL ? fopen(getenv("FAULT_SQL"), "a") : NULL;
    if (file == NULL) return;
    fprintf(file, "%d\t", status_of(statement, FULLSCAN_STEP, 0));
    for (; *sql != '\0'; sql++) fputc(*sql == '\n' ? ' ' : *sql, file);
    fputc('\n', file);
    fclose(file);
}

int sqlite3_finalize(sqlite3_stmt *statement) {
    static int (*real)(sqlite3_stmt *);
    if (real == NULL) find("sqlite3_finalize", &real);
    if (statement != NULL && getenv("FAULT_SQL") != NULL) note_scan(statement);
    return real(statement);
}

// Whether this send is the point that is meant, and WHAT happens at it.
static int is_meant(const char *what) {
    const char *wanted = getenv("FAULT_POINT");
    return is_kind(what) && wanted != NULL && count == atol(wanted);
}

static const char *kind_of(const void *bytes, size_t length) {
    const char *only = getenv("FAULT_ONLY");
    int counts = only != NULL && strcmp(only, "commit") == 0;
    return counts && memmem(bytes, length, "COMMIT", sizeof "COMMIT" - 1) != NULL ? "commit" : "send";
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
    static ssize_t (*real)(int, const void *, size_t, int);
    if (real == NULL) find("send", &real);
    long before = count;
    point(kind_of(bytes, length));
    int counted = count != before;
    if (counted && is_meant("drop")) shutdown(fd, SHUT_RDWR);
    if (counted && is_meant("server")) kill((pid_t)atol(getenv("FAULT_SERVER")), SIGKILL);
    ssize_t result = real(fd, bytes, length, flags);
    if (counted && is_meant("lost")) {
        usleep(50000); // the server has it
        shutdown(fd, SHUT_RDWR);
    }
    return result;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    static _Atomic long looks;
    const char *step = getenv("FAULT_CLOCK");
    if (real == NULL) find("clock_gettime", &real);
    int result = real(clock, now);
    if (step != NULL && clock == CLOCK_MONOTONIC) now->tv_sec += atol(step) * ++looks;
    return result;
}

static int is_output(int fd) { return fd <= STDERR_FILENO; }

enum { LARGEST_PAGE = 1 << 16 };

// The write succeeds, and then the byte in its middle is another one.
static void flip(int fd, const unsigned char *bytes, size_t length, off64_t offset, ssize_t (*real)(int, const void *, size_t, off64_t)) {
    unsigned char other = bytes[length / 2] ^ 1;
    (void)real(fd, &other, 1, offset + (off64_t)length / 2);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (real == NULL) find("pwrite64", &real);
    long before = count;
    const char *only = getenv("FAULT_ONLY");
    int is_piece = only != NULL && strcmp(only, "piece") == 0;
    if (point(!is_piece || length <= LARGEST_PAGE ? "write" : "piece")) return -1;
    ssize_t result = real(fd, bytes, length, offset);
    if (count != before && is_meant("flip")) flip(fd, bytes, length, offset, real);
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (real == NULL) find("write", &real);
    return !is_output(fd) && point("write") ? -1 : real(fd, bytes, length);
}

int fsync(int fd) {
    static int (*real)(int);
    if (real == NULL) find("fsync", &real);
    return point("sync") ? -1 : real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (real == NULL) find("fdatasync", &real);
    return point("sync") ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t length) {
    static int (*real)(int, off64_t);
    if (real == NULL) find("ftruncate64", &real);
    return point("write") ? -1 : real(fd, length);
}
