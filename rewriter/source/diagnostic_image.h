// Diagnostics as bytes, to be kept in the cache.
#ifndef WEFT_SOURCE_DIAGNOSTIC_IMAGE_H
#define WEFT_SOURCE_DIAGNOSTIC_IMAGE_H

#include "base/image.h"
#include "source/diagnostic.h"

// Those from FIRST on.
void diagnostics_image_write(const Diagnostics *diagnostics, uint32_t first, StrBuf *out);
// Adds them; their texts are copied.
void diagnostics_image_read(ImageReader *image, Diagnostics *diagnostics);

#endif
