// Singletons that become accessors.
//
// In: the accessors of a solution. Out: the edits around their construction, and the stretches of text
// (getters, creators) that vanish with them and that nothing else may edit.
#include "edit/weave_internal.h"

#include "base/bug.h"
#include "program/name.h"

static void mark_gone(Weaving *weaving, ModuleId module, uint32_t start, uint32_t end) {
    Span span = {program_module_file(weaving->program, module), start, end};
    if (start < end) vec_add(&weaving->gone, span);
}

static void mark_creator(Weaving *weaving, ClassId klass) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (fact_same(function->klass, klass) && (function->flags & FUNCTION_CREATOR)) {
            mark_gone(weaving, function->module, function->start, function->end);
        }
    }
}

void weave_mark_gone(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < weaving->solution->accessors.count; i++) {
        const Accessor *accessor = &weaving->solution->accessors.items[i];
        if (accessor->removes_creator) mark_creator(weaving, accessor->klass);
        if (accessor->kind != ACCESSOR_GETTER) continue;
        const FunctionFact *getter = program_function(program, accessor->getter);
        const ExprFact *made = program_expr(program, accessor->construction);
        mark_gone(weaving, getter->module, getter->start, made->start);
        mark_gone(weaving, getter->module, made->end, getter->end);
    }
}

Str weave_accessor_old_name(const Weaving *weaving, const Accessor *accessor) {
    const Program *program = weaving->program;
    return program_name(program, program_symbol(program, accessor->symbol)->name);
}

ModuleId weave_accessor_module(const Weaving *weaving, const Accessor *accessor) {
    const Program *program = weaving->program;
    ScopeId scope = program_symbol(program, accessor->symbol)->scope;
    return program_scope(program, scope)->module;
}

// ---- how it is written ------------------------------------------------------------------------------
static void add_decorator(Weaving *weaving, Site site, const Accessor *accessor,
                          AccessorText *text) {
    const Rules *rules = weaving->program->rules;
    text->decorator = weave_name(weaving, site, rules->context.accessor_decorator);
    text->keys = rules->singleton_dimensions.items;
    text->key_count = rules->singleton_dimensions.count;
    if (accessor->rule) {
        text->keys = rules->sinks.items[accessor->rule - 1].keyed_by.items;
        text->key_count = rules->sinks.items[accessor->rule - 1].keyed_by.count;
    }
}

// The class as the construction names it, unless that goes through a factory, or through a name that the
// getter imports for itself.
static void add_type(const Weaving *weaving, ModuleId module, const Accessor *accessor,
                     AccessorText *accessor_text) {
    const Program *program = weaving->program;
    if (!fact_is(accessor->klass)) return;
    const ClassFact *klass = program_class(program, accessor->klass);
    const ExprFact *made = program_expr(program, accessor->construction);
    const ExprFact *callee = program_expr(program, made->base);
    Str text = program_text(program, module, callee->start, callee->end);
    if (callee->kind != EXPR_NAME || !str_equal(text, program_name(program, klass->name))) {
        return;
    }
    SymbolId symbol =
        program_symbol_in(program, program_module(program, module)->scope, callee->name);
    if (!fact_is(symbol)) return;
    uint32_t start = accessor->kind == ACCESSOR_GETTER
                         ? program_function(program, accessor->getter)->start
                         : made->start;
    accessor_text->returns = text;
    accessor_text->returns_later = fact_same(klass->module, module) && klass->start > start;
}

// Nobody but the getter uses the variable that it fills.
static bool state_is_private(const Weaving *weaving, const Accessor *accessor) {
    const Program *program = weaving->program;
    const FunctionFact *getter = program_function(program, accessor->getter);
    if (!fact_is(accessor->getter_state)) return false;
    const SymbolFact *state = program_symbol(program, accessor->getter_state);
    for (uint32_t i = 1; i < program->facts->expr_symbols.count; i++) {
        if (!fact_same(program_symbol_of(program, (ExprId){i}), accessor->getter_state)) continue;
        const ExprFact *expr = program_expr(program, (ExprId){i});
        bool own = fact_same(program_expr_module(program, (ExprId){i}), getter->module) &&
                   expr->start >= getter->start && expr->end <= getter->end;
        bool binding = fact_same(expr->scope, state->scope) && (expr->flags & EXPR_STORED);
        if (!own && !binding) return false;
    }
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        if (fact_same(import->target, getter->module) && name_equal(import->name, state->name)) {
            return false;
        }
    }
    return true;
}

