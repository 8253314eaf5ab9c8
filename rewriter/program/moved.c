// In: a dotted name, a program without it, and maybe one with it. Out: the name of what took its place. A guess, and
// careful: of two things of one name neither is meant, unless one has the methods of the old one.
//
//     src.chat.chat_stream.ChatStream        src.chat.sessions.ChatStream            by name
//     src.chat.chat_stream.ChatStream.save   src.chat.sessions.BotChatSession.save   by shape, when the old class is known
#include "program/moved.h"

#include "program/index.h"
#include "program/name.h"
#include "program/rows.h"

enum {
    NAME_LENGTH_MIN = 5, // `run` and `get` are everywhere
    METHODS_MIN = 3,     // of a class that is known by them
    ALIKE = 50,          // percent of the methods of both that are in both
    ALIKE_NEAR = 30,     // the same of a class in the same package
    BETTER = 15,         // percent more than any other class
};

typedef enum Kind { KIND_CLASS, KIND_FUNCTION, KIND_SYMBOL, KIND_COUNT } Kind;

static size_t last_dot(Str name) {
    ptrdiff_t dot = str_find_last(name, '.');
    return dot < 0 ? 0 : (size_t)dot;
}

static Str last_part(Str name) {
    size_t dot = last_dot(name);
    return dot == 0 ? name : str_slice(name, dot + 1, name.length);
}

// The parts of NAME that are compared: "ChatBot.answer" of a method, else the last.
static Str tail_of(Str name) {
    Str owner = last_part(str_slice(name, 0, last_dot(name)));
    bool in_class = owner.length > 0 && owner.data[0] >= 'A' && owner.data[0] <= 'Z';
    return in_class ? str_slice(name, name.length - last_part(name).length - owner.length - 1, name.length)
                    : last_part(name);
}

static bool ends_with_part(Str name, Str tail) {
    return str_ends_with(name, tail) && name.length > tail.length && name.data[name.length - tail.length - 1] == '.';
}

// ---- by name -------------------------------------------------------------------------------------
typedef struct Found {
    Str name;
    uint32_t count;
} Found;

static void offer(Found *found, Str name, Str tail) {
    if (!ends_with_part(name, tail) || str_equal(name, found->name)) return;
    found->name = name;
    found->count++;
}

static void offer_symbols(Arena *arena, const Program *program, Found *found, Str tail) {
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        const ScopeFact *scope = program_scope(program, symbol->scope);
        BindingId first = symbol->first_binding;
        bool own = scope->kind == SCOPE_MODULE && fact_is(first) &&
                   (program_binding(program, first)->kind == BINDING_ASSIGN ||
                    program_binding(program, first)->kind == BINDING_DECLARE);
        if (own && str_equal(program_name(program, symbol->name), tail))
            offer(found, program_symbol_name(arena, program, (SymbolId){i}), tail);
    }
}

static Found find_named(Arena *arena, const Program *program, Kind kind, Str tail) {
    Found found = {0};
    switch (kind) {
    case KIND_CLASS:
        for (uint32_t i = 1; i < program_class_count(program); i++)
            offer(&found, program_name(program, program_class(program, (ClassId){i})->qualified), tail);
        break;
    case KIND_FUNCTION:
        for (uint32_t i = 1; i < program_function_count(program); i++) {
            const FunctionFact *function = program_function(program, (FunctionId){i});
            bool is_method = str_find(tail, '.') >= 0;
            if (fact_is(function->klass) == is_method) offer(&found, program_name(program, function->qualified), tail);
        }
        break;
    case KIND_SYMBOL: offer_symbols(arena, program, &found, tail); break;
    case KIND_COUNT: break;
    }
    return found;
}

static bool may_be(const Program *before, Kind kind, Str dotted) {
    if (before == NULL) return true;
    switch (kind) {
    case KIND_CLASS: return fact_is(program_find_class(before, dotted));
    case KIND_FUNCTION: return fact_is(program_find_function(before, dotted));
    case KIND_SYMBOL: return fact_is(program_find_symbol(before, dotted));
    case KIND_COUNT: break;
    }
    return false;
}

