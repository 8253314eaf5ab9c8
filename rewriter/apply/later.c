// The folder .weft/later. In: plan files with the trees that they are for. Out: the same, found again. What
// cannot be read whole, or was not written by this user's weft, is not there. Nothing here is synced: after a
// power failure the phases are planned anew.
#include "apply/later.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "apply/store.h"
#include "base/path.h"

enum { FOLDER_MODE = 0700, FILE_MODE = 0600 };

#define FOLDER STR(".weft/later")
#define HEADER "weft-later 1 " // and a keyed digest

static Str later_path(Arena *arena, Str phase, const BlobId *tree) {
    return path_join(
        arena, FOLDER,
        arena_format(arena, "%.*s-%s.json", STR_ARG(phase), blob_id_text(tree).digits));
}

// The first line of the file: a plan is good for one phase and one tree only.
static Str header_of(Arena *arena, const Key *key, Str phase, const BlobId *tree, Str bytes) {
    Str what = arena_format(arena, HEADER "%.*s %s\n", STR_ARG(phase), blob_id_text(tree).digits);
    Digest digest = digest_keyed(&key->secret, what, bytes);
    return arena_format(arena, HEADER "%s\n", digest_text(&digest).digits);
}

// ---- finding -------------------------------------------------------------------------------------

static bool read_plan(Store *store, const Key *key, Arena *arena, Str phase, const BlobId *tree,
                      Str *bytes) {
    Str text;
    if (beneath_read(arena, store->files.root, later_path(arena, phase, tree), 0, &text, NULL) !=
        FILE_OK)
        return false;
    size_t line = (size_t)(str_find(text, '\n') + 1);
    *bytes = str_slice(text, line, text.length);
    return str_equal(str_slice(text, 0, line), header_of(arena, key, phase, tree, *bytes));
}

bool later_find(Arena *arena, Str root, Str phase, const BlobId *tree, Str *bytes) {
    Store store;
    Diagnostics unsaid = {0}; // an apply will say it
    store_name(&store, root);
    const Key *key = NULL;
    bool found = store_exists(&store) && store_check(&store, &unsaid) &&
                 (key = store_key(&store, &unsaid)) != NULL && key->exists &&
                 read_plan(&store, key, arena, phase, tree, bytes);
    diagnostics_release(&unsaid);
    store_close(&store);
    return found;
}

// ---- keeping -------------------------------------------------------------------------------------

static bool clear_folder(const Files *files, Arena *arena) {
    int fd = beneath_open(files->root, FOLDER, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return errno == ENOENT;
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        close(fd);
        return false;
    }
    bool good = true;
    for (const struct dirent *entry; good && (errno = 0, entry = readdir(stream));)
        if (entry->d_name[0] != '.')
            good = files_remove(files, path_join(arena, FOLDER, str_from(entry->d_name)));
    good = good && errno == 0;
    int error = errno;
    closedir(stream);
    errno = error;
    return good;
}

// Under its name it is whole.
static bool keep_plan(Store *store, Arena *arena, const LaterPlan *plan) {
    Str draft = path_join(arena, FOLDER, STR("draft"));
    StrBuf text = {0};
    strbuf_add(&text, header_of(arena, &store->key, plan->phase, &plan->tree, plan->bytes));
    strbuf_add(&text, plan->bytes);
    bool good = files_write(&store->files, draft, strbuf_str(&text), FILE_MODE) &&
                files_rename(&store->files, draft, later_path(arena, plan->phase, &plan->tree));
    int error = errno;
    strbuf_release(&text);
    errno = error;
    return good;
}

static bool keep_all(Store *store, Arena *arena, const LaterPlans *plans) {
    bool good = clear_folder(&store->files, arena) &&
                (plans->count == 0 || files_make_folder(&store->files, FOLDER, FOLDER_MODE));
    for (uint32_t i = 0; i < plans->count && good; i++)
        good = keep_plan(store, arena, &plans->items[i]);
    return good;
}

bool later_keep(Str root, const LaterPlans *plans, Diagnostics *diagnostics) {
    Arena arena = {0};
    Store store;
    store_name(&store, root);
    store.files.no_sync = true;
    bool good = store_check(&store, diagnostics) && store_make_key(&store, diagnostics);
    if (good && !keep_all(&store, &arena, plans)) {
        good = false;
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write in '%.*s': %s",
                       STR_ARG(FOLDER), strerror(errno));
        diagnostic_note(diagnostics, "the files are changed; the phases after this one are planned "
                                     "anew, and may order imports in another way");
    }
    store_close(&store);
    arena_release(&arena);
    return good;
}
