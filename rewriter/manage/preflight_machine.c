// What the machine has. In: sizes. Out: answers about memory, disk, programs and processes. What is needed is computed from
// what is there, not guessed: a backup is as large as the database, a rebuilt table at most once more, and so is the log
// of what is written meanwhile.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "manage/preflight.h"

enum { LINK_MOST = 4096, SHOWN_HOLDERS = 3 };
static const uint64_t MIB = UINT64_C(1) << 20;
static const uint64_t LOGS = UINT64_C(64) << 20; // of tasks, and the record
static const uint64_t COPIES = 3;                // backup, rebuild, write-ahead log
static const uint64_t BYTES_A_LINE = 2048; // measured: 46,000 lines of a bot take 40 MB; twice that
static const uint64_t MEMORY_LEAST = UINT64_C(128) << 20;

// ---- memory and disk -----------------------------------------------------------------------------

void preflight_memory(Preflight *preflight, uint64_t lines) {
    uint64_t needed = MEMORY_LEAST + lines * BYTES_A_LINE, free_kib = 0;
    FILE *file = fopen("/proc/meminfo", "r");
    char line[256];
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "MemAvailable:", 13) == 0) free_kib = strtoull(line + 13, NULL, 10);
    if (file != NULL) fclose(file);
    if (free_kib == 0) {
        preflight_add(preflight, "memory", PREFLIGHT_UNKNOWN, "look with `free -m`",
                      "the free memory cannot be told; %llu MiB are needed",
                      (unsigned long long)(needed / MIB));
        return;
    }
    preflight_add(preflight, "memory", free_kib * 1024 >= needed ? PREFLIGHT_PASS : PREFLIGHT_FAIL,
                  "end what is not needed, or use another machine",
                  "%llu MiB are free, %llu MiB are needed", (unsigned long long)(free_kib / 1024),
                  (unsigned long long)(needed / MIB));
}

void preflight_disk(Preflight *preflight, Str folder, uint64_t bytes) {
    struct statvfs status;
    uint64_t needed = bytes * COPIES + LOGS;
    Str path = arena_copy(&preflight->arena, folder);
    if (statvfs(path.data, &status) != 0) {
        preflight_add(preflight, "disk", PREFLIGHT_UNKNOWN, "look with `df -h`",
                      "the free space of '%.*s' cannot be told: %s", STR_ARG(folder),
                      strerror(errno));
        return;
    }
    uint64_t left = (uint64_t)status.f_bavail * status.f_frsize;
    preflight_add(preflight, "disk", left >= needed ? PREFLIGHT_PASS : PREFLIGHT_FAIL,
                  "make room, or let the backup go elsewhere: `weft data apply --backup DIR`",
                  "%llu MiB are free in '%.*s', %llu MiB are needed: backup, rebuilt tables, "
                  "write-ahead log, logs",
                  (unsigned long long)(left / MIB), STR_ARG(folder),
                  (unsigned long long)(needed / MIB));
}

// ---- processes -----------------------------------------------------------------------------------

static bool has_open(const char *process, Str database) {
    char folder[64], link[512], target[LINK_MOST];
    snprintf(folder, sizeof folder, "/proc/%.20s/fd", process);
    DIR *files = opendir(folder);
    bool found = false;
    if (files == NULL) return false; // somebody else's, or gone
    for (struct dirent *entry; !found && (entry = readdir(files)) != NULL;) {
        snprintf(link, sizeof link, "%s/%.300s", folder, entry->d_name);
        ssize_t length = readlink(link, target, sizeof target);
        found = length > 0 && str_equal((Str){target, (size_t)length}, database);
    }
    closedir(files);
    return found;
}

void preflight_holders(Preflight *preflight, Str database) {
    DIR *processes = opendir("/proc");
    StrBuf names = {0};
    uint32_t count = 0;
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        long id = strtol(entry->d_name, NULL, 10);
        if (id <= 0 || id == (long)getpid() || !has_open(entry->d_name, database)) continue;
        if (count++ < SHOWN_HOLDERS) strbuf_addf(&names, "%s%ld", count > 1 ? ", " : "", id);
    }
    if (processes == NULL)
        preflight_add(preflight, "holders", PREFLIGHT_UNKNOWN, "look with `fuser`",
                      "who has the database open cannot be told");
    else if (count > 0)
        preflight_add(preflight, "holders", PREFLIGHT_WARN,
                      "it may go on: phases wait for its locks; end it to be quicker "
                      "(`weft data apply --offline`)",
                      "%u process%s the database open: %s", count, count == 1 ? " has" : "es have",
                      names.data);
    else if (geteuid() == 0)
        preflight_add(preflight, "holders", PREFLIGHT_PASS, "", "no process has the database open");
    else
        preflight_add(preflight, "holders", PREFLIGHT_PASS, "",
                      "no process of this user has the database open");
    strbuf_release(&names);
    if (processes != NULL) closedir(processes);
}

// ---- programs ------------------------------------------------------------------------------------

static bool is_on_path(Preflight *preflight, const char *program) {
    Str rest = str_from(getenv("PATH")), folder;
    while (str_split_next(&rest, ':', &folder)) {
        Str path = path_join(&preflight->arena, folder, str_from(program));
        if (access(arena_copy(&preflight->arena, path).data, X_OK) == 0) return true;
    }
    return false;
}

void preflight_backup(Preflight *preflight, DataEngine engine) {
    static const char *const programs[ENGINE_COUNT][2] = {
        [ENGINE_POSTGRESQL] = {"pg_dump", "pg_restore"},
        [ENGINE_MARIADB] = {"mariadb-dump", "mariadb"},
    };
    for (int i = 0; i < 2 && programs[engine][i] != NULL; i++) {
        if (is_on_path(preflight, programs[engine][i])) continue;
        preflight_add(preflight, "backup", PREFLIGHT_FAIL,
                      "install the clients of the server, in the server's version",
                      "'%s' is not on the PATH: no backup can be made and tried",
                      programs[engine][i]);
        return;
    }
    preflight_add(preflight, "backup", PREFLIGHT_PASS, "",
                  "a backup can be made; data-expand compares it with the database before anything "
                  "changes");
}
