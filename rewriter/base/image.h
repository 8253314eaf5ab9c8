// Tables as bytes, to be kept in a file and read back by the same build of the program.
//
// Rows are taken for words of 32 bits and written column by column, each word as its difference from the one above
// it: ids grow from row to row, so that most words take one byte, and a column of zeros takes none. What is read back
// is exactly what was written. Who reads is told when the bytes end too soon; whether they are the ones that were
// written is for the caller to know (source/cache.h has a checksum).
#ifndef WEFT_BASE_IMAGE_H
#define WEFT_BASE_IMAGE_H

#include "base/str.h"

// Add a number, in as few bytes as it needs, and a text with its length.
void image_add_number(StrBuf *out, uint64_t number);
void image_add_text(StrBuf *out, Str text);
// COUNT rows of SIZE bytes, a multiple of four.
void image_add_rows(StrBuf *out, const void *rows, uint32_t count, size_t size);

// What is left to be read. Once something was missing all reads give nothing, and `failed` says so.
typedef struct ImageReader {
    Str rest;
    bool failed;
} ImageReader;

// What image_add_number wrote; 0 at the end, which is noted.
uint64_t image_number(ImageReader *reader);
// A number that cannot be more than MOST: the count of something of which each takes part of a byte or more.
uint32_t image_count(ImageReader *reader, uint64_t most);
Str image_text(ImageReader *reader); // part of the bytes that are read
// Fills COUNT rows of SIZE bytes.
void image_rows(ImageReader *reader, void *rows, uint32_t count, size_t size);

#endif
