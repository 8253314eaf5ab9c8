// Private to unit/: where the values of functions go.
#ifndef WEFT_CLANG_UNIT_FLOW_H
#define WEFT_CLANG_UNIT_FLOW_H

#include "clang/unit/said.h"

#ifdef WEFT_WITH_LIBCLANG
// What a value goes into.
typedef enum PlaceKind {
    PLACE_UNKNOWN,  // nobody follows it
    PLACE_HARMLESS, // compared, or not used at all
    PLACE_CALLED,
    PLACE_SLOT,
} PlaceKind;

// A slot is what has a type of function pointers, and says so by a list of parameters in the tree: a typedef, else a
// field, a variable or a parameter.
typedef struct Place {
    PlaceKind kind;
    FileId file; // of the slot's name
    uint32_t offset;
} Place;

// What the walk over one unit adds to.
typedef struct Visit {
    ParsedUnit *parsed;
    MarkList *marks;
    FlowList *flows;
    Place result; // of the function at hand
    uint32_t depth;
    bool too_deep; // something was left out: nobody may rely on what the walk found
} Visit;

// flow.c: walks over what a cursor stands for, and says what each name means (mark_name) and where functions go.
void flow_walk(Visit *visit, CXCursor cursor, Place place);
// Lists of parameters of one function, where they declare slots themselves, are of one kind.
void flow_join_declarations(Visit *visit, CXCursor function);

// flow_attribute.c: what ATTRIBUTE says of who calls FUNCTION besides, or the function that it names.
void flow_read_attribute(Visit *visit, CXCursor function, CXCursor attribute);

// flow_slot.c: the slot that a declaration is, or has its type from; PLACE_HARMLESS when its type is no function's, and
// PLACE_UNKNOWN when that is said outside of the tree, or without a name.
Place slot_of_declaration(Visit *visit, CXCursor declaration);
// The same of a type alone: of a result, of an element.
Place slot_of_type(Visit *visit, CXType type);
bool slot_is_function_type(CXType type);

// mark.c: what the name at a cursor means. False when no name stands there.
bool mark_name(Visit *visit, CXCursor cursor, CXCursor meant, MarkKind kind);
// Something holds what is declared by DECLARATION fast.
void mark_fixed(Visit *visit, CXCursor declaration);
// The name of DECLARATION in the tree.
bool mark_place(Visit *visit, CXCursor declaration, FileId *file, uint32_t *offset);
#endif

#endif
