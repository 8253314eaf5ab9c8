// In: a program. Out: its public interface, by name. Looks at definitions only, not at what runs.
#include "api/surface_internal.h"

#include <stdlib.h>

#include "api/route.h"
#include "facts/language.h"
#include "program/name.h"

// ---- what is public ------------------------------------------------------------------------------
static bool is_exported(const ModuleFact *module, Name name) {
    for (uint32_t i = 0; i < module->exports.count; i++)
        if (name_equal(module->exports.items[i], name)) return true;
    return false;
}

static bool is_dunder(Str name) {
    return name.length > 4 && str_starts_with(name, STR("__")) && str_ends_with(name, STR("__"));
}

static bool is_private(Str name) { return str_starts_with(name, STR("_")) && !is_dunder(name); }

// A part of the path that begins with an underscore hides all below it.
static bool has_private_part(Str dotted) {
    while (dotted.length > 0) {
        int64_t dot = str_find(dotted, '.');
        Str part = dot < 0 ? dotted : str_slice(dotted, 0, (size_t)dot);
        if (is_private(part)) return true;
        dotted = dot < 0 ? STR_NONE : str_slice(dotted, (size_t)dot + 1, dotted.length);
    }
    return false;
}

// NAME is bound in MODULE itself, and is part of the interface; QUALIFIED is its whole name.
static bool is_public_in_module(const Program *program, const ModuleFact *module, Name name,
                                Str qualified) {
    if (program->rules->public_api.count > 0)
        return program_names_match(program, &program->rules->public_api, qualified);
    if (has_private_part(program_name(program, module->name))) return false;
    if (module->has_exports) return is_exported(module, name);
    return !is_private(program_name(program, name)) && !is_dunder(program_name(program, name));
}

// The class whose body SCOPE is, or none; false when it stands inside a function.
static bool outer_class(const Program *program, ScopeId scope, ClassId *klass) {
    *klass = FACT_NONE(ClassId);
    const ScopeFact *row = program_scope(program, scope);
    if (row->kind == SCOPE_CLASS) *klass = row->klass;
    return row->kind == SCOPE_CLASS || row->kind == SCOPE_MODULE;
}

static bool class_is_public(const Program *program, ClassId id) {
    const ClassFact *klass = program_class(program, id);
    Str qualified = program_name(program, klass->qualified);
    ClassId outer;
    if (!outer_class(program, klass->scope, &outer)) return false;
    if (!fact_is(outer))
        return is_public_in_module(program, program_module(program, klass->module), klass->name,
                                   qualified);
    return class_is_public(program, outer) && !is_private(program_name(program, klass->name));
}

// Whether NAME, bound in SCOPE, is part of the interface.
static bool is_public(const Program *program, ScopeId scope, Name name, Str qualified) {
    ClassId klass;
    if (!outer_class(program, scope, &klass)) return false;
    ModuleId module = program_scope(program, scope)->module;
    if (!fact_is(klass))
        return is_public_in_module(program, program_module(program, module), name, qualified);
    if (is_private(program_name(program, name))) return false;
    return class_is_public(program, klass) ||
           (program->rules->public_api.count > 0 &&
            program_names_match(program, &program->rules->public_api, qualified));
}

// ---- items ---------------------------------------------------------------------------------------
static Span span_of(const Program *program, ModuleId module, uint32_t start, uint32_t end) {
    return (Span){program_module_file(program, module), start, end};
}

static void add(ApiSurface *surface, ApiItem item, Str qualified) {
    item.name = program_imported_name(surface->program, qualified);
    vec_add(&surface->items, item);
}

static void add_classes(ApiSurface *surface) {
    const Program *program = surface->program;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (!class_is_public(program, (ClassId){i})) continue;
        ApiItem item = {.kind = API_CLASS, .public_ = true, .klass = {i}};
        item.span = span_of(program, klass->module, klass->name_start, klass->name_end);
        add(surface, item, program_name(program, klass->qualified));
    }
}

