// Three-way merge of lines. In: what weft wrote, what somebody made of it, what was there before weft. Out: the
// last with their changes. Never writes conflict markers: what does not merge is left to people.
//
//     weft wrote   a W b      somebody made  a W X b      before  a b      gives  a X b
//
// Changes may touch, as here; they may not overlap, and not both insert at one place.
#include "apply/transaction.h"
#include "base/bug.h"
#include "base/vec.h"
#include "source/git_library.h"

// Lines of the ancestor, by number from 0, and what stands there instead.
typedef struct Change {
    size_t first, count;
    Str text;
} Change;
typedef Vec(Change) Changes;
typedef Vec(size_t) Lines; // where each begins; then the end of the text

static Lines split_lines(Str text) {
    Lines lines = {0};
    for (size_t at = 0; at < text.length;) {
        vec_add(&lines, at);
        ptrdiff_t end = str_find(str_slice(text, at, text.length), '\n');
        at = end < 0 ? text.length : at + (size_t)end + 1;
    }
    vec_add(&lines, text.length);
    return lines;
}

// A side without lines names the line in front of it.
static size_t first_line(int start, int count) { return (size_t)(count > 0 ? start - 1 : start); }

static void add_changes(git_patch *patch, Str text, Changes *changes) {
    Lines lines = split_lines(text);
    for (size_t i = 0; i < libgit2.patch_num_hunks(patch); i++) {
        const git_diff_hunk *hunk = NULL;
        libgit2.patch_get_hunk(&hunk, NULL, patch, i);
        size_t from = first_line(hunk->new_start, hunk->new_lines);
        Str instead = str_slice(text, lines.items[from], lines.items[from + (size_t)hunk->new_lines]);
        vec_add(changes, ((Change){first_line(hunk->old_start, hunk->old_lines),
                                   (size_t)hunk->old_lines, instead}));
    }
    vec_release(&lines);
}

static void find_changes(Str ancestor, Str text, Changes *changes) {
    git_diff_options options;
    git_patch *patch = NULL;
    libgit2.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = 0;
    options.flags = GIT_DIFF_FORCE_TEXT;
    if (libgit2.patch_from_buffers(&patch, ancestor.length ? ancestor.data : "", ancestor.length, NULL,
                                   text.length ? text.data : "", text.length, NULL, &options) != 0)
        BUG("libgit2 cannot compare two texts: %s", git_library_error());
    add_changes(patch, text, changes);
    libgit2.patch_free(patch);
}

static bool is_conflict(const Change *a, const Change *b) {
    bool same_place = a->count == 0 && b->count == 0 && a->first == b->first;
    return same_place || (a->first < b->first + b->count && b->first < a->first + a->count);
}

// Of two that begin at one line, an insertion comes first.
static bool comes_first(const Change *a, const Change *b) {
    return a->first < b->first || (a->first == b->first && a->count <= b->count);
}

static bool have_conflict(const Changes *ours, const Changes *theirs) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < ours->count; i++) {
        const Change *own = &ours->items[i];
        while (k < theirs->count && theirs->items[k].first + theirs->items[k].count < own->first) k++;
        for (uint32_t m = k; m < theirs->count && theirs->items[m].first <= own->first + own->count; m++)
            if (is_conflict(own, &theirs->items[m])) return true;
    }
    return false;
}

static Str carry_out(Arena *arena, Str ancestor, const Changes *ours, const Changes *theirs) {
    Lines lines = split_lines(ancestor);
    StrBuf out = {0};
    size_t line = 0;
    for (uint32_t i = 0, k = 0; i < ours->count || k < theirs->count;) {
        bool own = k == theirs->count ||
                   (i < ours->count && comes_first(&ours->items[i], &theirs->items[k]));
        const Change *next = own ? &ours->items[i++] : &theirs->items[k++];
        strbuf_add(&out, str_slice(ancestor, lines.items[line], lines.items[next->first]));
        strbuf_add(&out, next->text);
        line = next->first + next->count;
    }
    strbuf_add(&out, str_slice(ancestor, lines.items[line], ancestor.length));
    Str merged = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    vec_release(&lines);
    return merged;
}

bool merge_texts(Arena *arena, Str ancestor, Str ours, Str theirs, Str *merged) {
    Changes own = {0}, other = {0};
    git_library_start();
    find_changes(ancestor, ours, &own);
    find_changes(ancestor, theirs, &other);
    bool good = !have_conflict(&own, &other);
    if (good) *merged = carry_out(arena, ancestor, &own, &other);
    vec_release(&own);
    vec_release(&other);
    return good;
}
