// In: a program whose names are those of the whole program. Out: what its headers offer, by name: functions, macros,
// variables, types. Where headers lie in a folder `include`, those below it are the public ones.
#include "api/surface_internal.h"

#include "program/name.h"

static bool is_below_include(Str path) {
    return str_starts_with(path, STR("include/")) || str_find_str(path, STR("/include/")) >= 0;
}

static Str path_of(const Program *program, ModuleId module) {
    return source_file(program->facts->sources, program_module_file(program, module))->path;
}

// By ModuleId: it is a header that code outside of the tree may include.
static bool *find_public_headers(const ApiSurface *surface, Arena *arena) {
    const Program *program = surface->program;
    bool *public = arena_array(arena, bool, program_module_count(program) + 1);
    bool below = false;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        below = below || (program_module(program, (ModuleId){i})->is_stub &&
                          is_below_include(path_of(program, (ModuleId){i})));
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        bool header = program_module(program, (ModuleId){i})->is_stub;
        public[i] = header && (!below || is_below_include(path_of(program, (ModuleId){i})));
    }
    return public;
}

typedef struct Headers {
    ApiSurface *surface;
    const bool *public; // by ModuleId
} Headers;

static void add(const Headers *headers, ApiItem item, ModuleId module, Name name, uint32_t start, uint32_t end) {
    const Program *program = headers->surface->program;
    Str text = program_name(program, name);
    bool listed = program->rules->public_api.count > 0;
    if (!headers->public[module.index] || text.length == 0) return;
    if (listed ? !program_names_match(program, &program->rules->public_api, text) : text.data[0] == '_') return;
    item.public_ = true;
    item.name = text;
    item.span = (Span){program_module_file(program, module), start, end};
    vec_add(&headers->surface->items, item);
}

// A type of functions, and no member of a structure.
static bool is_type(const Program *program, FunctionId id) {
    const Language *language = program_module(program, program_function(program, id)->module)->language;
    return language->names_type && language->names_type(program->facts, id);
}

static void add_functions(const Headers *headers) {
    const Program *program = headers->surface->program;
    uint32_t close = 0; // of the function before: pointers among its parameters are none
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        bool pointer = function->flags & FUNCTION_POINTER;
        if (pointer && (function->name_start < close || !is_type(program, (FunctionId){i}))) continue;
        close = pointer ? 0 : function->close;
        ApiItem item = {.kind = API_FUNCTION, .function = {i}};
        add(headers, item, function->module, function->name, function->name_start, function->name_end);
    }
}

static void add_types(const Headers *headers) {
    const Program *program = headers->surface->program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        ApiItem item = {.kind = API_CLASS, .klass = {i}};
        add(headers, item, klass->module, klass->name, klass->name_start, klass->name_end);
    }
}

// #define GUARD_H: a name that stands for nothing.
static bool stands_for_nothing(const Program *program, const BindingFact *binding) {
    const StatementFact *statement = program_statement(program, binding->statement);
    return statement->end <= binding->end;
}

static void add_variables(const Headers *headers) {
    const Program *program = headers->surface->program;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        const ScopeFact *scope = program_scope(program, symbol->scope);
        const BindingFact *binding = program_binding(program, symbol->last_binding);
        bool value = binding->kind == BINDING_ASSIGN || binding->kind == BINDING_DECLARE;
        if (scope->kind != SCOPE_MODULE || !fact_is(symbol->last_binding) || !value) continue;
        if ((symbol->flags & SYMBOL_MACRO) && stands_for_nothing(program, binding)) continue;
        add(headers, (ApiItem){.kind = API_ATTRIBUTE}, scope->module, symbol->name, binding->start, binding->end);
    }
}

void surface_add_headers(ApiSurface *surface) {
    Headers headers = {surface, find_public_headers(surface, &surface->arena)};
    add_variables(&headers);
    add_types(&headers);
    add_functions(&headers);
}
