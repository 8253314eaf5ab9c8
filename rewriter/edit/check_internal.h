// What the check files share: the tree before and after, and which rows mean the same.
//
// Reading order: check.c (the run), check_match.c (old rows to new rows), then one file a check.
#ifndef WEFT_EDIT_CHECK_INTERNAL_H
#define WEFT_EDIT_CHECK_INTERNAL_H

#include "edit/check.h"
#include "edit/module_pairs.h"
#include "edit/unbound.h"

// One text that the plan would write, read again.
typedef struct NewFile {
    const PlannedFile *planned;
    FileId text;      // in Check.texts; none when the bytes cannot be decoded
    ModuleId before;  // none for a new file
    Facts facts;      // of this text alone: its module is row 1; not resolved
    Diagnostics said; // by the front end
    bool parsed;
    Name parameter; // the context's name in FACTS
    UnboundNames unbound;
    bool own_tables; // check_keep.c made some tables of FACTS, whose rows are shared
} NewFile;

typedef struct Check {
    const CheckInput *input;
    const Facts *before;
    Diagnostics *diagnostics;
    Sources texts; // the new ones
    Vec(NewFile) files;
    Name parameter; // the context's name in BEFORE

    ModuleRows *rows;  // by ModuleId
    uint32_t *file_of; // by ModuleId: 1 + index into files; 0 when it does not change
    // check_match.c: what a row of a changed module is now; none when its text goes.
    CallId *calls;
    bool *replaced; // by CallId: an access of the rules writes whom it calls
    FunctionId *functions;
    ClassId *classes;
    FunctionId *constructors; // by ClassId: the one in its own body, after; none when it has none

    ModulePairs pairs; // the rows of Facts.modules in their order, then the new files
    uint32_t faults; // found so far
} Check;

// What a fault comes from: `cause`, else `other`; `fatal`: nothing that could be taken back.
typedef struct Blame {
    Decision cause, other;
    bool fatal;
    bool new_file; // the file that has the fault is not to be written at all
} Blame;

#define BLAME_NEAREST ((Blame){0}) // the edit at the fault, or before it

typedef Vec(Decision) Decisions;

// check_blame.c: the accesses and boundaries of MODULE (none: of all) whose rules give them a text with NAME, a
// word or a dotted name; those that name a new FILE, none when all depends on it. The caller owns CAUSES.
void check_find_users(const Check *check, ModuleId module, Str name, Decisions *causes);
void check_find_users_of_file(const Check *check, const NewFile *file, Decisions *causes);
// The first of them, fatal when there is none; and, after the report, the others for the same fault.
Blame check_blame(const Decisions *causes);
void check_blame_others(const Check *check, const Decisions *causes);

// check_report.c: adds CODE for the text at OFFSET of a new file, shown where that was (or would
// go) in the old one. After twenty, faults are no diagnostics any more: false.
bool check_report(Check *check, DiagnosticCode code, Blame blame, const NewFile *file,
                  uint32_t offset, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
// The same for an old file that does not change.
void check_report_old(Check *check, DiagnosticCode code, Blame blame, Span span, const char *format,
                      ...) __attribute__((format(printf, 5, 6)));
void check_report_rest(Check *check);

// check_match.c: fills the rows that FILE (parsed) answers for. Safe for several threads with a
// file each.
void check_match(Check *check, const NewFile *file);
// Where the byte at OFFSET is in the new text; false when it goes.
bool check_new_offset(const Check *check, const NewFile *file, uint32_t offset, uint32_t *moved);
// The new file of a module that changes, else NULL.
const NewFile *check_file_of(const Check *check, ModuleId module);

// check_keep.c: gives back what no check of all new texts asks of FILE, which was looked at.
void check_keep_little(NewFile *file);
void check_release_file(NewFile *file);

// check_name.c: fills FILE->unbound. Safe for several threads with a file each.
void check_find_unbound(const Check *check, NewFile *file);
void check_names(Check *check);

// check_arity.c
void check_arity(Check *check);

// check.c: the new file of a pair that is marked as changed.
const NewFile *check_file_of_pair(const Check *check, uint32_t pair);

// check_compile.c
void check_compile(Check *check);

// check_import.c
void check_imports(Check *check);

// check_cycle.c
void check_cycles(Check *check);

#endif