static Moved by_name(Arena *arena, const Program *now, const Program *before, Str dotted) {
    Str tail = tail_of(dotted);
    for (int kind = 0; tail.length >= NAME_LENGTH_MIN && kind < KIND_COUNT; kind++) {
        if (!may_be(before, (Kind)kind, dotted)) continue;
        Found found = find_named(arena, now, (Kind)kind, tail);
        if (found.count == 1) return (Moved){MOVED_BY_NAME, arena_copy(arena, found.name)};
        if (found.count > 1) break;
    }
    return (Moved){0};
}

// ---- by shape ------------------------------------------------------------------------------------
static bool has_method(const Program *program, ClassId klass, Str name) {
    for (RowList methods = program_methods(program, klass); methods.at < methods.end; methods.at++)
        if (str_equal(program_name(program, program_function(program, (FunctionId){*methods.at})->name), name))
            return true;
    return false;
}

// Percent of the methods of both that are in both.
static uint32_t likeness(const Program *a, ClassId first, const Program *b, ClassId second) {
    RowList methods = program_methods(a, first);
    uint32_t all = row_count(methods) + row_count(program_methods(b, second)), both = 0;
    if (row_count(methods) < METHODS_MIN || row_count(program_methods(b, second)) < METHODS_MIN) return 0;
    for (; methods.at < methods.end; methods.at++)
        both += has_method(b, second, program_name(a, program_function(a, (FunctionId){*methods.at})->name));
    return all - both == 0 ? 0 : both * 100 / (all - both);
}

// "src.chat.message" of "src.chat.message.chat_stream.ChatStream".
static Str package_of(Str name) {
    Str module = str_slice(name, 0, last_dot(name));
    return str_slice(module, 0, last_dot(module));
}

static ClassId most_alike(const Program *now, const Program *before, ClassId klass) {
    uint32_t best = 0, second = 0;
    ClassId found = FACT_NONE(ClassId);
    Str package = package_of(program_name(before, program_class(before, klass)->qualified));
    for (uint32_t i = 1; i < program_class_count(now); i++) {
        Str name = program_name(now, program_class(now, (ClassId){i})->qualified);
        if (fact_is(program_find_class(before, name))) continue; // it has not moved
        uint32_t alike = likeness(before, klass, now, (ClassId){i});
        if (str_equal(package_of(name), package) && alike >= ALIKE_NEAR) alike += ALIKE - ALIKE_NEAR;
        if (alike > best) {
            second = best;
            best = alike;
            found = (ClassId){i};
        } else if (alike > second) {
            second = alike;
        }
    }
    return best >= ALIKE && best >= second + BETTER ? found : FACT_NONE(ClassId);
}

static Moved by_shape(Arena *arena, const Program *now, const Program *before, Str dotted) {
    ClassId klass = program_find_class(before, dotted);
    Str owner = str_slice(dotted, 0, last_dot(dotted)), method = STR_NONE;
    if (!fact_is(klass)) {
        klass = program_find_class(before, owner);
        method = last_part(dotted);
    }
    if (!fact_is(klass)) return (Moved){0};
    Moved moved = method.length > 0 ? program_find_moved(arena, now, before, owner) : (Moved){0};
    if (moved.how == MOVED_NOT) {
        ClassId alike = most_alike(now, before, klass);
        if (!fact_is(alike)) return (Moved){0};
        moved = (Moved){MOVED_BY_SHAPE, program_name(now, program_class(now, alike)->qualified)};
    }
    if (method.length == 0) return moved;
    ClassId there = program_find_class(now, moved.name);
    if (!fact_is(there) || !has_method(now, there, method)) return (Moved){0};
    moved.name = arena_format(arena, "%.*s.%.*s", STR_ARG(moved.name), STR_ARG(method));
    return moved;
}

Moved program_find_moved(Arena *arena, const Program *now, const Program *before, Str dotted) {
    Moved moved = by_name(arena, now, before, dotted);
    if (moved.how == MOVED_NOT && before != NULL) moved = by_shape(arena, now, before, dotted);
    return moved;
}
