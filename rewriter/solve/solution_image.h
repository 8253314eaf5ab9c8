// A solution as bytes, to be kept in the cache.
#ifndef WEFT_SOLVE_SOLUTION_IMAGE_H
#define WEFT_SOLVE_SOLUTION_IMAGE_H

#include "base/image.h"
#include "solve/solution.h"

// Adds the solution to OUT, as solution_image_read wants it.
void solution_image_write(const Solution *solution, const Facts *facts, StrBuf *out);
// Fills an empty SOLUTION over the same FACTS; the bytes of IMAGE must outlive it. The image says by itself when it
// was cut short.
void solution_image_read(ImageReader *image, const Facts *facts, Solution *solution);

// What was taken back; the texts of those that are read are part of the image.
void taken_backs_image_write(const TakenBacks *taken, StrBuf *out);
void taken_backs_image_read(ImageReader *image, TakenBacks *taken);

#endif
