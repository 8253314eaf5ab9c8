// Any bytes as the folder .weft of a tree, on a disk: what a stranger may hand over, and what this user's weft has
// signed and the disk or a person has damaged since. It must neither crash nor leak; nothing outside of the tree
// is made, changed or removed, also not through a link; and by a run of somebody else nothing changes at all.
//
// An input is one byte and then parts, each after a line "# file: NAME": `journal`, `plan.json` and `objects` are
// those of run 1, other names are files of the tree. The byte says what is done (resume, rollback, merge, prune),
// whether the journal gets the digests of this user's key, and whether a person takes over what is foreign. In a
// journal that is signed, "$PLAN" is the digest of the plan.
//
// The tree lies in /dev/shm: WEFT_FUZZ_FOLDER names another place.
#include "limit.h"

#include <errno.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/apply.h"
#include "apply/history.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MARK STR("# file: ")
#define SECRET "of somebody else\n"

enum { DO_RESUME, DO_ROLLBACK, DO_MERGE, DO_PRUNE, COMMANDS };
enum { SIGNED = 4, ADOPTED = 8, OPEN_DESCRIPTORS = 16 };

static struct {
    Arena arena;
    Str folder, tree, outside;
    DigestKey key;
    bool adopts;
} scene;

static _Noreturn void fail(const char *what, Str path) {
    fprintf(stderr, "%s: %.*s\n", what, STR_ARG(path));
    abort();
}

