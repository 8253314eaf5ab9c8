// Any bytes as the folder .weft of a tree, on a disk: what a stranger may hand over, and what this user's weft has
// signed and the disk or a person has damaged since. It must neither crash nor leak; nothing outside of the tree
// is made, changed or removed, also not through a link; and by a run of somebody else nothing changes at all.
//
// An input is one byte and then parts, each after a line "# file: NAME": `journal`, `plan.json` and `objects` are
// those of run 1, other names are files of the tree. The byte says what is done (resume, rollback, merge, prune),
// whether the journal gets the digests of this user's key, and whether a person takes over what is foreign. In a
// journal that is signed, "$PLAN" is the digest of the plan.
//
// The tree lies where place.h has it.
#include "limit.h"

#include <unistd.h>

#include "apply/apply.h"
#include "apply/history.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/path.h"
#include "place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MARK STR("# file: ")

enum { DO_RESUME, DO_ROLLBACK, DO_MERGE, DO_PRUNE, COMMANDS };
enum { SIGNED = 4, ADOPTED = 8 };

static bool adopts;

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
        chain =
            digest_keyed(&place_get()->key, (Str){(const char *)chain.bytes, sizeof chain.bytes},
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
               str_find(name, '\0') < 0 &&
               path_stays_inside(place_get()->tree, path_join(arena, place_get()->tree, name))) {
        place_write(path_join(arena, place_get()->tree, name), bytes, 0644);
    }
}

static void read_parts(Arena *arena, Str input, Parts *parts) {
    while (input.length > 0) {
        Str line, name;
        if (!str_split_next(&input, '\n', &line)) return;
        if (!str_starts_with(line, MARK)) continue;
        name = str_trim(str_slice(line, MARK.length, line.length));
        size_t end = 0;
        while (end < input.length && !(str_starts_with(str_slice(input, end, input.length), MARK) &&
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
    Str store = path_join(arena, place_get()->tree, STR(".weft"));
    place_clear_tree();
    if (symlink("../outside", path_join(arena, place_get()->tree, STR("link")).data) != 0)
        place_fail("cannot make a link in", place_get()->tree);
    read_parts(arena, input, &parts);
    Str journal = is_signed ? sign(arena, parts.journal, parts.plan) : parts.journal;
    place_write(path_join(arena, store, STR("runs/000001/journal")), journal, 0600);
    place_write(path_join(arena, store, STR("runs/000001/plan.json")), parts.plan, 0600);
    place_write(path_join(arena, store, STR("objects/000001")), parts.objects, 0600);
}

// ---- judgement -----------------------------------------------------------------------------------------
static bool adopt(void *context, const Journal *runs, uint32_t count) {
    (void)context, (void)runs, (void)count;
    return adopts;
}

static void prune(const ApplyControl *control, Diagnostics *diagnostics) {
    Store store;
    uint32_t runs, objects;
    store_name(&store, place_get()->tree);
    if (store_open(&store, control->command, diagnostics))
        history_prune(&store, 0, &runs, &objects, diagnostics);
    store_close(&store);
}

static void carry_out(unsigned choice, Diagnostics *diagnostics) {
    ApplyControl control = {
        .command = STR("fuzz"), .no_sync = true, .allow_dirty = true, .adopt = adopt};
    ApplyReport report;
    adopts = choice & ADOPTED;
    switch (choice % COMMANDS) {
    case DO_RESUME: apply_resume(place_get()->tree, &control, &report, diagnostics); break;
    case DO_PRUNE: prune(&control, diagnostics); break;
    default:
        apply_rollback(place_get()->tree, 0, &(UndoHow){.merge = choice % COMMANDS == DO_MERGE},
                       &control, &report, diagnostics);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    Arena arena = {0};
    Diagnostics diagnostics = {0};
    if (size == 0) return 0;
    unsigned choice = data[0];
    make_tree(&arena, (Str){(const char *)data + 1, size - 1}, choice & SIGNED);
    Str tree = place_snapshot(&arena, place_get()->tree),
        outside = place_snapshot(&arena, place_get()->outside);
    carry_out(choice, &diagnostics);
    if (!str_equal(outside, place_snapshot(&arena, place_get()->outside)))
        place_fail("something outside of the tree changed", outside);
    if (!(choice & (SIGNED | ADOPTED)) &&
        !str_equal(tree, place_snapshot(&arena, place_get()->tree)))
        place_fail("a run of somebody else was followed", tree);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
    limit_check(start);
    return 0;
}
