// Names that are numbers. In: a folder. Out: the numbers, in order. Changes nothing.
#include "apply/numbered.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LEAST_DIGITS = 6, MOST_DIGITS = 9 };

static int compare_numbers(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

// The number that NAME is; 0 for any other name.
static uint32_t number_of(const char *name) {
    uint32_t number = 0;
    size_t length = strlen(name);
    if (length < LEAST_DIGITS || length > MOST_DIGITS) return 0;
    for (size_t i = 0; i < length; i++) {
        if (name[i] < '0' || name[i] > '9') return 0;
        number = number * 10 + (uint32_t)(name[i] - '0');
    }
    return number;
}

bool numbered_list(const Files *files, Str folder, Numbers *numbers) {
    int fd = beneath_open(files->root, folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return errno == ENOENT;
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        close(fd);
        return false;
    }
    for (const struct dirent *entry; (errno = 0, entry = readdir(stream));) {
        uint32_t number = number_of(entry->d_name);
        if (number > 0) vec_add(numbers, number);
    }
    int error = errno;
    closedir(stream);
    if (numbers->count > 1)
        qsort(numbers->items, numbers->count, sizeof *numbers->items, compare_numbers);
    errno = error;
    return error == 0;
}