// ---- the place -------------------------------------------------------------------------------------
static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static void clear_tree(void) {
    nftw(scene.tree.data, remove_one, OPEN_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
    if (mkdir(scene.tree.data, 0700) != 0) fail("cannot make the tree", scene.tree);
}

static void make_folder(Arena *arena, Str path) {
    Str folder = path_dirname(path);
    if (mkdir(arena_copy(arena, folder).data, 0700) == 0 || errno == EEXIST) return;
    if (errno != ENOENT || folder.length <= scene.tree.length) return;
    make_folder(arena, folder);
    mkdir(arena_copy(arena, folder).data, 0700);
}

// A path that cannot be is left out.
static void write_file(Str path, Str bytes, mode_t mode) {
    Arena arena = {0};
    make_folder(&arena, path);
    FILE *file = fopen(arena_copy(&arena, path).data, "wb");
    if (file != NULL) {
        fwrite(bytes.data, 1, bytes.length, file);
        fchmod(fileno(file), mode);
        fclose(file);
    }
    arena_release(&arena);
}

static void remove_scene(void) {
    nftw(scene.folder.data, remove_one, OPEN_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static void make_scene(void) {
    if (scene.folder.length > 0) return;
    const char *place = getenv("WEFT_FUZZ_FOLDER");
    Arena *arena = &scene.arena;
    scene.folder = arena_format(arena, "%s/weft-fuzz-XXXXXX", place != NULL ? place : "/dev/shm");
    if (mkdtemp((char *)scene.folder.data) == NULL) fail("cannot make a folder", scene.folder);
    atexit(remove_scene);
    scene.tree = path_join(arena, scene.folder, STR("tree"));
    scene.outside = path_join(arena, scene.folder, STR("outside"));
    Str state = path_join(arena, scene.folder, STR("state"));
    memset(scene.key.bytes, 7, sizeof scene.key.bytes);
    Digest digits;
    memcpy(digits.bytes, scene.key.bytes, sizeof digits.bytes);
    mkdir(scene.outside.data, 0700);
    mkdir(state.data, 0700);
    write_file(path_join(arena, scene.outside, STR("victim")), STR(SECRET), 0600);
    write_file(path_join(arena, state, STR("weft/key")),
               arena_format(arena, "weft-key 1\n%s\n", digest_text(&digits).digits), 0600);
    setenv("XDG_STATE_HOME", state.data, 1);
}

// ---- the input ---------------------------------------------------------------------------------------
static void add_replaced(StrBuf *out, Str text, Str word, Str by) {
    while (text.length > 0) {
        if (str_starts_with(text, word)) {
            strbuf_add(out, by);
            text = str_slice(text, word.length, text.length);
        } else {
            strbuf_add_char(out, text.data[0]);
            text = str_slice(text, 1, text.length);
        }
    }
}

// Each line of TEXT with the keyed digest that a record starts with.
static Str sign(Arena *arena, Str text, Str plan) {
    StrBuf out = {0}, line_text = {0};
    Digest chain = {{0}}, digest = digest_of(plan);
    for (Str line; str_split_next(&text, '\n', &line);) {
        if (line.length == 0) continue;
        strbuf_clear(&line_text);
        add_replaced(&line_text, line, STR("$PLAN"), str_from(digest_text(&digest).digits));
        chain = digest_keyed(&scene.key, (Str){(const char *)chain.bytes, sizeof chain.bytes},
                             strbuf_str(&line_text));
        strbuf_addf(&out, "%s ", digest_text(&chain).digits);
        strbuf_add(&out, strbuf_str(&line_text));
        strbuf_add_char(&out, '\n');
    }
    Str kept = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    strbuf_release(&line_text);
    return kept;
}

typedef struct Parts {
    Str journal, plan, objects;
} Parts;

static void add_part(Arena *arena, Str name, Str bytes, Parts *parts) {
    if (str_is(name, "journal")) {
        parts->journal = bytes;
    } else if (str_is(name, "plan.json")) {
        parts->plan = bytes;
    } else if (str_is(name, "objects")) {
        parts->objects = bytes;
    } else if (name.length > 0 && name.length < 200 && name.data[0] != '/' &&
               str_find(name, '\0') < 0 && path_stays_inside(scene.tree, path_join(arena, scene.tree, name))) {
        write_file(path_join(arena, scene.tree, name), bytes, 0644);
    }
}

static void read_parts(Arena *arena, Str input, Parts *parts) {
    while (input.length > 0) {
        Str line, name;
        if (!str_split_next(&input, '\n', &line)) return;
        if (!str_starts_with(line, MARK)) continue;
        name = str_trim(str_slice(line, MARK.length, line.length));
        size_t end = 0;
        while (end < input.length &&
               !(str_starts_with(str_slice(input, end, input.length), MARK) &&
                 (end == 0 || input.data[end - 1] == '\n')))
            end++;
        // The line end before the next mark is the mark's.
        bool more = end > 0 && end < input.length;
        add_part(arena, name, str_slice(input, 0, more ? end - 1 : end), parts);
        input = str_slice(input, end, input.length);
    }
}

static void make_tree(Arena *arena, Str input, bool is_signed) {
    Parts parts = {STR_NONE, STR_NONE, STR_NONE};
    Str store = path_join(arena, scene.tree, STR(".weft"));
    clear_tree();
    if (symlink("../outside", path_join(arena, scene.tree, STR("link")).data) != 0)
        fail("cannot make a link in", scene.tree);
    read_parts(arena, input, &parts);
    Str journal = is_signed ? sign(arena, parts.journal, parts.plan) : parts.journal;
    write_file(path_join(arena, store, STR("runs/000001/journal")), journal, 0600);
    write_file(path_join(arena, store, STR("runs/000001/plan.json")), parts.plan, 0600);
    write_file(path_join(arena, store, STR("objects/000001")), parts.objects, 0600);
}

// ---- judgement -----------------------------------------------------------------------------------------
static StrBuf seen; // what walk_one has seen
static bool skips_store;

static int walk_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)kind, (void)place;
    Str name = str_from(path);
    if (skips_store && str_starts_with(str_slice(name, scene.tree.length, name.length), STR("/.weft")))
        return 0;
    strbuf_addf(&seen, "%s %o %lld", path, (unsigned)status->st_mode,
                S_ISREG(status->st_mode) ? (long long)status->st_size : 0);
    if (S_ISREG(status->st_mode)) {
        Arena arena = {0};
        Str bytes;
        if (file_read(&arena, name, 0, &bytes, NULL) == FILE_OK) {
            Digest digest = digest_of(bytes);
            strbuf_addf(&seen, " %s", digest_text(&digest).digits);
        }
        arena_release(&arena);
    }
    strbuf_add_char(&seen, '\n');
    return 0;
}

// All that lies in FOLDER, with modes and bytes; without .weft.
static Str snapshot(Arena *arena, Str folder) {
    skips_store = str_equal(folder, scene.tree);
    strbuf_clear(&seen);
    nftw(folder.data, walk_one, OPEN_DESCRIPTORS, FTW_PHYS);
    return arena_copy(arena, strbuf_str(&seen));
}

static bool adopt(void *context, const Journal *runs, uint32_t count) {
    (void)context, (void)runs, (void)count;
    return scene.adopts;
}

static void prune(const ApplyControl *control, Diagnostics *diagnostics) {
    Store store;
    uint32_t runs, objects;
    store_name(&store, scene.tree);
    if (store_open(&store, control->command, diagnostics))
        history_prune(&store, 0, &runs, &objects, diagnostics);
    store_close(&store);
}

static void carry_out(unsigned choice, Diagnostics *diagnostics) {
    ApplyControl control = {.command = STR("fuzz"), .no_sync = true, .allow_dirty = true, .adopt = adopt};
    ApplyReport report;
    scene.adopts = choice & ADOPTED;
    switch (choice % COMMANDS) {
    case DO_RESUME: apply_resume(scene.tree, &control, &report, diagnostics); break;
    case DO_PRUNE: prune(&control, diagnostics); break;
    default:
        apply_rollback(scene.tree, 0, &(UndoHow){.merge = choice % COMMANDS == DO_MERGE}, &control,
                       &report, diagnostics);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    Arena arena = {0};
    Diagnostics diagnostics = {0};
    if (size == 0) return 0;
    unsigned choice = data[0];
    make_scene();
    make_tree(&arena, (Str){(const char *)data + 1, size - 1}, choice & SIGNED);
    Str tree = snapshot(&arena, scene.tree), outside = snapshot(&arena, scene.outside);
    carry_out(choice, &diagnostics);
    if (!str_equal(outside, snapshot(&arena, scene.outside)))
        fail("something outside of the tree changed", outside);
    if (!(choice & (SIGNED | ADOPTED)) && !str_equal(tree, snapshot(&arena, scene.tree)))
        fail("a run of somebody else was followed", tree);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
    limit_check(start);
    return 0;
}
