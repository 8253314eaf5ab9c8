// Single-file mode for editors: one file of the tree comes by standard input, as it is in the editor, and only
// what concerns it is answered. The other files are read from the disk: whoever calls it is seen.
#ifndef WEFT_CLI_BUFFER_H
#define WEFT_CLI_BUFFER_H

#include "cli/run.h"
#include "report/scan.h"

// Reads standard input into the options. False after E101: it cannot be read, or is larger than a file may be.
bool buffer_read(Options *options, Diagnostics *diagnostics);
// True when the options ask for it.
bool buffer_is_used(const Options *options);
// Leaves only the accesses of the buffer.
void buffer_keep_rows(const Run *run, ScanRows *rows);
// Leaves only the change of the buffer. Returns how many other files change with it.
uint32_t buffer_keep_plan(Run *run);
// "weft: 12 other files change with it": the buffer alone would not run. Not with -q.
void buffer_say_others(const Options *options, uint32_t others);
// `apply`: prints the text that the buffer becomes, which is its own where nothing changes.
void buffer_print(const Run *run);

#endif
