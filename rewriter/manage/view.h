// What people and programs see of a migration: its plan, how far it is, and the report at its end.
#ifndef WEFT_MANAGE_VIEW_H
#define WEFT_MANAGE_VIEW_H

#include <stdio.h>

#include "manage/checklist.h"

// TIME, as a record has it ("2026-11-30T10:00:00Z"), as seconds since 1970; false when it is none.
bool view_seconds(Str time, int64_t *seconds);

// The tasks in the order in which they run, for people.
void plan_write_text(const MigrationPlan *plan, StrBuf *out);

// AT_WORK: a manager runs now.
void status_write_text(Manager *manager, bool at_work, StrBuf *out);
// Of that only which tasks wait for a person, and how they go on.
void status_write_waiting(const Manager *manager, StrBuf *out);
// Of `status` and of `report`, whose keys are those of the page docs/migration-guide.md.
void status_write_json(Manager *manager, bool at_work, FILE *out);
void status_write_html(Manager *manager, bool at_work, StrBuf *out);
void status_write_markdown(Manager *manager, bool at_work, StrBuf *out);

#endif
