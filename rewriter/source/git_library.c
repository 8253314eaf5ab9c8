// Start of libgit2. In: nothing. Out: a library that is ready until the process ends. Must never
// run twice: each start would need a shutdown of its own. Never unloaded: threads may still be in it.
#include "source/git_library.h"

#ifndef WEFT_STATIC
#include <dlfcn.h>
#endif
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/bug.h"
#include "base/message.h"
#include "base/path.h"
#include "source/blob_id.h"
#include "source/git_place.h"

GitLibrary libgit2;

#ifdef WEFT_STATIC
// What Kerberos would be (CMakeLists.txt).
_Noreturn void git_library_no_network(void);
void git_library_no_network(void) { BUG("libgit2 authenticates, although nothing is fetched"); }

static void load(void) {
#define X(name) libgit2.name = git_##name;
    GIT_LIBRARY_FUNCTIONS(X)
#undef X
}

bool git_library_is_there(void) { return true; }
#else
enum { UNUSABLE_STATUS = 70 }; // EX_SOFTWARE, as without memory

static _Noreturn void give_up(void) {
    message_print(stderr, "weft: libgit2 cannot be used: %s\n", dlerror());
    exit(UNUSABLE_STATUS);
}

// ISO C has no conversion from what dlsym gives to a pointer to a function; POSIX promises that the
// bytes are the same.
static void find(void *library, const char *name, void *function, size_t size) {
    void *found = dlsym(library, name);
    if (found == NULL) give_up();
    memcpy(function, &found, size);
}

// The version that this program was compiled for; another one may differ in its structures.
static void *open_library(void) {
    return dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
}

// A libgit2 that has mbedTLS reads the certificates of the machine when it starts, 140 of them, for transports that
// weft never uses; that takes longer than all else that it does here. Whoever asks for them finds these functions of
// the program first, which say that there are none.
#define NO_CERTIFICATE (-1)
int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
    (void)chain;
    (void)path;
    return NO_CERTIFICATE;
}
int mbedtls_x509_crt_parse_path(void *chain, const char *path);
int mbedtls_x509_crt_parse_path(void *chain, const char *path) {
    (void)chain;
    (void)path;
    return NO_CERTIFICATE;
}

// It also hashes both texts of each patch, to see whether they are the same, and looks for collisions meanwhile. Here,
// too, it finds a function of the program, which does not look (blob_id.c).
int git_odb_hash(git_oid *id, const void *data, size_t length, git_object_t type) {
    static const char *const KINDS[] = {
        [GIT_OBJECT_COMMIT] = "commit", [GIT_OBJECT_TREE] = "tree", [GIT_OBJECT_BLOB] = "blob", [GIT_OBJECT_TAG] = "tag"};
    bool known = type >= GIT_OBJECT_COMMIT && type <= GIT_OBJECT_TAG;
    if (!known) return GIT_ERROR;
    BlobId found = blob_id_of_kind(KINDS[type], (Str){data, length});
    memcpy(id->id, found.bytes, sizeof found.bytes);
    return 0;
}

static void load(void) {
    void *library = open_library();
    if (library == NULL) give_up();
#define X(name) find(library, "git_" #name, &libgit2.name, sizeof libgit2.name);
    GIT_LIBRARY_FUNCTIONS(X)
#undef X
}

bool git_library_is_there(void) {
    void *library = open_library();
    if (library != NULL) dlclose(library);
    return library != NULL;
}
#endif

enum { LARGEST_KEPT = 16 << 20 }; // bytes of a tree object; libgit2 keeps 256 MB of objects at most

static void start(void) {
    load();
    if (libgit2.libgit2_init() < 0) BUG("libgit2 does not start: %s", git_library_error());
    // weft runs no hook and no program that a repository names, so a tree that belongs to another
    // user is as safe to read as any folder.
    libgit2.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    // A folder of many files is looked up once for each of them, and libgit2 keeps none that is larger than 4 KB.
    libgit2.libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, (size_t)LARGEST_KEPT);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *start_beside(void *unused) {
    pthread_once(&once, start);
    return unused;
}

void git_library_start(void) { pthread_once(&once, start); }

void git_library_prepare(void) {
    pthread_t thread;
    // Without a thread the library starts when it is needed.
    if (pthread_create(&thread, NULL, start_beside, NULL) == 0) pthread_detach(thread);
}

bool git_library_has_use(Str folder) {
    Arena arena = {0};
    bool found = false;
    struct stat status;
    for (Str at = folder; !found && at.length > 0; at = path_dirname(at)) {
        found = lstat(path_join(&arena, at, STR(".git")).data, &status) == 0;
        if (str_is(at, "/")) break;
    }
    arena_release(&arena);
    return found;
}

static _Thread_local bool refused; // the repository that this thread asked for last

int git_library_open(git_repository **repository, Str folder) {
    Arena arena = {0};
    git_library_start();
    *repository = NULL;
    refused = !git_place_is_plain(folder);
    int result = refused ? GIT_ERROR
                         : libgit2.repository_open_ext(repository, arena_copy(&arena, folder).data, 0, NULL);
    arena_release(&arena);
    return result;
}

const char *git_library_error(void) {
    if (refused) return "something in the repository is no regular file";
    const git_error *error = libgit2.error_last();
    return error && error->message ? error->message : "no details";
}
