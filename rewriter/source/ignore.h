// .gitignore rules of a tree, with or without a repository around it.
#ifndef WEFT_SOURCE_IGNORE_H
#define WEFT_SOURCE_IGNORE_H

#include "base/str.h"

typedef struct Ignore Ignore;

// Rules for ROOT (a real path). Never NULL; without a repository those of the .gitignore files below it.
Ignore *ignore_open(Str root);
void ignore_close(Ignore *ignore);

// Whether the repository around the root ignores the root itself, and so keeps none of it.
bool ignore_hides_root(const Ignore *ignore);
// True when PATH (relative to the root) is ignored. A file that the repository tracks is not, nor is
// a folder with such a file in it.
bool ignore_matches(Ignore *ignore, Str path, bool is_folder);

#endif
