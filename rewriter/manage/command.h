// Which command of weft each task is, and how weft is asked whether what it did still holds.
#ifndef WEFT_MANAGE_COMMAND_H
#define WEFT_MANAGE_COMMAND_H

#include "manage/plan.h"
#include "migrate/site.h"

typedef struct CommandInput {
    const MigrationPlan *plan;
    Site *site; // of the tree
    bool begun; // the task has run before: the tree may have changes that no commit has
} CommandInput;

// The arguments of TASK, which is no gate, behind "weft"; texts live in ARENA.
void command_arguments(const CommandInput *input, const Task *task, Arena *arena,
                       StrItems *arguments);
// Whether weft can say by a command alone that what TASK did holds; *ARGUMENTS is that command, which then ends with 0.
bool command_of_check(const CommandInput *input, const Task *task, Arena *arena,
                      StrItems *arguments);

#endif
