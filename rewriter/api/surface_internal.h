// What the files that list an interface share; nobody else includes this.
#ifndef WEFT_API_SURFACE_INTERNAL_H
#define WEFT_API_SURFACE_INTERNAL_H

#include "api/surface.h"

// surface_header.c: what the headers of a program offer whose names need no import.
void surface_add_headers(ApiSurface *surface);

#endif
