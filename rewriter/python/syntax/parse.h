// Text to syntax tree, and what is wrong with a text that is not Python.
#ifndef WEFT_PYTHON_PARSE_H
#define WEFT_PYTHON_PARSE_H

#include <tree_sitter/api.h>
#include "source/source.h"

// TEXT with every lone '\r' as '\n', copied into ARENA when there is one: Python ends a line at
// both, the grammar only at '\n'. Offsets stay the same.
Str parse_line_ends(Arena *arena, Str text);

// TEXT with every line end and comment inside brackets as blanks, copied into ARENA. A heuristic: strings and
// brackets are told apart by their marks alone.
Str parse_join_brackets(Arena *arena, Str text);
// formats.c: TEXT with every `=` that begins the format of an interpolation exchanged for another alignment.
Str parse_plain_formats(Arena *arena, Str text);

// subscripts.c: TEXT with round brackets for the square ones of a subscript that begins a larger annotation. In such a
// tree a call whose bracket is '[' in TEXT is a subscript.
Str parse_called_subscripts(Arena *arena, Str text);

// Parses TEXT with the calling thread's own parser, a second time with joined brackets when that has fewer
// errors. For parse_delete; never NULL.
TSTree *parse_text(Str text);

// Parses the bytes of TEXT that lie in RANGES, in order and apart, as if nothing stood between them; nodes have their
// offsets in TEXT. Ranges and rows are as tree-sitter wants them. For parse_delete; never NULL.
TSTree *parse_ranges(Str text, const TSRange *ranges, uint32_t count);

// Frees a tree that the calling thread has parsed; its cursors are gone before.
void parse_delete(TSTree *tree);

// Number of syntax errors (ERROR and MISSING nodes); *first_error is the offset of the first.
uint32_t parse_count_errors(Str text, uint32_t *first_error);

// Adds one E104 that shows the first error of TREE and names the lines of up to two more; false
// when there is nothing to report.
bool parse_report_errors(const TSTree *tree, const SourceFile *file, FileId id,
                         Diagnostics *diagnostics);

#endif
