// The folder .weft of a tree: who works on the tree now, what ran, and the bytes that runs replaced.
//
//   .weft/.gitignore            "*": git never sees any of it
//   .weft/lock                  locked while a weft works on the tree; says who it is
//   .weft/objects/000001        bytes that runs replaced, kept once (apply/objects.h)
//   .weft/runs/000001/plan.json what the run carries out (patch/plan_file.h)
//   .weft/runs/000001/journal   how far it came (apply/journal.h)
//   .weft/later/                plans for later phases (apply/later.h)
#ifndef WEFT_APPLY_STORE_H
#define WEFT_APPLY_STORE_H

#include "apply/key.h"
#include "apply/numbered.h"
#include "apply/objects.h"
#include "source/diagnostic.h"

typedef struct Store {
    Arena arena;
    Files files;
    Str root;   // real path
    Str folder; // its .weft, below it
    Objects objects;
    int lock; // descriptor that holds the lock, -1 without
    Key key;  // once store_key or store_make_key has been asked
    bool key_is_known;
} Store;

// Opens the root and names the places below it; touches nothing. ROOT is a real path and must outlive the
// store, which stays where it is: its objects point to its files.
void store_name(Store *store, Str root);
bool store_exists(const Store *store);
// Whether the folder is this user's own, or not there yet; false after E611 (apply/trust.h).
bool store_check(Store *store, Diagnostics *diagnostics);
// The user's key, which may not exist; NULL after E613.
const Key *store_key(Store *store, Diagnostics *diagnostics);
// Makes the user's key unless it exists; false after E613.
bool store_make_key(Store *store, Diagnostics *diagnostics);
// Checks the folder, makes what is missing and takes the lock for COMMAND, shown to others. E605 naming the
// holder when another process has it, E611 for a folder of others, E901 when it cannot be made.
bool store_open(Store *store, Str command, Diagnostics *diagnostics);
void store_close(Store *store);
// Who holds the lock, in words, and so whether anybody does.
bool store_is_held(Store *store, Str *holder);

// The numbers of all runs, ascending; folders without a journal are none. False with errno.
bool store_list_runs(Store *store, Numbers *numbers);
Str store_run_folder(Store *store, uint32_t run);
bool store_has_run(Store *store, uint32_t run);
// Deletes what a run that never began has left in .weft/runs: folders without a journal.
bool store_sweep_runs(Store *store);
// Deletes a run; its journal goes first, so that a crash leaves something to sweep and no half run.
bool store_remove_run(Store *store, uint32_t run);

#endif
