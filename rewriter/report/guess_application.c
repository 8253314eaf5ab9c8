// What an application object holds for all requests. In: facts. Out: places that handlers read through the framework,
// each once, with how often:
//
//     request.app.state.db          FastAPI, Starlette      app.state.db
//     request.app["db"]             aiohttp                 app["db"]
//     current_app.extensions["x"]   flask, quart            app.extensions["x"]
//
// `g.db` of flask is none: it lives as long as one request.
#include "report/guess_internal.h"

enum { LEAST_READS = 2, MOST_HELD = 12, MOST_LOOKED_AT = 200 };

typedef struct Frameworks {
    bool asgi, aiohttp, wsgi;
} Frameworks;

static bool imports(const Program *program, const char *module) {
    size_t length = strlen(module);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        Str dotted = program_name(program, program_import(program, (ImportId){i})->dotted);
        if (str_starts_with(dotted, str_from(module)) && (dotted.length == length || dotted.data[length] == '.'))
            return true;
    }
    return false;
}

// `app`, `request.app`, `self.application`, `current_app`.
static bool is_application(const Program *program, ExprId id) {
    static const char *const names[] = {"app", "application", "current_app"};
    const ExprFact *expr = program_expr(program, id);
    if (expr->kind != EXPR_NAME && expr->kind != EXPR_ATTRIBUTE) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(program_name(program, expr->name), names[i])) return true;
    return false;
}

static bool is_attribute_of_application(const Program *program, ExprId id, const char *name) {
    const ExprFact *expr = program_expr(program, id);
    return expr->kind == EXPR_ATTRIBUTE && str_is(program_name(program, expr->name), name) &&
           is_application(program, expr->base);
}

// "app.state.db" for what EXPR reads; empty for anything else.
static Str place_of(const Program *program, Arena *arena, const ExprFact *expr, Frameworks used) {
    if (used.asgi && expr->kind == EXPR_ATTRIBUTE && is_attribute_of_application(program, expr->base, "state"))
        return arena_format(arena, "app.state.%.*s", STR_ARG(program_name(program, expr->name)));
    if (expr->kind != EXPR_SUBSCRIPT) return STR_NONE;
    bool extension = used.wsgi && is_attribute_of_application(program, expr->base, "extensions");
    const ExprFact *base = program_expr(program, expr->base);
    // A mere name `app` may be any dictionary.
    bool request = used.aiohttp && base->kind == EXPR_ATTRIBUTE && is_application(program, expr->base);
    if (!extension && !request) return STR_NONE;
    FileId file = program_module_file(program, program_scope(program, expr->scope)->module);
    Str key = str_slice(source_file(program->facts->sources, file)->text, base->end, expr->end);
    return arena_format(arena, "app%s%.*s", extension ? ".extensions" : "", STR_ARG(key));
}

static void note(Guesser *guesser, const ExprFact *expr, Str place) {
    Guesses *out = guesser->out;
    const Program *program = guesser->program;
    uint32_t at = 0;
    while (at < out->held.count && !str_equal(out->held.items[at].name, place)) at++;
    if (at == MOST_LOOKED_AT) return;
    if (at == out->held.count) {
        ModuleId module = program_scope(program, expr->scope)->module;
        vec_add(&out->held, ((GuessHeld){.name = place,
                                         .is_settings = guess_is_settings_name(guess_last(place)),
                                         .place = guess_place(guesser, module, expr->start)}));
    }
    bool writes = (expr->flags & (EXPR_STORED | EXPR_DELETED)) != 0;
    out->held.items[at].reads += !writes && fact_is(program_scope_function(program, expr->scope));
}

static int compare_held(const void *left, const void *right) {
    const GuessHeld *a = left, *b = right;
    if (a->reads != b->reads) return a->reads > b->reads ? -1 : 1;
    return str_compare(a->name, b->name);
}

void guess_find_application(Guesser *guesser) {
    const Program *program = guesser->program;
    Frameworks used = {.asgi = imports(program, "fastapi") || imports(program, "starlette"),
                       .aiohttp = imports(program, "aiohttp"),
                       .wsgi = imports(program, "flask") || imports(program, "quart")};
    if (!used.asgi && !used.aiohttp && !used.wsgi) return;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind != EXPR_ATTRIBUTE && expr->kind != EXPR_SUBSCRIPT) continue;
        if (guesser->aside[program_scope(program, expr->scope)->module.index]) continue;
        Str place = place_of(program, &guesser->out->arena, expr, used);
        if (place.length > 0) note(guesser, expr, place);
    }
    Guesses *out = guesser->out;
    if (out->held.count > 0) qsort(out->held.items, out->held.count, sizeof *out->held.items, compare_held);
    while (out->held.count > 0 && (out->held.count > MOST_HELD || vec_last(&out->held)->reads < LEAST_READS))
        out->held.count--;
}
