// Where a name went that a rule speaks of and the program does not have: the same class or function in another
// module, or one that looks the same.
#ifndef WEFT_PROGRAM_MOVED_H
#define WEFT_PROGRAM_MOVED_H

#include "program/program.h"

typedef enum MovedHow {
    MOVED_NOT,      // nothing is known
    MOVED_BY_NAME,  // one thing of the same name and kind stands elsewhere
    MOVED_BY_SHAPE, // a class that has most of its methods, or a method of such a class
} MovedHow;

typedef struct Moved {
    MovedHow how;
    Str name; // what it is called now, in the arena
} Moved;

// What DOTTED became in NOW. BEFORE, a program in which it is defined, tells its shape; NULL: nothing is known of it.
Moved program_find_moved(Arena *arena, const Program *now, const Program *before, Str dotted);

#endif
