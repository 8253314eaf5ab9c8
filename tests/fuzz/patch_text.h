// Carries a unified diff out on texts, strictly: no line may differ and none may lie elsewhere. A judge of weft's diffs
// beside `git apply`, for where no program can be started.
#ifndef WEFT_TESTS_FUZZ_PATCH_TEXT_H
#define WEFT_TESTS_FUZZ_PATCH_TEXT_H

#include "base/arena.h"

// Takes the next file's part off the front of DIFF: the path that its result has (without quotes), and its hunks.
// False at the end, and where the text is no diff.
bool patch_next(Str *diff, Str *path, Str *hunks);
// What HUNKS make of BEFORE. False when they do not fit it.
bool patch_text(Arena *arena, Str hunks, Str before, Str *after);

#endif
