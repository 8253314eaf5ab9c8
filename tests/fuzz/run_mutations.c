// Runs a fuzz target without libFuzzer over a corpus, each input as it is and then changed by the target's own mutator,
// the same changes each time: a slice of what libFuzzer does, for every test run.
//
//     fuzz_pipeline_slice CORPUS CHANGES [FILE]
//
// FILE has the last input when it ends.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "mutate_python.h"

enum { MAX_SIZE = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t state = 1;

static uint32_t next(void) {
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state;
}

// One byte becomes another, as libFuzzer would do it.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) {
    (void)max_size;
    if (size > 0) data[next() % size] = (uint8_t)next();
    return size;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void run_one(const uint8_t *data, size_t size, const char *kept) {
    FILE *file = kept != NULL ? fopen(kept, "wb") : NULL;
    if (file != NULL) {
        fwrite(data, 1, size, file);
        fclose(file);
    }
    LLVMFuzzerTestOneInput(data, size);
}

// Changes build on each other, and begin anew now and then.
static void run_input(Str input, unsigned changes, const char *kept) {
    uint8_t data[MAX_SIZE];
    size_t size = 0;
    run_one((const uint8_t *)input.data, input.length, kept);
    for (unsigned i = 0; i < changes; i++) {
        if (i % 4 == 0) {
            size = input.length < MAX_SIZE ? input.length : MAX_SIZE;
            memcpy(data, input.data, size);
        }
        size = LLVMFuzzerCustomMutator(data, size, MAX_SIZE, next());
        run_one(data, size, kept);
    }
}

int main(int argc, char **argv) {
    Arena arena = {0};
    Vec(char *) names = {0};
    DIR *folder = argc == 3 || argc == 4 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        fprintf(stderr, "usage: run_mutations FOLDER CHANGES [FILE]\n");
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            *vec_push(&names) = (char *)arena_format(&arena, "%s/%s", argv[1], entry->d_name).data;
    closedir(folder);
    qsort(names.items, names.count, sizeof *names.items, compare_names);
    for (uint32_t i = 0; i < names.count; i++) {
        Str bytes;
        if (file_read(&arena, str_from(names.items[i]), 0, &bytes, NULL) != FILE_OK) return 1;
        run_input(bytes, (unsigned)atoi(argv[2]), argv[3]);
    }
    printf("%u inputs\n", names.count);
    bool any = names.count > 0;
    vec_release(&names);
    arena_release(&arena);
    return any ? 0 : 1;
}
