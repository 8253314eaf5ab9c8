// Catalogues as msgfmt writes them: .mo files of GNU gettext, without its library and without an installed locale.
#ifndef WEFT_BASE_CATALOGUE_H
#define WEFT_BASE_CATALOGUE_H

#include "base/message.h"

// The messages of a .mo file of LENGTH bytes in the byte order of this machine, which has to outlive the catalogue:
// its rows point into it. Entries with a context or plural forms are no messages of weft. False, and an empty
// catalogue, when the bytes are none. The rows are the caller's, to be freed.
bool catalogue_read(const unsigned char *bytes, size_t length, MessageCatalogue *catalogue);

#endif
