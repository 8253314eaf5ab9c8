// What decorators of web frameworks serve.
#ifndef WEFT_API_ROUTE_H
#define WEFT_API_ROUTE_H

#include "program/rows.h"

// "GET /users" of `@router.get("/users")`, "ANY /users" of `@app.route("/users")`, in ARENA; empty when DECORATOR
// is none of that kind. The path is that of the decorator: prefixes of routers are added where they are mounted, at
// run time.
Str route_of_decorator(const Program *program, ExprId decorator, Arena *arena);

#endif
