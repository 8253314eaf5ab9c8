// Runs a fuzz target over files without libFuzzer, so that every test run tries the corpus.
#include <dirent.h>
#include <stdio.h>

#include "base/file.h"
#include "base/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool run_file(Arena *arena, const char *folder, const char *name) {
    Str path = arena_format(arena, "%s/%s", folder, name);
    Str bytes;
    if (file_read(arena, path, 0, &bytes, NULL) != FILE_OK) return false;
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.length);
    return true;
}

int main(int argc, char **argv) {
    Arena arena = {0};
    unsigned count = 0;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: run_seeds FOLDER\n");
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.') count += run_file(&arena, argv[1], entry->d_name);
    closedir(folder);
    arena_release(&arena);
    printf("%u inputs\n", count);
    return count > 0 ? 0 : 1;
}
