// Which commands of which trees the user has allowed to run, as `weft trust` keeps it.
#ifndef WEFT_VERIFY_TRUST_H
#define WEFT_VERIFY_TRUST_H

#include "rule/rule.h"
#include "source/state_folder.h"

// One tree with the commands that its weft.yml named when they were allowed.
typedef struct Trusted {
    Str root;
    Vec(VerifyCommand) commands;
} Trusted;
typedef struct TrustList {
    Arena arena;
    Vec(Trusted) list; // by root
} TrustList;

// True when the user allowed exactly the commands of RULES, in this order, for the tree at ROOT (a real
// path). One byte more or less, or another place, and they are not. FOLDER is open.
bool trust_holds(const StateFolder *folder, Str root, const Rules *rules);
// Allows them, in place of what was allowed for ROOT before. False with errno.
bool trust_add(const StateFolder *folder, Str root, const Rules *rules);
// Takes back all that was allowed for ROOT; *COUNT is how much that was. False with errno.
bool trust_revoke(const StateFolder *folder, Str root, uint32_t *count);
void trust_read(const StateFolder *folder, TrustList *trusted);
void trust_release(TrustList *trusted);

#endif
