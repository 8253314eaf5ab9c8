// The public interface of a program: what code outside of it may name.
//
// Public is what the rules list under `public_api`; where they list nothing, what a module exports: names in its
// `__all__`, or names without a leading underscore when it has none. A package exports what its `__init__` imports
// from the same tree, too. Methods that the language calls (`__init__`, `__call__`) are part of their class. What
// stands inside a function is not public.
#ifndef WEFT_API_SURFACE_H
#define WEFT_API_SURFACE_H

#include "program/rows.h"

typedef enum ApiKind {
    API_CLASS,
    API_FUNCTION, // also methods
    API_PROPERTY,
    API_ATTRIBUTE, // of a module or a class
    API_ALIAS,     // of something in this tree, by import
    API_ROUTE,     // "GET /users": what a decorator of a web framework serves
} ApiKind;

typedef struct ApiItem {
    ApiKind kind;
    Str name;                 // as imports name it: "app.api.Client.send"; of a route "GET /users"
    Span span;                // of the name where it is defined
    bool public_;             // else an import that only answers for something that moved
    FunctionId function;      // API_FUNCTION, API_PROPERTY, API_ROUTE
    ClassId klass;            // API_CLASS; of a method its class
    ExprId value, annotation; // API_ATTRIBUTE
    Str target;               // API_ALIAS: the name of what it means
} ApiItem;

typedef struct ApiSurface {
    Arena arena;
    const Program *program; // borrowed
    Vec(ApiItem) items;     // sorted by name; one for each name, the last definition
} ApiSurface;

// Lists the interface of PROGRAM, which must outlive it.
void api_surface_build(const Program *program, ApiSurface *surface);
void api_surface_release(ApiSurface *surface);

// The item of that name, also one that is inherited or imported; NULL when there is none.
const ApiItem *api_surface_find(const ApiSurface *surface, Str name);
// Its source text; empty for none.
Str api_surface_text(const ApiSurface *surface, ExprId expr);
const char *api_kind_name(ApiKind kind);

#endif
