// In: the kernel's numbers. Out: thousandths. What cannot be told passes no limit.
#include "manage/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum { WHOLE = 1000 };

int64_t limits_disk_used(Str folder) {
    struct statvfs status;
    Arena scratch = {0};
    bool good = statvfs(arena_copy(&scratch, folder).data, &status) == 0 && status.f_blocks > 0;
    arena_release(&scratch);
    return good ? (int64_t)((status.f_blocks - status.f_bavail) * WHOLE / status.f_blocks) : -1;
}

int64_t limits_memory_used(void) {
    int64_t total = 0, available = 0;
    char line[256];
    FILE *file = fopen("/proc/meminfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "MemTotal:", 9) == 0) total = strtoll(line + 9, NULL, 10);
        if (strncmp(line, "MemAvailable:", 13) == 0) available = strtoll(line + 13, NULL, 10);
    }
    if (file != NULL) fclose(file);
    return total > 0 ? (total - available) * WHOLE / total : -1;
}

const char *limits_passed(const Limits *limits, Str folder) {
    if (limits->disk >= 0 && limits_disk_used(folder) > limits->disk) return "disk_usage";
    if (limits->memory >= 0 && limits_memory_used() > limits->memory) return "memory_usage";
    return NULL;
}
