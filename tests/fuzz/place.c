// The lines of a snapshot are sorted: a folder lists its files in the order in which they came.
#include "place.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/vec.h"

enum { OPEN_DESCRIPTORS = 16 };

static Place scene;

_Noreturn void place_fail(const char *what, Str about) {
    fprintf(stderr, "%s: %.*s\n", what, STR_ARG(about));
    abort();
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

void place_clear_tree(void) {
    place_get();
    nftw(scene.tree.data, remove_one, OPEN_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
    if (mkdir(scene.tree.data, 0700) != 0) place_fail("cannot make the tree", scene.tree);
}

static void make_folder(Arena *arena, Str path) {
    Str folder = path_dirname(path);
    if (mkdir(arena_copy(arena, folder).data, 0700) == 0 || errno == EEXIST) return;
    if (errno != ENOENT || folder.length <= scene.tree.length) return;
    make_folder(arena, folder);
    mkdir(arena_copy(arena, folder).data, 0700);
}

bool place_write(Str path, Str bytes, mode_t mode) {
    Arena arena = {0};
    make_folder(&arena, path);
    FILE *file = fopen(arena_copy(&arena, path).data, "wb");
    bool good = file != NULL;
    if (good) {
        fwrite(bytes.data, 1, bytes.length, file);
        fchmod(fileno(file), mode);
        fclose(file);
    }
    arena_release(&arena);
    return good;
}

static void remove_scene(void) {
    nftw(scene.folder.data, remove_one, OPEN_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static void make_place(void) {
    const char *place = getenv("WEFT_FUZZ_FOLDER");
    Arena *arena = &scene.arena;
    scene.folder = arena_format(arena, "%s/weft-fuzz-XXXXXX", place != NULL ? place : "/dev/shm");
    if (mkdtemp((char *)scene.folder.data) == NULL)
        place_fail("cannot make a folder", scene.folder);
    atexit(remove_scene);
    scene.tree = path_join(arena, scene.folder, STR("tree"));
    scene.outside = path_join(arena, scene.folder, STR("outside"));
    Str state = path_join(arena, scene.folder, STR("state"));
    memset(scene.key.bytes, 7, sizeof scene.key.bytes);
    Digest digits;
    memcpy(digits.bytes, scene.key.bytes, sizeof digits.bytes);
    mkdir(scene.outside.data, 0700);
    mkdir(state.data, 0700);
    place_write(path_join(arena, scene.outside, STR("victim")), STR("of somebody else\n"), 0600);
    place_write(path_join(arena, state, STR("weft/key")),
                arena_format(arena, "weft-key 1\n%s\n", digest_text(&digits).digits), 0600);
    setenv("XDG_STATE_HOME", state.data, 1);
}

const Place *place_get(void) {
    if (scene.folder.length == 0) make_place();
    return &scene;
}

// ---- snapshots -----------------------------------------------------------------------------------
static Vec(Str) lines;
static Arena *lines_arena;
static bool skips_store;

static int walk_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)kind, (void)place;
    Str name = str_from(path), bytes;
    if (skips_store &&
        str_starts_with(str_slice(name, scene.tree.length, name.length), STR("/.weft")))
        return 0;
    StrBuf line = {0};
    strbuf_addf(&line, "%s %o", path, (unsigned)status->st_mode);
    Arena arena = {0};
    if (S_ISREG(status->st_mode) && file_read(&arena, name, 0, &bytes, NULL) == FILE_OK) {
        Digest digest = digest_of(bytes);
        strbuf_addf(&line, " %s", digest_text(&digest).digits);
    }
    *vec_push(&lines) = arena_copy(lines_arena, strbuf_str(&line));
    arena_release(&arena);
    strbuf_release(&line);
    return 0;
}

static int compare_lines(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

Str place_snapshot(Arena *arena, Str folder) {
    StrBuf text = {0};
    skips_store = str_equal(folder, scene.tree);
    lines_arena = arena;
    vec_clear(&lines);
    nftw(folder.data, walk_one, OPEN_DESCRIPTORS, FTW_PHYS);
    qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    for (uint32_t i = 0; i < lines.count; i++) {
        strbuf_add(&text, lines.items[i]);
        strbuf_add_char(&text, '\n');
    }
    Str kept = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return kept;
}
