// The statements at the top of a function.
//
// In: what shall hold there. Out: lines of Python; and of lines of Python, whether they say that. What
// is written here must be recognised here, byte for byte: `--stage contract` takes it out again.
#include "python/write/first.h"

// ---- writing -------------------------------------------------------------------------------------
static Str condition(Arena *arena, Str parameter) {
    return arena_format(arena, "if %.*s is None:", STR_ARG(parameter));
}

static Str assignment(Arena *arena, Str name, Str value) {
    return arena_format(arena, "%.*s = %.*s", STR_ARG(name), STR_ARG(value));
}

// As a statement may have it: in parentheses when it goes over several lines.
static Str whole_expression(Arena *arena, Str text) {
    bool broken = str_find(text, '\n') >= 0 || str_find(text, '\r') >= 0;
    return broken ? arena_format(arena, "(%.*s)", STR_ARG(text)) : text;
}

static void add_fallback(Arena *arena, Str name, Str value, FirstLines *lines) {
    vec_add(&lines->list, condition(arena, name));
    vec_add(&lines->list, arena_format(arena, "    %.*s", STR_ARG(assignment(arena, name, value))));
}

void first_lines(Arena *arena, const FirstStatement *statement, FirstLines *lines) {
    Str name = statement->name, value = statement->value;
    switch (statement->kind) {
    case FIRST_VALUE: vec_add(&lines->list, assignment(arena, name, value)); break;
    case FIRST_FALLBACK: add_fallback(arena, name, value, lines); break;
    case FIRST_DEFAULT: add_fallback(arena, name, whole_expression(arena, value), lines); break;
    case FIRST_STORE:
        vec_add(&lines->list, arena_format(arena, "%.*s.%.*s = %.*s", STR_ARG(statement->receiver),
                                           STR_ARG(name), STR_ARG(name)));
        break;
    }
}

static Str inline_fallback(Arena *arena, Str name, Str value) {
    return arena_format(arena, "%.*s = %.*s if %.*s is None else %.*s", STR_ARG(name),
                        STR_ARG(value), STR_ARG(name), STR_ARG(name));
}

Str first_inline(Arena *arena, const FirstStatement *fallback) {
    return inline_fallback(arena, fallback->name, fallback->value);
}

// ---- finding again -------------------------------------------------------------------------------
bool first_is_condition(Str text, Str parameter) {
    Arena arena = {0};
    bool good = str_starts_with(text, condition(&arena, parameter));
    arena_release(&arena);
    return good;
}

bool first_is_assignment(Str text, Str parameter, Str value) {
    Arena arena = {0};
    bool good = str_equal(text, assignment(&arena, parameter, value));
    arena_release(&arena);
    return good;
}

bool first_is_inline(Str text, Str parameter, Str value) {
    Arena arena = {0};
    bool good = str_equal(text, inline_fallback(&arena, parameter, value));
    arena_release(&arena);
    return good;
}

bool first_is_about(Str statement, Str context) {
    if (first_is_condition(statement, context)) return true;
    ptrdiff_t at = str_find_str(statement, STR(" = "));
    if (at < (ptrdiff_t)context.length) return false;
    Str target = str_slice(statement, 0, (size_t)at);
    size_t before = target.length - context.length;
    if (!str_equal(str_slice(target, before, target.length), context)) return false;
    return before == 0 || target.data[before - 1] == '.';
}
