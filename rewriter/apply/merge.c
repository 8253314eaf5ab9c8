// Three-way merge. In: what weft wrote, what somebody made of it, what was there before weft. Out: the
// last with their changes. Never writes conflict markers: what does not merge is left to people.
#include "apply/transaction.h"
#include "source/git_library.h"

static git_merge_file_input input_of(Str text) {
    git_merge_file_input input;
    libgit2.merge_file_input_init(&input, GIT_MERGE_FILE_INPUT_VERSION);
    input.ptr = text.length > 0 ? text.data : "";
    input.size = text.length;
    return input;
}

bool merge_texts(Arena *arena, Str ancestor, Str ours, Str theirs, Str *merged) {
    git_library_start();
    git_merge_file_input base = input_of(ancestor), left = input_of(ours), right = input_of(theirs);
    git_merge_file_result result = {0};
    if (libgit2.merge_file(&result, &base, &left, &right, NULL) != 0) return false;
    bool good = result.automergeable != 0;
    if (good) *merged = arena_copy(arena, (Str){result.ptr, result.len});
    libgit2.merge_file_result_free(&result);
    return good;
}
