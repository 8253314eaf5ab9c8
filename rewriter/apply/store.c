// The folder .weft. In: a root. Out: its parts, made as needed. Must never delete the bytes of a run
// that can still be taken back; who that is, the callers know.
#include "apply/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "apply/lock.h"
#include "apply/trust.h"
#include "base/path.h"

enum { STORE_MODE = 0700, STORE_FILE_MODE = 0644 };

static Str below(Store *store, const char *name) {
    return arena_copy(&store->arena, path_join(&store->arena, store->folder, str_from(name)));
}

void store_name(Store *store, Str root) {
    *store = (Store){.root = root, .lock = -1};
    store->folder = STR(".weft");
    store->files.root = beneath_root(root);
    // What root makes in a tree of somebody else belongs to them.
    struct stat status;
    if (geteuid() == 0 && store->files.root >= 0 && fstat(store->files.root, &status) == 0 &&
        status.st_uid != 0) {
        store->files.gives_away = true;
        store->files.user = status.st_uid;
        store->files.group = status.st_gid;
    }
    store->objects = (Objects){.files = &store->files, .folder = below(store, "objects")};
}

void store_close(Store *store) {
    if (store->lock >= 0) close(store->lock);
    if (store->files.root >= 0) close(store->files.root);
    objects_release(&store->objects);
    arena_release(&store->arena);
}

bool store_exists(const Store *store) {
    struct stat status;
    return beneath_status(store->files.root, store->folder, &status);
}

bool store_check(Store *store, Diagnostics *diagnostics) {
    return trust_folder(&store->files, store->root, store->folder, diagnostics);
}

const Key *store_key(Store *store, Diagnostics *diagnostics) {
    if (!store->key_is_known) store->key_is_known = key_find(store->root, &store->key, diagnostics);
    return store->key_is_known ? &store->key : NULL;
}

bool store_make_key(Store *store, Diagnostics *diagnostics) {
    if (store->key.exists) return true;
    store->key_is_known = key_make(store->root, &store->key, diagnostics);
    return store->key_is_known;
}

// ---- opening -------------------------------------------------------------------------------------

static bool make_ignore(Store *store) {
    Str path = below(store, ".gitignore");
    struct stat status;
    if (beneath_status(store->files.root, path, &status)) return true;
    return files_write(&store->files, path, STR("*\n"), STORE_FILE_MODE);
}

static bool make_folders(Store *store) {
    return make_ignore(store) &&
           files_make_folder(&store->files, below(store, "objects"), STORE_MODE) &&
           files_make_folder(&store->files, below(store, "runs"), STORE_MODE) &&
           files_sync_folder(&store->files, store->folder) &&
           files_sync_folder(&store->files, STR(""));
}

static bool report(Store *store, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(store->folder), strerror(errno));
    diagnostic_help(diagnostics, "weft keeps there what it needs to take its changes back");
    return false;
}

bool store_open(Store *store, Str command, Diagnostics *diagnostics) {
    Str holder;
    if (!store_check(store, diagnostics)) return false;
    if (!files_make_folder(&store->files, store->folder, STORE_MODE))
        return report(store, diagnostics);
    switch (lock_take(&store->files, &store->arena, below(store, "lock"), command, &store->lock,
                      &holder)) {
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
    return lock_is_held(&store->files, &store->arena, below(store, "lock"), holder);
}

// ---- runs ----------------------------------------------------------------------------------------

Str store_run_folder(Store *store, uint32_t run) {
    return arena_format(&store->arena, "%.*s/runs/" NUMBERED_NAME, STR_ARG(store->folder), run);
}

bool store_has_run(Store *store, uint32_t run) {
    struct stat status;
    Str folder = store_run_folder(store, run);
    return beneath_status(store->files.root, path_join(&store->arena, folder, STR("journal")),
                          &status);
}

bool store_list_runs(Store *store, Numbers *numbers) {
    if (!numbered_list(&store->files, below(store, "runs"), numbers)) return false;
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
    Numbers numbers = {0};
    bool good = numbered_list(&store->files, below(store, "runs"), &numbers);
    for (uint32_t i = 0; i < numbers.count && good; i++)
        if (!store_has_run(store, numbers.items[i]))
            good = store_remove_run(store, numbers.items[i]);
    vec_release(&numbers);
    return good;
}
