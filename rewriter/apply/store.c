// The folder .weft. In: a root. Out: its parts, made as needed. Must never delete the bytes of a run
// that can still be taken back; who that is, the callers know.
#include "apply/store.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "apply/lock.h"
#include "base/file.h"
#include "base/path.h"

enum { STORE_FILE_MODE = 0644, OBJECT_MODE = 0600 };

static Str below(Store *store, const char *name) {
    return arena_copy(&store->arena, path_join(&store->arena, store->folder, str_from(name)));
}

void store_name(Store *store, Str root) {
    *store = (Store){.root = root, .lock = -1};
    store->folder = arena_copy(&store->arena, path_join(&store->arena, root, STR(".weft")));
}

void store_close(Store *store) {
    if (store->lock >= 0) close(store->lock);
    arena_release(&store->arena);
}

bool store_exists(const Store *store) {
    struct stat status;
    return lstat(store->folder.data, &status) == 0 && S_ISDIR(status.st_mode);
}

// ---- opening -------------------------------------------------------------------------------------

static bool make_ignore(Store *store) {
    Str path = below(store, ".gitignore");
    struct stat status;
    if (lstat(path.data, &status) == 0) return true;
    return files_write(&store->files, path, STR("*\n"), STORE_FILE_MODE, NULL);
}

static bool make_folders(Store *store) {
    return make_ignore(store) && files_make_folder(&store->files, below(store, "objects")) &&
           files_make_folder(&store->files, below(store, "runs")) &&
           files_sync_folder(&store->files, store->folder) &&
           files_sync_folder(&store->files, store->root);
}

static bool report(Store *store, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(store->folder), strerror(errno));
    diagnostic_help(diagnostics, "weft keeps there what it needs to take its changes back");
    return false;
}

bool store_open(Store *store, Str command, Diagnostics *diagnostics) {
    Str holder;
    if (!files_make_folder(&store->files, store->folder)) return report(store, diagnostics);
    if (!store_exists(store)) {
        errno = ENOTDIR;
        return report(store, diagnostics);
    }
    switch (lock_take(&store->arena, below(store, "lock"), command, &store->lock, &holder)) {
    case LOCK_TAKEN: return make_folders(store) || report(store, diagnostics);
    case LOCK_FAILED: return report(store, diagnostics);
    case LOCK_HELD: break;
    }
    diagnostic_add(diagnostics, DIAGNOSTIC_E605, SPAN_NONE, "another weft works on this tree");
    diagnostic_note(diagnostics, "%.*s", STR_ARG(holder));
    diagnostic_help(diagnostics, "wait until it has finished");
    return false;
}

bool store_is_held(Store *store, Str *holder) {
    return lock_is_held(&store->arena, below(store, "lock"), holder);
}

// ---- objects -------------------------------------------------------------------------------------

static Str object_path(const Store *store, Arena *arena, const BlobId *id) {
    return arena_format(arena, "%.*s/objects/%s", STR_ARG(store->folder), blob_id_text(id).digits);
}

bool store_get(const Store *store, Arena *arena, const BlobId *id, Str *bytes) {
    FileResult found = file_read(arena, object_path(store, arena, id), 0, bytes, NULL);
    if (found == FILE_NOT_REGULAR) errno = EIO;
    if (found != FILE_OK) return false;
    BlobId real = blob_id_of(*bytes);
    if (blob_id_equal(&real, id)) return true;
    errno = EIO;
    return false;
}

bool store_put(Store *store, const BlobId *id, Str bytes) {
    Arena scratch = {0};
    Str kept;
    bool good = store_get(store, &scratch, id, &kept); // a torn one is written again
    if (!good)
        good =
            files_write(&store->files, object_path(store, &scratch, id), bytes, OBJECT_MODE, NULL);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return good;
}

bool store_sync_objects(Store *store) {
    return files_sync_folder(&store->files, below(store, "objects"));
}

// ---- runs ----------------------------------------------------------------------------------------

static int compare_numbers(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

// The number that a folder is named after; 0 for any other name.
static uint32_t run_number(const char *name) {
    uint32_t number = 0;
    size_t length = strlen(name);
    if (length < 6 || length > 9) return 0;
    for (size_t i = 0; i < length; i++) {
        if (name[i] < '0' || name[i] > '9') return 0;
        number = number * 10 + (uint32_t)(name[i] - '0');
    }
    return number;
}

Str store_run_folder(Store *store, uint32_t run) {
    return arena_format(&store->arena, "%.*s/runs/%06u", STR_ARG(store->folder), run);
}

bool store_has_run(Store *store, uint32_t run) {
    struct stat status;
    Str folder = store_run_folder(store, run);
    return lstat(path_join(&store->arena, folder, STR("journal")).data, &status) == 0;
}

static bool list_folders(Store *store, RunNumbers *numbers) {
    DIR *stream = opendir(below(store, "runs").data);
    if (stream == NULL) return errno == ENOENT;
    for (const struct dirent *entry; (errno = 0, entry = readdir(stream));) {
        uint32_t number = run_number(entry->d_name);
        if (number > 0) vec_add(numbers, number);
    }
    bool good = errno == 0;
    closedir(stream);
    if (numbers->count > 1)
        qsort(numbers->items, numbers->count, sizeof *numbers->items, compare_numbers);
    return good;
}

bool store_list_runs(Store *store, RunNumbers *numbers) {
    if (!list_folders(store, numbers)) return false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < numbers->count; i++)
        if (store_has_run(store, numbers->items[i])) numbers->items[kept++] = numbers->items[i];
    numbers->count = kept;
    return true;
}

bool store_remove_run(Store *store, uint32_t run) {
    static const char *const names[] = {"journal", "journal.new", "plan.json"};
    Str folder = store_run_folder(store, run);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!files_remove(&store->files, path_join(&store->arena, folder, str_from(names[i]))))
            return false;
    return files_remove_folder(&store->files, folder);
}

bool store_sweep_runs(Store *store) {
    RunNumbers numbers = {0};
    bool good = list_folders(store, &numbers);
    for (uint32_t i = 0; i < numbers.count && good; i++)
        if (!store_has_run(store, numbers.items[i])) good = store_remove_run(store, numbers.items[i]);
    vec_release(&numbers);
    return good;
}

static bool is_kept(const char *name, const BlobId *kept, uint32_t count) {
    BlobId id;
    if (!blob_id_parse(str_from(name), &id)) return true; // not an object
    for (uint32_t i = 0; i < count; i++)
        if (blob_id_equal(&id, &kept[i])) return true;
    return false;
}

int store_remove_objects(Store *store, const BlobId *kept, uint32_t count) {
    Str folder = below(store, "objects");
    DIR *stream = opendir(folder.data);
    if (stream == NULL) return errno == ENOENT ? 0 : -1;
    int removed = 0;
    bool good = true;
    for (const struct dirent *entry; good && (errno = 0, entry = readdir(stream));) {
        if (entry->d_name[0] == '.' || is_kept(entry->d_name, kept, count)) continue;
        good =
            files_remove(&store->files, path_join(&store->arena, folder, str_from(entry->d_name)));
        removed += good;
    }
    good = good && errno == 0;
    int error = errno;
    closedir(stream);
    errno = error;
    return good ? removed : -1;
}
