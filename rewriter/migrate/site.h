// What weft keeps of the migration of one database, outside of it and outside of every tree:
//
//   $XDG_STATE_HOME/weft/data-0f3a../plan.json  the plan that is carried out
//                                    record     what was done, when and by whom (record.h)
//                                    control    "pause" or "cancel", while somebody asks for it
//                                    tenants    who was there when the rows had got their owners
//                                    lock       held while a weft works on the database
//
// The digits are a digest of the engine and of where the database is. The whole migration of a tree (manage/) has such a
// place, too, tree-09ab.., named by where the tree is.
#ifndef WEFT_MIGRATE_SITE_H
#define WEFT_MIGRATE_SITE_H

#include "engine/database.h"
#include "source/state_folder.h"

typedef struct Site {
    StateFolder state;
    Str root;     // of the tree, for the key
    Str name;     // "data-0f3a..", in the state folder
    Str folder;   // the same as a path
    Str database; // as people see it; the tree, when it is the place of one
    const char *command; // that works with it, for messages
    int lock;     // -1: not held
} Site;

// Names the place for DATABASE, of a tree at ROOT (a real path; may be empty), and makes nothing. False after E672.
bool site_open(Site *site, Str root, DataEngine engine, Str database, Diagnostics *diagnostics);
// The same for the whole migration of the tree ROOT.
bool site_open_tree(Site *site, Str root, Diagnostics *diagnostics);
void site_close(Site *site);

// A file of it into ARENA, empty when there is none. False after E672.
bool site_read(const Site *site, Arena *arena, const char *file, Str *bytes,
               Diagnostics *diagnostics);
// Writes it whole or not at all. False after E672.
bool site_write(const Site *site, const char *file, Str bytes, Diagnostics *diagnostics);
bool site_remove(const Site *site, const char *file); // false with errno
// The path of a file of it, in the site's arena. The folder exists once something was written.
Str site_path(Site *site, const char *file);

// Makes this process the only one that works on it, and forgets what somebody asked of an earlier one. False after E605.
bool site_take_lock(Site *site, Diagnostics *diagnostics);
bool site_is_locked(Site *site); // by another process

// What somebody asks a running weft for.
typedef enum SiteWish { SITE_GO_ON, SITE_PAUSE, SITE_CANCEL } SiteWish;
// Cheap: to be asked between batches.
SiteWish site_wish(const Site *site);
bool site_ask(const Site *site, SiteWish wish,
              Diagnostics *diagnostics); // SITE_GO_ON takes a wish back

#endif