static void add_routes(ApiSurface *surface, FunctionId id) {
    const Program *program = surface->program;
    const FunctionFact *function = program_function(program, id);
    for (ExprId d = function->first_decorator; fact_is(d);
         d = program_expr(program, d)->next_sibling) {
        Str route = route_of_decorator(program, d, &surface->arena);
        if (route.length == 0) continue;
        ApiItem item = {.kind = API_ROUTE, .public_ = true, .name = route, .function = id};
        item.span = program_expr_span(program, d);
        vec_add(&surface->items, item);
    }
}

static void add_functions(ApiSurface *surface) {
    const Program *program = surface->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (function->flags & FUNCTION_LAMBDA) continue;
        add_routes(surface, (FunctionId){i});
        Str qualified = program_name(program, function->qualified);
        if ((function->flags & FUNCTION_OVERLOAD) ||
            !is_public(program, function->scope, function->name, qualified))
            continue;
        ApiItem item = {.kind = function->flags & FUNCTION_PROPERTY ? API_PROPERTY : API_FUNCTION,
                        .public_ = true,
                        .function = {i},
                        .klass = function->klass};
        item.span = span_of(program, function->module, function->name_start, function->name_end);
        add(surface, item, qualified);
    }
}

static Str qualified_symbol(ApiSurface *surface, const SymbolFact *symbol) {
    const Program *program = surface->program;
    const ScopeFact *scope = program_scope(program, symbol->scope);
    Str outer = program_name(program, scope->kind == SCOPE_CLASS
                                          ? program_class(program, scope->klass)->qualified
                                          : program_module(program, scope->module)->name);
    return arena_format(&surface->arena, "%.*s.%.*s", STR_ARG(outer),
                        STR_ARG(program_name(program, symbol->name)));
}

static void add_attribute(ApiSurface *surface, const SymbolFact *symbol,
                          const BindingFact *binding) {
    const Program *program = surface->program;
    Str qualified = qualified_symbol(surface, symbol);
    if (!is_public(program, symbol->scope, symbol->name, qualified)) return;
    ApiItem item = {.kind = API_ATTRIBUTE,
                    .public_ = true,
                    .value = binding->element == -1 ? binding->value : FACT_NONE(ExprId),
                    .annotation = binding->annotation};
    item.span = span_of(program, program_scope(program, symbol->scope)->module, binding->start,
                        binding->end);
    add(surface, item, qualified);
}

// Any module answers for what it imports; a package, and who names it in __all__, offers it.
static void add_alias(ApiSurface *surface, const SymbolFact *symbol, const BindingFact *binding) {
    const Program *program = surface->program;
    const ImportFact *import = program_import(program, binding->import_);
    if (import->kind != IMPORT_NAME || !fact_is(import->definition)) return;
    const SymbolFact *meant = program_symbol(program, import->definition);
    if (program_scope(program, meant->scope)->kind != SCOPE_MODULE) return;
    const ModuleFact *module = program_module(program, import->module);
    Str qualified = qualified_symbol(surface, symbol);
    bool offers = module->is_package || (module->has_exports && is_exported(module, symbol->name));
    ApiItem item = {.kind = API_ALIAS,
                    .public_ =
                        offers && is_public(program, symbol->scope, symbol->name, qualified)};
    item.target = program_imported_name(program, qualified_symbol(surface, meant));
    item.span = span_of(program, import->module, import->start, import->end);
    add(surface, item, qualified);
}

static void add_symbols(ApiSurface *surface) {
    const Program *program = surface->program;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        ScopeKind scope = program_scope(program, symbol->scope)->kind;
        if (scope != SCOPE_MODULE && scope != SCOPE_CLASS) continue;
        if (!fact_is(symbol->last_binding)) continue;
        const BindingFact *binding = program_binding(program, symbol->last_binding);
        if (binding->kind == BINDING_IMPORT && scope == SCOPE_MODULE)
            add_alias(surface, symbol, binding);
        else if (binding->kind == BINDING_ASSIGN || binding->kind == BINDING_DECLARE)
            add_attribute(surface, symbol, binding);
    }
}

