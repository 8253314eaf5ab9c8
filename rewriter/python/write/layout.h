// What the writer's operations share: adding edits, looking at lines, and growing a comma-separated
// list in the style it is written in.
#ifndef WEFT_PYTHON_WRITE_LAYOUT_H
#define WEFT_PYTHON_WRITE_LAYOUT_H

#include "facts/language.h"

// One operation on one file.
typedef struct Writing {
    const Facts *facts;
    ModuleId module;
    FileId id;
    const SourceFile *file;
    Str indent; // one level
    TextEdits *out;
} Writing;

// The module as it is, and where edits of it go.
Writing writing_on(const Facts *facts, ModuleId module, TextEdits *out);
// Add one edit; TEXT is copied.
void write_insert(const Writing *writing, uint32_t at, Str text);
void write_replace(const Writing *writing, uint32_t start, uint32_t end, Str text);

// ---- lines ---------------------------------------------------------------------------------------
bool layout_is_blank(char c); // space, tab, form feed
// Nothing but white space stands before OFFSET on its line.
bool layout_first_on_line(const SourceFile *file, uint32_t offset);
// Nothing but white space and a comment follows OFFSET on its line.
bool layout_rest_is_blank(const SourceFile *file, uint32_t offset);
// Nothing at all but white space is on the line of OFFSET.
bool layout_line_is_blank(const SourceFile *file, uint32_t offset);
// The line of OFFSET is a comment.
bool layout_line_is_comment(const SourceFile *file, uint32_t offset);
// Start of the line after the one of OFFSET; the end of the text after the last line.
uint32_t layout_next_line(const SourceFile *file, uint32_t offset);
// End of the nearest line above that is not blank; false at the top of the file.
bool layout_previous_text(const SourceFile *file, uint32_t offset, uint32_t *line_end);
// Start of the nearest line below that is not blank; false at the end of the file.
bool layout_next_text(const SourceFile *file, uint32_t offset, uint32_t *line_start);
// Start of the line of OFFSET, or of the comment lines of the same indentation right above it.
uint32_t layout_with_comments(const SourceFile *file, uint32_t offset);

// LINE (4 spaces a level) with the file's own indentation, behind INDENT; no line end.
void layout_add_line(StrBuf *buffer, const Writing *writing, Str indent, Str line);
// Leaves at least COUNT blank lines above the line of OFFSET / below it. At the edge of a block or of
// the file nothing is added.
void layout_blank_lines_above(const Writing *writing, uint32_t offset, uint32_t count);
void layout_blank_lines_below(const Writing *writing, uint32_t offset, uint32_t count);

// Takes out the lines of [from, to) and the blank lines that are too many without them: those below
// where a block would begin with them (OPENS_BLOCK), else those above. The blank lines are edits of
// their own, which may give way to other changes.
void layout_remove_lines(const Writing *writing, uint32_t from, uint32_t to, bool opens_block);
// Moves the lines of [from, to) behind the first right by LEVELS, or left, but not what strings contain.
void layout_indent_lines(const Writing *writing, uint32_t from, uint32_t to, int32_t levels);

// Statements directly in the block of COMPOUND, in source order; the caller releases the list.
typedef struct StatementList {
    Vec(StatementId) list;
} StatementList;
// The statements right inside of COMPOUND, in their order.
void layout_children(const Facts *facts, StatementId compound, StatementList *children);

// ---- comma-separated lists -------------------------------------------------------------------------
typedef struct ListItem {
    uint32_t start, end;
    uint32_t comma; // offset of the ',' after it; 0 when none
} ListItem;

// Adds TEXTS behind the last of COUNT > 0 items: on lines of their own where the items have such,
// with a trailing comma where there was one. ON_ONE_LINE forbids line ends.
void list_append(const Writing *writing, const ListItem *items, uint32_t count, const Str *texts,
                 uint32_t text_count, bool on_one_line);
// Puts TEXT between the parentheses of an empty list; a comment there keeps its line.
void list_fill(const Writing *writing, uint32_t open, uint32_t close, Str text);
// Adds TEXTS before items[PLACE], which there is.
void list_insert(const Writing *writing, const ListItem *items, uint32_t count, uint32_t place,
                 const Str *texts, uint32_t text_count);
// Takes items[PLACE] out, with its comma, and with its line where it has one to itself.
void list_remove(const Writing *writing, const ListItem *items, uint32_t count, uint32_t place);

// A definition, or its decorator, stands AT. It has a blank line above it, unless its block begins with it.
bool layout_begins_definition(const SourceFile *file, uint32_t at);

#endif
