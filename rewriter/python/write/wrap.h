// Lists that grow beyond the lines of the project.
#ifndef WEFT_PYTHON_WRITE_WRAP_H
#define WEFT_PYTHON_WRITE_WRAP_H

#include "python/write/layout.h"

// Characters, not bytes.
uint32_t wrap_width(Str text);

// A comma-separated list in parentheses, and what it gains.
typedef struct GrowingList {
    uint32_t open, close; // offsets of the parentheses
    const ListItem *items;
    uint32_t count, place; // the texts go before items[place]; place == count: behind all
    const Str *texts;
    uint32_t text_count;
    uint32_t longer, shorter; // characters that another stage adds to the texts, or takes away
} GrowingList;

// Lays the list out as black does when the line that it stands in becomes longer than the project allows: its
// items on one line of their own where they fit, else each on a line of its own with a comma behind. Only white
// space and commas between items change. False, and nothing is written, where the line stays short enough, the
// project names no limit, or the list is not all on one line. The layout is the same whatever the stage, so that
// expand and contract together are mode required; near the limit that is the one which black leaves alone in both.
bool wrap_list(const Writing *writing, const GrowingList *list);

#endif
