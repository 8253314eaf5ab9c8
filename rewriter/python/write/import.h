// The import statements of one module while they are changed; shared by the write_import files.
#ifndef WEFT_PYTHON_WRITE_IMPORT_H
#define WEFT_PYTHON_WRITE_IMPORT_H

#include "python/write/layout.h"

typedef struct ImportItem {
    const ImportFact *fact;
    bool removed;
    Str text; // what stands there afterwards when `renamed`
    bool renamed;
    Str extended; // a second item after it; empty when none
} ImportItem;

typedef struct ImportStatement {
    Vec(ImportItem) items;
    Vec(Str) joined; // names that are added at the end
    bool touched;
    bool taken_back; // an item that goes was added by an earlier run
    bool gone; // no item is left
    bool taken; // and new ones stand in its place
} ImportStatement;

// A statement that goes, and the lines that it begins and ends on.
typedef struct ImportGone {
    StatementId statement;
    uint32_t line_start, line_end;
} ImportGone;

// Statements of one block, as far as it holds some that go.
typedef struct ImportBlock {
    StatementId first;
    uint32_t left; // statements that stay
} ImportBlock;

// What goes from a module and where it stands; see import_remove_gone.
typedef struct ImportRemoval {
    Vec(ImportGone) gone; // in source order
    Map vanishing;        // statement -> 1
    Map block_of;         // statement -> index into blocks; all of a parent or none
    Vec(ImportBlock) blocks;
} ImportRemoval;

typedef struct ImportEdit {
    Writing writing;
    Vec(ImportStatement) statements; // of the module, in source order
    Vec(ImportNeed) fresh;           // needs that no statement can take; sorted
    ImportRemoval removal;
} ImportEdit;

// Characters that a line of imports may have: what the project allows, else 100.
uint32_t import_line_limit(const ImportEdit *edit);

// The dotted name of the module that a from-import reads, absolute.
Str import_source(const Facts *facts, const ImportFact *import);
static inline const ImportFact *import_head(const ImportStatement *statement) {
    return statement->items.items[0].fact;
}

// write_import_text.c: `from MODULE import NAMES` into TEXT, on one line or one name a line.
void import_render(const ImportEdit *edit, StrBuf *text, Str indent, Str module, const Str *names,
                   uint32_t count);
// The fresh needs [first, first + count), one statement a module, joined by line ends.
void import_render_fresh(const ImportEdit *edit, StrBuf *text, uint32_t first, uint32_t count);
// The edits inside a statement of which something is left.
void import_rewrite_items(const ImportEdit *edit, const ImportStatement *statement);

// Where a new statement goes.
typedef struct ImportSpot {
    const ImportStatement *beside;
    bool behind; // it, else before it
    bool apart;  // with a blank line between the two
    bool takes;  // its place: it goes
} ImportSpot;

// import_order.c: imported names as isort sorts them: constants, classes, others, each without regard to case.
int import_compare_names(Str a, Str b);
// The place of `from MODULE import ..` by the order that the first block keeps. False where it
// keeps none, or no line for it is left.
bool import_order_find(const ImportEdit *edit, Str module, ImportSpot *spot);
// The same among the imports on the lines around BESIDE, which are below the first block.
bool import_order_find_near(const ImportEdit *edit, const ImportStatement *beside, Str module, ImportSpot *spot);
// write_import_place.c: puts the fresh ones in and takes out the statements that are gone.
void import_place(ImportEdit *edit);
// write_import_remove.c: the latter. INSERTED_AT: the line end where the fresh ones go in; 0 when they
// do not go behind a line of imports.
void import_remove_gone(ImportEdit *edit, uint32_t inserted_at);

#endif
