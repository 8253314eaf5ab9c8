// In: an open file. Out: at most one holder of its lock. Not flock(2): with that one can only find out who holds a lock by
// taking it for a moment, and a `status` that looked just then made another weft's `resume` fail.
#include "base/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// All of the file, whatever its length.
static struct flock whole_file(void) {
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

bool file_lock_take(int descriptor) {
    struct flock lock = whole_file();
    if (fcntl(descriptor, F_OFD_SETLK, &lock) == 0) return true;
    if (errno == EACCES || errno == EAGAIN) errno = EWOULDBLOCK; // POSIX allows both words for it
    return false;
}

bool file_lock_is_held(int descriptor) {
    struct flock lock = whole_file();
    return fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}
