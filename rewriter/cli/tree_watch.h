// Waiting until something in a tree changes, by inotify: nothing is looked at meanwhile.
#ifndef WEFT_CLI_TREE_WATCH_H
#define WEFT_CLI_TREE_WATCH_H

#include "base/intern.h"
#include "source/source.h"

typedef struct TreeWatch {
    int descriptor;
    Interner *folders; // that are watched
    bool grown;        // some of them only since the last question
} TreeWatch;

// False with errno where the system has no room for it.
bool tree_watch_open(TreeWatch *watch);
void tree_watch_close(TreeWatch *watch);
// Watches the folders of all files of SOURCES too, rules among them, and those above them up to the root. What changes
// from then on ends the next wait. False with errno.
bool tree_watch_add(TreeWatch *watch, const Sources *sources);
// Whether the last call has added a folder: what changed in it before was not seen. Asked once.
bool tree_watch_is_new(TreeWatch *watch);
// Returns when something has changed and nothing more did for some milliseconds: who saves many files at once is
// answered once. False after a signal that asks to stop (apply/interrupt.h).
bool tree_watch_wait(TreeWatch *watch);

#endif
