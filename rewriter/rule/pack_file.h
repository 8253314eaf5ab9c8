// Files and folders of rule packs: those on the disk, and those that are part of the program, so that a copy
// of it alone has its packs. The latter have paths below PACK_BUILT_IN, which the disk is never asked for.
#ifndef WEFT_RULE_PACK_FILE_H
#define WEFT_RULE_PACK_FILE_H

#include "base/file.h"
#include "base/vec.h"

#define PACK_BUILT_IN "/weft:"

typedef enum PackEntry { PACK_NOTHING, PACK_FILE, PACK_FOLDER, PACK_LINK } PackEntry;
typedef Vec(Str) PackNames;

// What PATH is; a link counts as what it leads to, or with NO_FOLLOW as PACK_LINK.
PackEntry pack_entry(Str path, bool no_follow);
// A text that stands for a file on the disk: what an editor has not saved.
typedef struct PackText {
    Str path; // absolute
    Str text;
} PackText;
// From now on pack_file_read gives these in the thread that asks; they are borrowed. COUNT 0 ends it.
void pack_file_use_texts(const PackText *texts, uint32_t count);

// As file_read.
FileResult pack_file_read(Arena *arena, Str path, size_t limit, Str *bytes);
// Adds the names in FOLDER to NAMES, sorted, without "." and ".."; the texts live in ARENA. False with errno.
bool pack_folder_list(Arena *arena, Str folder, PackNames *names);

#endif