// ---- by name -------------------------------------------------------------------------------------
static int compare_items(const void *left, const void *right) {
    const ApiItem *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order != 0) return order;
    if (a->span.file.index != b->span.file.index)
        return a->span.file.index < b->span.file.index ? -1 : 1;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static void keep_last_definitions(ApiSurface *surface) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < surface->items.count; i++) {
        const ApiItem *item = &surface->items.items[i];
        bool again = i + 1 < surface->items.count && str_equal(item->name, item[1].name);
        if (!again) surface->items.items[kept++] = *item;
    }
    surface->items.count = kept;
}

// Rules of one language read one: what is true of its first file is true of all.
static bool has_headers(const Program *program) {
    return program_module_count(program) > 1 &&
           program_module(program, (ModuleId){1})->language->traits.one_namespace;
}

void api_surface_build(const Program *program, ApiSurface *surface) {
    *surface = (ApiSurface){.program = program};
    if (has_headers(program)) {
        surface_add_headers(surface);
    } else {
        add_classes(surface);
        add_functions(surface);
        add_symbols(surface);
    }
    if (surface->items.count > 1)
        qsort(surface->items.items, surface->items.count, sizeof *surface->items.items,
              compare_items);
    keep_last_definitions(surface);
}

void api_surface_release(ApiSurface *surface) {
    vec_release(&surface->items);
    arena_release(&surface->arena);
}

// ---- looking up ----------------------------------------------------------------------------------
static const ApiItem *find_own(const ApiSurface *surface, Str name) {
    if (surface->items.count == 0) return NULL;
    uint32_t low = 0, high = surface->items.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(surface->items.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == surface->items.count || !str_equal(surface->items.items[low].name, name))
        return NULL;
    return &surface->items.items[low];
}

enum { MOST_STEPS = 16 }; // of aliases, which may go in a circle

static const ApiItem *follow(const ApiSurface *surface, const ApiItem *item) {
    for (int i = 0; item != NULL && item->kind == API_ALIAS && i < MOST_STEPS; i++)
        item = find_own(surface, item->target);
    return item;
}

// "Class.member" where the class, or what its name is an alias of, inherits the member.
static const ApiItem *find_inherited(const ApiSurface *surface, Str name) {
    const Program *program = surface->program;
    int64_t dot = str_find_last(name, '.');
    if (dot <= 0) return NULL;
    const ApiItem *owner = follow(surface, find_own(surface, str_slice(name, 0, (size_t)dot)));
    if (owner == NULL || owner->kind != API_CLASS) return NULL;
    Str member = str_slice(name, (size_t)dot + 1, name.length);
    const ClassFact *klass = program_class(program, owner->klass);
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, klass->first_ancestor + i);
        Str of = program_imported_name(
            program, program_name(program, program_class(program, ancestor)->qualified));
        StrBuf wanted = {0};
        strbuf_addf(&wanted, "%.*s.%.*s", STR_ARG(of), STR_ARG(member));
        const ApiItem *found = find_own(surface, strbuf_str(&wanted));
        strbuf_release(&wanted);
        if (found != NULL) return found;
    }
    return NULL;
}

const ApiItem *api_surface_find(const ApiSurface *surface, Str name) {
    const ApiItem *own = find_own(surface, name);
    const ApiItem *found = own ? follow(surface, own) : find_inherited(surface, name);
    return found ? found : own; // an alias of what is not public answers for itself
}

Str api_surface_text(const ApiSurface *surface, ExprId expr) {
    if (!fact_is(expr)) return STR_NONE;
    const ExprFact *row = program_expr(surface->program, expr);
    return program_text(surface->program, program_expr_module(surface->program, expr), row->start,
                        row->end);
}

const char *api_kind_name(ApiKind kind) {
    static const char *const names[] = {"class",     "function", "property",
                                        "attribute", "alias",    "route"};
    return names[kind];
}
