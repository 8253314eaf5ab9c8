// Private to unit/: what a source may make libclang do is bounded. A macro that doubles sixty times, a queue or a device
// that is included, and libclang does not come back; nothing can stop it but the end of the process.
#ifndef WEFT_CLANG_UNIT_WATCH_H
#define WEFT_CLANG_UNIT_WATCH_H

#include <stdint.h>

// libclang begins to parse the file at PATH, which is kept until watch_end. Where it takes longer or more memory than
// any source does, weft says so on stderr and ends with status 70; nothing was written by then. Any thread may call it.
// Returns what watch_end is given.
uint32_t watch_begin(const char *path);
void watch_end(uint32_t number);

#endif
