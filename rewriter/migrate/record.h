// The record of a migration: what weft did to a database, when and for whom. Only added to.
//
// It is the journal of intents outside of the database (the rows inside it, ledger.h, say how far a step is), and
// the audit log. Each line is "DIGEST TIME USER WORD ARGUMENT...\n", its DIGEST the HMAC-SHA-256, by the user's key,
// of the digest before it and the rest of the line: a line that was changed, lost or moved shows. A last line without
// a line end was being written when the machine stopped, and counts as not written.
//
//     plan DIGEST                 this plan is carried out from here on
//     backup PATH BYTES DIGEST    a copy of the database as it was, compared with it
//     references COUNT            that lead nowhere before the first change
//     phase NAME                  all of it is done
//     verified                    all rows have their owners (verify.h), and the tenants are noted
//     stopped WHY                 paused, cancelled, interrupted, or the reason of a failure
//     step ID ROWS                done
//     rollback PHASE              begins; `undone PHASE` ends it
//     discarded ROWS PATH         rows of new tenants, that were written to PATH first
//     present PATH BYTES DIGEST   a copy of what a restore gives up; `restored PATH` follows
//     tenant add NAME ROWS        of `weft data tenant`, as `tenant delete NAME ROWS`
#ifndef WEFT_MIGRATE_RECORD_H
#define WEFT_MIGRATE_RECORD_H

#include "apply/key.h"
#include "migrate/site.h"

typedef struct RecordLine {
    Str time, user, word;
    Vec(Str) arguments;
} RecordLine;

typedef struct Record {
    Arena arena;
    Vec(RecordLine) lines;
    Key key;
    Digest chain;
    size_t length; // of the file, without a half line
} Record;

// Reads it; one that does not exist is empty. With MAKE_KEY the user's key is made when there is none. False after
// E673 (a line is not what weft wrote), E672 or E613.
bool record_read(Site *site, bool make_key, Record *record, Diagnostics *diagnostics);
void record_release(Record *record);
// Appends a line and waits for the disk. Arguments end with NULL. False after E672.
bool record_add(Site *site, Record *record, Diagnostics *diagnostics, const char *word, ...)
    __attribute__((sentinel));
// The newest line of WORD, with FIRST as its first argument unless that is NULL; NULL when there is none. Looks only
// at lines behind the newest `plan`; a `phase` and `verified` that a later `undone` is about count no more.
const RecordLine *record_find(const Record *record, const char *word, const char *first);
// The migration by the plan of that digest has gone through its last phase, whatever was begun since.
bool record_plan_is_over(const Record *record, Str plan);

#endif
