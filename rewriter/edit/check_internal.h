// What the check files share: the tree before and after, and which rows mean the same.
//
// Reading order: check.c (the run), check_match.c (old rows to new rows), then one file a check.
#ifndef WEFT_EDIT_CHECK_INTERNAL_H
#define WEFT_EDIT_CHECK_INTERNAL_H

#include "edit/check.h"

typedef enum UnboundKind {
    UNBOUND_NAME,    // nothing binds it
    UNBOUND_RUNNING, // bound for type checkers only, read when the program runs
    UNBOUND_YET,     // module level: bound further down only
    UNBOUND_COUNT
} UnboundKind;

// A name that cannot be read where it is.
typedef struct Unbound {
    UnboundKind kind;
    ExprId expr; // in NewFile.facts
} Unbound;

// One text that the plan would write, read again.
typedef struct NewFile {
    const PlannedFile *planned;
    FileId text;      // in Check.texts; none when the bytes cannot be decoded
    ModuleId before;  // none for a new file
    Facts facts;      // of this text alone: its module is row 1; not resolved
    Diagnostics said; // by the front end
    bool parsed;
    Name parameter; // the context's name in FACTS
    Vec(Unbound) unbound;
} NewFile;

// Rows [first, end) of a table.
typedef struct Rows {
    uint32_t first, end;
} Rows;

// The rows of one module; tables are merged file by file, so they are stretches.
typedef struct ModuleRows {
    Rows exprs, imports, calls, functions, classes;
} ModuleRows;

// A module before and after: the rows of Facts.modules in their order, then the new files.
typedef struct ModulePair {
    Str name;
    bool is_package, is_stub;
    ModuleId before;      // none when it is new
    const NewFile *after; // NULL when it does not change
} ModulePair;

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
    FunctionId *functions;
    ClassId *classes;
    FunctionId *constructors; // by ClassId: the one in its own body, after; none when it has none

    // check_module.c
    Interner *names;         // of modules
    Vec(ModulePair) modules; // [0] unused
    Vec(uint32_t) module_of_name;
    Vec(Str) roots;  // "src" of a src layout, as in the names of modules
    uint32_t faults; // found so far
} Check;

// check_report.c: adds CODE for the text at OFFSET of a new file, shown where that was (or would
// go) in the old one. After twenty, faults are only counted: false.
bool check_report(Check *check, DiagnosticCode code, const NewFile *file, uint32_t offset,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
// The same for an old file that does not change.
void check_report_old(Check *check, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void check_report_rest(Check *check);

// check_match.c: fills the rows that FILE (parsed) answers for. Safe for several threads with a
// file each.
void check_match(Check *check, const NewFile *file);
// Where the byte at OFFSET is in the new text; false when it goes.
bool check_new_offset(const Check *check, const NewFile *file, uint32_t offset, uint32_t *moved);
// The new file of a module that changes, else NULL.
const NewFile *check_file_of(const Check *check, ModuleId module);

// check_name.c: fills FILE->unbound. Safe for several threads with a file each.
void check_find_unbound(const Check *check, NewFile *file);
void check_names(Check *check);

// check_arity.c
void check_arity(Check *check);

// check_module.c
void check_open_modules(Check *check);
// Index into Check.modules of what `level` dots and PATH mean in MODULE; 0 when that is not of the
// tree.
uint32_t check_find_module(const Check *check, const ModulePair *module, uint32_t level, Str path);
// The same for a dotted name from the root.
uint32_t check_find_dotted(const Check *check, Str dotted);
// The submodule NAME of a module, 0 when there is none.
uint32_t check_find_submodule(const Check *check, const ModulePair *module, Str name);
// The tables and the import rows of a module, before or after; *FACTS is NULL where it is not there.
Rows check_imports_of(const Check *check, const ModulePair *module, bool after,
                      const Facts **facts);

// check_import.c
void check_imports(Check *check);

// check_cycle.c
void check_cycles(Check *check);

#endif
