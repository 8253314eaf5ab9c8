// Path arithmetic on '/'-separated byte strings; no file system access except path_real,
// path_stays_inside and path_leads_out.
#ifndef WEFT_BASE_PATH_H
#define WEFT_BASE_PATH_H

#include "base/arena.h"

Str path_join(Arena *arena, Str folder, Str rest);  // an absolute REST wins; "" and "." vanish
Str path_normalize(Arena *arena, Str path);         // collapses //, /./ and a/..; never touches disk
// What stands behind the last slash.
Str path_basename(Str path);
Str path_dirname(Str path); // "" when there is none
Str path_extension(Str path); // "py" of "a/b.py"; "" when none
// PATH relative to ROOT when it is ROOT or inside it; false otherwise. Both normalised.
bool path_relative(Str root, Str path, Str *relative);
// realpath(3) copied into ARENA; false when it does not exist (errno is set).
bool path_real(Arena *arena, Str path, Str *real);
// True when what PATH names, all links followed, is ROOT (a real path) or below it. For what does not
// exist yet the deepest folder that does decides; a link that leads nowhere, and "..", are outside.
bool path_stays_inside(Str root, Str path);
// True when PATH, as somebody named it where the program runs, goes into ROOT and by a link out of it again:
// who named it meant the tree, and who made the tree means something else.
bool path_leads_out(Str root, Str path);
// Shell-like glob with '*' (not '/'), '**' (any folders), '?', '[...]'. A pattern without '/' matches
// the base name at any depth; one that names a folder matches everything below it (as .gitignore).
bool path_glob(Str pattern, Str path);
// The same wildcards, for the whole of PATH from its start.
bool path_glob_whole(Str pattern, Str path);

#endif
