// The three lists of a migration's guide: before, during and after. Each line is computed from what weft has recorded; what
// only a person can say is unknown, which is not yes.
#ifndef WEFT_MANAGE_CHECKLIST_H
#define WEFT_MANAGE_CHECKLIST_H

#include "manage/run.h"

typedef enum CheckAnswer { CHECK_UNKNOWN, CHECK_NO, CHECK_YES, CHECK_NOT_PART } CheckAnswer;

typedef struct CheckLine {
    const char *list; // "before", "during", "after"
    const char *id;   // "database-backup"
    const char *text;
    CheckAnswer answer;
    Str why; // where it is known from, or who could say
} CheckLine;

typedef List(CheckLine) CheckLines;

const char *check_answer_name(CheckAnswer answer); // "unknown", "no", "yes", "not part"
// The lines for MANAGER, in ARENA, in the order of the guide.
void checklist_build(Manager *manager, Arena *arena, CheckLines *lines);

#endif
