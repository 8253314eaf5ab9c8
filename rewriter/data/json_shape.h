// Structs as JSON objects, both ways, by one table: what writes a field cannot forget to read it.
//
//     static const ShapeField fields[] = {
//         {.key = "column", SHAPE_TEXT, offsetof(Assignment, column)},
//         {.key = "value", SHAPE_TEXT, offsetof(Assignment, value)},
//     };
//     static const Shape assignment = {fields, 2, sizeof(Assignment)};
//
// A field that has its zero value (for numbers with `unknown`: -1) is left out, unless it is `required`.
#ifndef WEFT_DATA_JSON_SHAPE_H
#define WEFT_DATA_JSON_SHAPE_H

#include "base/list.h"

typedef enum ShapeKind {
    SHAPE_TEXT,    // Str
    SHAPE_TEXTS,   // StrItems
    SHAPE_NUMBER,  // int64_t
    SHAPE_BOOLEAN, // bool
    SHAPE_CHOICE,  // int: index into `choices`
    SHAPE_OBJECT,  // a struct of `shape`
    SHAPE_OBJECTS, // List() of such structs
} ShapeKind;

typedef struct Shape Shape;

typedef struct ShapeField {
    const char *key;
    ShapeKind kind;
    size_t offset;
    bool required;
    bool unknown;               // SHAPE_NUMBER: -1 when it is not there, else 0 or more
    const char *const *choices; // SHAPE_CHOICE: ends with NULL
    const Shape *shape;         // SHAPE_OBJECT, SHAPE_OBJECTS
} ShapeField;

struct Shape {
    const ShapeField *fields;
    uint32_t count;
    size_t size; // of the struct
};

// What is wrong with a document: where in it, and why.
typedef struct ShapeFault {
    StrBuf text;
} ShapeFault;

// Appends VALUE, a struct of SHAPE, as an indented JSON object with a line end. Its texts are UTF-8.
void shape_write(const Shape *shape, const void *value, StrBuf *out);

// Fills VALUE, zeroed, from JSON. A key that SHAPE does not know, one that is there twice, a value of another
// kind and a missing field that is required are refused: false and *FAULT, which the caller releases. Lists
// and texts live in ARENA or are slices of JSON.
bool shape_read(const Shape *shape, Str json, Arena *arena, void *value, ShapeFault *fault);

#endif
