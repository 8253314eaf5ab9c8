// A lock on a file that the kernel gives back when its holder ends, however it ends.
#ifndef WEFT_BASE_FILE_LOCK_H
#define WEFT_BASE_FILE_LOCK_H

#include <stdbool.h>

// Takes the lock of the file that is open for writing as DESCRIPTOR. It is held until the last copy of DESCRIPTOR is
// closed, those that children inherited included. False with errno when it was not taken: EWOULDBLOCK when another holds
// it. Does not wait. The lock is one of an open file description (POSIX.1-2024, F_OFD_SETLK).
bool file_lock_take(int descriptor);

// Does another hold it? Only asks: who wants to take the lock at the same moment gets it. DESCRIPTOR may be open for
// reading only.
bool file_lock_is_held(int descriptor);

#endif
