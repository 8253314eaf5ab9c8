// Finished edits as bytes, to be kept in the cache.
#ifndef WEFT_EDIT_EDIT_IMAGE_H
#define WEFT_EDIT_EDIT_IMAGE_H

#include "base/image.h"
#include "edit/edit.h"

// Adds the edits to OUT, as edits_image_read wants them.
void edits_image_write(const Edits *edits, StrBuf *out);
// Fills empty EDITS; the bytes of IMAGE must outlive them.
void edits_image_read(ImageReader *image, Edits *edits);

#endif
