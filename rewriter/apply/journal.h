// The journal of one run: what it is going to do to which files, and how far it came.
//
// The design, its invariants and the states are described at the top of journal.c.
#ifndef WEFT_APPLY_JOURNAL_H
#define WEFT_APPLY_JOURNAL_H

#include "apply/store.h"
#include "edit/plan.h"

typedef enum RunState {
    RUN_BEGUN,     // no file has been touched yet
    RUN_COMMITTED, // files may be old or new
    RUN_APPLIED,   // all are new
    RUN_UNDOING,   // files may be new or old
    RUN_UNDONE,    // all are old, but for those in `left`
} RunState;

typedef struct JournalFile {
    Str path;             // relative to the root; no link in it
    bool is_new;          // the run makes it
    mode_t mode;          // permissions, before and after; rwx bits only
    BlobId before, after; // before means nothing for a new file
} JournalFile;

// Which tree a journal is of. It moves with its folder, and it is the same when a disk is mounted anew, which may
// number the folders in another way; a copy in another place is another one.
typedef struct JournalPlace {
    uint64_t folder; // number of the root's inode
    Digest path;     // of the root's real path
} JournalPlace;

typedef struct Journal {
    Arena arena;
    uint32_t run;
    RunState state;
    Str began; // "2026-11-23T10:00:00Z"
    Str ended; // when it came to its state; empty for RUN_BEGUN
    Str command;
    Str version;            // of weft
    Vec(Str) families;      // that the plan has edits of; none before format 4
    Vec(JournalFile) files; // in the order of the run's plan
    Vec(Str) folders;       // that the run makes, outer ones first
    Vec(Str) left;          // RUN_UNDONE: paths that were not what weft had written, and were left
    unsigned format;        // of the file; 1 was that of weft 0.1.0
    bool is_foreign;        // this user's weft did not write it: all above is what somebody says
    bool is_elsewhere;      // foreign because it is of another tree, of which this one may be a copy
    Digest plan;            // of the bytes of the plan file; none in format 1
    JournalPlace place;     // of the tree; none before format 3
    // Where the next record goes.
    size_t length;
    Digest chain;
} Journal;

void journal_release(Journal *journal);
const char *run_state_name(RunState state);

// Starts the run that JOURNAL describes (run, command, version, families, files, folders), with the store's key,
// which must exist: writes its folder with PLAN, the bytes of a plan file, and then the journal. RUN_BEGUN afterwards. False
// with errno; what was written then is no run.
bool journal_begin(Store *store, Journal *journal, Str plan);
// Records that the run came to STATE; RUN_UNDONE records `left` too. False with errno, and the state is
// the old one; on a disk that fails for good it may be the new one for who reads it (journal_read).
bool journal_advance(Store *store, Journal *journal, RunState state);
// Writes JOURNAL, in whatever state it is, as one that this user's weft has recorded, instead of the one that
// is there. False with errno.
bool journal_record_anew(Store *store, Journal *journal);
// Reads the journal of RUN. False when the key of this user did not write it: with is_foreign set and all the rest
// filled, when it can be read as a journal at all; else after E607 (damaged), E612 (a later format) or E613.
// Paths are harmless (patch/plan_path.h) and modes are rwx bits in any case.
bool journal_read(Store *store, uint32_t run, Journal *journal, Diagnostics *diagnostics);

#endif
