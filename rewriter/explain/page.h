// Private to text.c and steps.c: a page of text that grows.
#ifndef WEFT_EXPLAIN_PAGE_H
#define WEFT_EXPLAIN_PAGE_H

#include "explain/explain.h"

enum { PAGE_INDENT = 2, PAGE_INDENT_DEEP = 4 };

typedef struct Style {
    const char *name, *label, *place, *code, *off; // colours
} Style;

typedef struct Page {
    StrBuf text;
    Arena arena; // of shown places
    const Style *style;
} Page;

// Columns that the text takes.
uint32_t page_width(Str text);
// "path:line".
Str page_place(Page *page, const Place *place);
// The place and blanks up to column WIDTH, then two more.
void page_add_place(Page *page, const Place *place, uint32_t width);
// The width of the widest place, counting the reasonable ones only.
void page_widen(Page *page, const Place *place, uint32_t *width);
void page_add_chains(Page *page, const Subject *subject);
void page_add_sites(Page *page, const Subject *subject);

#endif
