// A file system for SQLite (VFS) with one file. In: pages, most of them in order. Out: the file, by few calls of the
// system, and the sum of its pages: hashing what is in the processor's cache anyway saves reading it again.
//
// SQLite writes the first page last, and may write any page again. What a page added to the sum is taken away then, by
// reading it; a page that was not written yet reads as zeros, which adds nothing.
#include "engine/sqlite_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"

enum { BUFFER = 1 << 20, COPY_MODE = 0600, SECTOR = 4096 };

typedef struct CopyFile {
    sqlite3_file base; // first: SQLite knows this part only
    int descriptor;
    unsigned char *buffer;    // what is not written yet: `length` bytes at `start`
    sqlite3_int64 start, end; // of the file, with the buffer
    size_t length;
    PageSum sum;
} CopyFile;

static CopyFile *copy_of(sqlite3_file *file) { return (CopyFile *)file; }

// ---- writing -------------------------------------------------------------------------------------

static int write_code(void) { return errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE; }

static int flush(CopyFile *copy) {
    for (size_t done = 0; done < copy->length;) {
        ssize_t written = pwrite(copy->descriptor, copy->buffer + done, copy->length - done, copy->start + (off_t)done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return write_code();
        done += (size_t)written;
    }
    // The disk begins now, not when all is there.
    if (copy->length > 0)
        (void)sync_file_range(copy->descriptor, copy->start, (off_t)copy->length, SYNC_FILE_RANGE_WRITE);
    copy->start += (sqlite3_int64)copy->length;
    copy->length = 0;
    return SQLITE_OK;
}

// Bytes behind the end are zeros; SQLite wants to be told.
static int read_at(CopyFile *copy, void *bytes, int length, sqlite3_int64 offset) {
    size_t got = 0, wanted = (size_t)length;
    while (got < wanted) {
        ssize_t part = pread(copy->descriptor, (char *)bytes + got, wanted - got, offset + (off_t)got);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return SQLITE_IOERR_READ;
        if (part == 0) break;
        got += (size_t)part;
    }
    memset((char *)bytes + got, 0, wanted - got);
    return got < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

// What OFFSET has added to the sum is taken out of it.
static int forget_page(CopyFile *copy, int length, sqlite3_int64 offset) {
    unsigned char *old = memory_alloc((size_t)length);
    int code = read_at(copy, old, length, offset);
    if (code == SQLITE_IOERR_SHORT_READ) code = SQLITE_OK;
    if (code == SQLITE_OK) copy->sum.sum -= page_sum_of((uint64_t)offset, old, (size_t)length);
    free(old);
    return code;
}

static int copy_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    CopyFile *copy = copy_of(file);
    bool follows = copy->length > 0 && offset == copy->start + (sqlite3_int64)copy->length;
    int code = SQLITE_OK;
    BUG_UNLESS(length > 0 && length <= BUFFER);
    if (!follows || copy->length + (size_t)length > BUFFER) code = flush(copy);
    if (code == SQLITE_OK && offset < copy->end) code = forget_page(copy, length, offset);
    if (code != SQLITE_OK) return code;
    if (copy->length == 0) copy->start = offset;
    memcpy(copy->buffer + copy->length, bytes, (size_t)length);
    copy->length += (size_t)length;
    if (copy->end < offset + length) copy->end = offset + length;
    copy->sum.page = (uint32_t)length; // SQLite writes databases by pages only
    copy->sum.sum += page_sum_of((uint64_t)offset, bytes, (size_t)length);
    return SQLITE_OK;
}

static int copy_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    int code = flush(copy_of(file));
    return code == SQLITE_OK ? read_at(copy_of(file), bytes, length, offset) : code;
}

static int copy_close(sqlite3_file *file) {
    CopyFile *copy = copy_of(file);
    close(copy->descriptor);
    free(copy->buffer);
    return SQLITE_OK;
}

static int copy_size(sqlite3_file *file, sqlite3_int64 *size) {
    *size = copy_of(file)->end;
    return SQLITE_OK;
}

// ---- what a copy has no use for ------------------------------------------------------------------

// A copy grows only; a page at its end that was not written is written as zeros before.
static int copy_truncate(sqlite3_file *file, sqlite3_int64 size) {
    return size == copy_of(file)->end ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int copy_sync(sqlite3_file *file, int flags) { // by the caller, once
    (void)file, (void)flags;
    return SQLITE_OK;
}

static int copy_lock(sqlite3_file *file, int kind) {
    (void)file, (void)kind;
    return SQLITE_OK;
}

static int copy_is_reserved(sqlite3_file *file, int *reserved) {
    (void)file;
    *reserved = 0;
    return SQLITE_OK;
}

static int copy_control(sqlite3_file *file, int operation, void *argument) {
    (void)file, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int copy_sector(sqlite3_file *file) {
    (void)file;
    return SECTOR;
}

static int copy_traits(sqlite3_file *file) {
    (void)file;
    return 0;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = copy_close,
    .xRead = copy_read,
    .xWrite = copy_write,
    .xTruncate = copy_truncate,
    .xSync = copy_sync,
    .xFileSize = copy_size,
    .xLock = copy_lock,
    .xUnlock = copy_lock,
    .xCheckReservedLock = copy_is_reserved,
    .xFileControl = copy_control,
    .xSectorSize = copy_sector,
    .xDeviceCharacteristics = copy_traits,
};

// ---- the file system -----------------------------------------------------------------------------

static int open_copy(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *opened) {
    CopyFile *copy = copy_of(file);
    (void)vfs;
    *copy = (CopyFile){0};
    if (name == NULL || !(flags & SQLITE_OPEN_MAIN_DB)) return SQLITE_CANTOPEN;
    copy->descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, COPY_MODE);
    if (copy->descriptor < 0) return SQLITE_CANTOPEN;
    copy->buffer = memory_alloc(BUFFER);
    copy->base.pMethods = &METHODS;
    if (opened != NULL) *opened = flags;
    return SQLITE_OK;
}

// SQLite's own in all but its files, by a name that no other writer has.
int sqlite_write_open(SqliteWriter *writer, const char *path) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    *writer = (SqliteWriter){.files = *sqlite3_vfs_find(NULL)};
    snprintf(writer->name, sizeof writer->name, "weft-copy-%p", (void *)writer);
    writer->files.pNext = NULL;
    writer->files.zName = writer->name;
    writer->files.szOsFile = sizeof(CopyFile);
    writer->files.xOpen = open_copy;
    int code = sqlite3_vfs_register(&writer->files, 0);
    if (code == SQLITE_OK) code = sqlite3_open_v2(path, &writer->connection, flags, writer->name);
    if (code != SQLITE_OK) return code;
    // A copy that a crash cuts short is thrown away: it needs no journal.
    return sqlite3_exec(writer->connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
}

int sqlite_write_finish(SqliteWriter *writer, PageSum *sum) {
    sqlite3_file *file;
    int code = sqlite3_file_control(writer->connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK) return code;
    CopyFile *copy = copy_of(file);
    if ((code = flush(copy)) != SQLITE_OK) return code;
    *sum = copy->sum;
    sum->bytes = (uint64_t)copy->end;
    return SQLITE_OK;
}

void sqlite_write_close(SqliteWriter *writer) {
    sqlite3_close_v2(writer->connection);
    sqlite3_vfs_unregister(&writer->files);
}
