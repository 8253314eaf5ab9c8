// Standard output: colour, width, the pager, and whether everything arrived.
#ifndef WEFT_CLI_OUTPUT_H
#define WEFT_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "cli/options.h"
#include "patch/diff.h"

// Whether text on STREAM gets colours: --color, else NO_COLOR, TERM and a terminal decide.
bool output_color(ColorMode mode, FILE *stream);
// How a diff on standard output looks: as bytes unless it has colours or goes to a terminal.
DiffLook output_diff_look(ColorMode mode);
// Prints to stderr what is about no source file.
void output_diagnostics(Diagnostics *diagnostics, ColorMode color);
// Columns of the terminal on standard output; 80 when it is none.
uint32_t output_width(void);
// Columns of the terminal on STREAM; 0 when it is none.
uint32_t output_columns(FILE *stream);

// Sends standard output through $WEFT_PAGER, $PAGER or `less -FRX` when it is a terminal. Ask for
// colour and width before.
void pager_start(void);

// Flushes standard output and waits for the pager. False after a line on stderr when some of it
// could not be written; a reader who quits the pager early is no failure.
bool output_finish(void);

// False, with E901, when PATH as the user named it goes into the tree ROOT and by a link out of
// it: then nothing may be read or written there.
bool output_place_is_safe(Str root, Str path, Diagnostics *diagnostics);
// Writes BYTES to PATH, which somebody named, if that is safe. False after E901.
bool output_write(Str root, Str path, Str bytes, mode_t mode, Diagnostics *diagnostics);

#endif