// The binding of the state at module level; none unless it is the only one.
static BindingId state_binding(const Weaving *weaving, const Accessor *accessor) {
    const Program *program = weaving->program;
    const SymbolFact *state = program_symbol(program, accessor->getter_state);
    BindingId found = FACT_NONE(BindingId);
    for (BindingId id = state->first_binding; fact_is(id);
         id = program_binding(program, id)->next_of_symbol) {
        const BindingFact *binding = program_binding(program, id);
        if (!fact_same(binding->scope, state->scope)) continue;
        if (fact_is(found)) return FACT_NONE(BindingId);
        found = id;
    }
    return found;
}

static void write_accessor(Weaving *weaving, const Accessor *accessor) {
    const Program *program = weaving->program;
    ModuleId module = weave_accessor_module(weaving, accessor);
    bool getter = accessor->kind == ACCESSOR_GETTER;
    Site site = weave_site_of_definition(weaving, program_symbol(program, accessor->symbol)->scope,
                                         program_binding(program, accessor->binding)->start);
    if (getter) site.at_import = program_function(program, accessor->getter)->start;
    ContextText context =
        weave_context_text(weaving, site, getter && accessor->keeps_name && !accessor->counts);
    AccessorText text = {.name = accessor->name};
    add_decorator(weaving, site, accessor, &text);
    add_type(weaving, module, accessor, &text);
    const LanguageWriter *writer = weave_writer(weaving, module);
    if (accessor->counts) {
        const ApiRule *api = &program->rules->api;
        text.stand_in = weave_name(weaving, site, getter ? api->counter : api->instance);
        text.counted = program_symbol_name(&weaving->arena, program, accessor->symbol);
    } else if (accessor->keeps_name) {
        text.stand_in =
            getter ? context.ambient
                   : weave_name(weaving, site, weaving->program->rules->context.ambient_instance);
    }
    if (getter) {
        writer->accessor_from_getter(
            program->facts, accessor->getter, accessor->construction, state_binding(weaving, accessor),
            state_is_private(weaving, accessor), &context, &text, &weaving->texts);
    } else {
        writer->accessor_from_instance(program->facts, accessor->binding, &context, &text, &weaving->texts);
    }
    weave_take(weaving, DECISION_ACCESSOR, accessor->symbol.index, accessor->family, SAFETY_SAFE,
                "accessor '%.*s'", STR_ARG(accessor->name));
}

int32_t weave_accessor_depth(const Weaving *weaving, uint32_t index) {
    const Program *program = weaving->program;
    const Accessor *accessor = &weaving->solution->accessors.items[index];
    if (!index) return 0;
    if (accessor->kind == ACCESSOR_INSTANCE) return 1;
    StatementId making = program_expr(program, accessor->construction)->statement;
    return 1 - program_statement_depth(program, making,
                                       program_function(program, accessor->getter)->statement);
}

// Two accessors of one class take its creator out once.
static bool first_of_class(const Solution *solution, uint32_t index) {
    for (uint32_t i = 1; i < index; i++) {
        const Accessor *other = &solution->accessors.items[i];
        if (other->removes_creator &&
            fact_same(other->klass, solution->accessors.items[index].klass)) {
            return false;
        }
    }
    return true;
}

void weave_write_accessors(Weaving *weaving) {
    const Program *program = weaving->program;
    AttributeIndex attributes = {0};
    for (uint32_t i = 1; i < weaving->solution->accessors.count; i++) {
        const Accessor *accessor = &weaving->solution->accessors.items[i];
        write_accessor(weaving, accessor);
        if (!accessor->removes_creator || !first_of_class(weaving->solution, i)) continue;
        if (!attributes.first) attribute_index_build(&attributes, program->facts);
        weave_writer(weaving, program_class(program, accessor->klass)->module)
            ->remove_creator(program->facts, &attributes, accessor->klass, &weaving->texts);
        weave_take(
            weaving, DECISION_ACCESSOR, accessor->symbol.index, accessor->family, SAFETY_SAFE,
            "creator of '%.*s'",
            STR_ARG(program_name(program, program_class(program, accessor->klass)->qualified)));
    }
    attribute_index_release(&attributes);
}
