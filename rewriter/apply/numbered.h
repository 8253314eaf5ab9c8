// Files and folders that are named by numbers: runs, and packs of old bytes.
#ifndef WEFT_APPLY_NUMBERED_H
#define WEFT_APPLY_NUMBERED_H

#include "apply/files.h"
#include "base/vec.h"

// printf's conversion for such a name. Up to nine digits are read.
#define NUMBERED_NAME "%06u"

// Ascending.
typedef Vec(uint32_t) Numbers;

// The numbers in FOLDER; other names are passed over, and a folder that is not there has none. False
// with errno. The caller releases *NUMBERS either way.
bool numbered_list(const Files *files, Str folder, Numbers *numbers);

#endif
