// What else a file has besides bytes, owner and bits: its access control list and its extended attributes,
// which are one thing to the kernel.
#ifndef WEFT_APPLY_ATTRIBUTES_H
#define WEFT_APPLY_ATTRIBUTES_H

#include "base/str.h"

// Gives the open file TO exactly the access control list of the open file FROM, or none when that has none, and
// all other extended attributes of it that belong to a file and not to its bytes. *HAS_LIST: there is a list, and
// it has set the permission bits of TO too. False with errno, when one cannot be given.
bool attributes_copy(int from, int to, bool *has_list);
// Whether the open file has an access control list; also true when that cannot be told.
bool attributes_have_list(int file);

#endif
