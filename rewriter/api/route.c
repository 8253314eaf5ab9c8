// In: a decorator. Out: the route that it serves, in one form for FastAPI, Flask, Starlette, aiohttp and Sanic.
#include "api/route.h"

static const struct {
    const char *attribute, *method;
} METHODS[] = {
    {"get", "GET"},     {"post", "POST"},     {"put", "PUT"},         {"delete", "DELETE"},
    {"patch", "PATCH"}, {"head", "HEAD"},     {"options", "OPTIONS"}, {"websocket", "WEBSOCKET"},
    {"route", "ANY"},   {"api_route", "ANY"},
};

static const char *method_of(Str attribute) {
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (str_is(attribute, METHODS[i].attribute)) return METHODS[i].method;
    return NULL;
}

Str route_of_decorator(const Program *program, ExprId decorator, Arena *arena) {
    const ExprFact *row = program_expr(program, decorator);
    if (row->kind != EXPR_CALL) return STR_NONE;
    const ExprFact *callee = program_expr(program, row->base);
    if (callee->kind != EXPR_ATTRIBUTE) return STR_NONE;
    const char *method = method_of(program_name(program, callee->name));
    const CallFact *call = program_call(program, row->call);
    if (method == NULL || call->argument_count == 0) return STR_NONE;
    const ArgumentFact *first = program_argument(program, (ArgumentId){call->first_argument});
    const ExprFact *path = program_expr(program, first->value);
    if (first->kind != ARGUMENT_POSITIONAL || path->kind != EXPR_STRING || path->name.index == 0)
        return STR_NONE;
    Str text = program_name(program, path->name);
    if (!str_starts_with(text, STR("/"))) return STR_NONE;
    return arena_format(arena, "%s %.*s", method, STR_ARG(text));
}
