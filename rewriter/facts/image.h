// Facts as bytes, of one file or of a whole tree with its resolution, to be read back by the same build.
#ifndef WEFT_FACTS_IMAGE_H
#define WEFT_FACTS_IMAGE_H

#include "base/image.h"
#include "facts/language.h"

// False, with nothing written, when there is something in FACTS that has no place in an image: rules that took too
// long.
bool facts_image_write(const Facts *facts, StrBuf *out);
// Facts over SOURCES, which are initialised here. False when the bytes are none of facts; FACTS are released then.
bool facts_image_read(ImageReader *image, const Sources *sources, const Languages *languages, Facts *facts);

#endif
