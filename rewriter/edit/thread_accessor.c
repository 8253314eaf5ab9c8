// Singletons that become accessors.
//
// In: the accessors of a solution. Out: the edits around their construction, and the stretches of text
// (getters, __new__ methods) that vanish with them and that nothing else may edit.
#include "edit/thread_internal.h"

#include "base/bug.h"

static void mark_gone(Threading *threading, ModuleId module, uint32_t start, uint32_t end) {
    Span span = {facts_module_file(threading->facts, module), start, end};
    if (start < end) vec_add(&threading->gone, span);
}

static void mark_creator(Threading *threading, ClassId klass) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (fact_same(function->klass, klass) && (function->flags & FUNCTION_CREATOR)) {
            mark_gone(threading, function->module, function->start, function->end);
        }
    }
}

void thread_mark_gone(Threading *threading) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < threading->solution->accessors.count; i++) {
        const Accessor *accessor = &threading->solution->accessors.items[i];
        if (accessor->removes_creator) mark_creator(threading, accessor->klass);
        if (accessor->kind != ACCESSOR_GETTER) continue;
        const FunctionFact *getter = &facts->functions.items[accessor->getter.index];
        const ExprFact *made = &facts->exprs.items[accessor->construction.index];
        mark_gone(threading, getter->module, getter->start, made->start);
        mark_gone(threading, getter->module, made->end, getter->end);
    }
}

Str thread_accessor_old_name(const Threading *threading, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    return facts_name(facts, facts->symbols.items[accessor->symbol.index].name);
}

ModuleId thread_accessor_module(const Threading *threading, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    ScopeId scope = facts->symbols.items[accessor->symbol.index].scope;
    return facts->scopes.items[scope.index].module;
}

// ---- how it is written ------------------------------------------------------------------------------
static Str decorator_text(Threading *threading, Site site, const Accessor *accessor) {
    const Rules *rules = threading->rules;
    Str name = thread_name(threading, site, rules->context.accessor_decorator);
    const Str *dimensions = rules->singleton_dimensions.items;
    uint32_t count = rules->singleton_dimensions.count;
    if (accessor->rule) {
        dimensions = rules->sinks.items[accessor->rule - 1].keyed_by.items;
        count = rules->sinks.items[accessor->rule - 1].keyed_by.count;
    }
    StrBuf text = {0};
    strbuf_addf(&text, "%.*s(", STR_ARG(name));
    for (uint32_t i = 0; i < count; i++) {
        strbuf_addf(&text, "%s\"%.*s\"", i ? ", " : "", STR_ARG(dimensions[i]));
    }
    strbuf_add_char(&text, ')');
    Str result = arena_copy(&threading->arena, strbuf_str(&text));
    strbuf_release(&text);
    return result;
}

// The class as the construction names it; in quotes where it is defined further down; empty when the
// construction goes through a factory, or through a name that the getter imports for itself.
static Str returned_type(Threading *threading, ModuleId module, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    if (!fact_is(accessor->klass)) return STR_NONE;
    const ClassFact *klass = &facts->classes.items[accessor->klass.index];
    const ExprFact *made = &facts->exprs.items[accessor->construction.index];
    const ExprFact *callee = &facts->exprs.items[made->base.index];
    Str text = facts_text(facts, module, callee->start, callee->end);
    if (callee->kind != EXPR_NAME || !str_equal(text, facts_name(facts, klass->name))) {
        return STR_NONE;
    }
    SymbolId symbol =
        facts_symbol_in(facts, facts->modules.items[module.index].scope, callee->name);
    if (!fact_is(symbol)) return STR_NONE;
    uint32_t start = accessor->kind == ACCESSOR_GETTER
                         ? facts->functions.items[accessor->getter.index].start
                         : made->start;
    bool later = fact_same(klass->module, module) && klass->start > start;
    return later ? arena_format(&threading->arena, "\"%.*s\"", STR_ARG(text)) : text;
}

// Nobody but the getter uses the variable that it fills.
static bool state_is_private(const Threading *threading, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    const FunctionFact *getter = &facts->functions.items[accessor->getter.index];
    if (!fact_is(accessor->getter_state)) return false;
    const SymbolFact *state = &facts->symbols.items[accessor->getter_state.index];
    for (uint32_t i = 1; i < facts->expr_symbols.count; i++) {
        if (!fact_same(facts->expr_symbols.items[i], accessor->getter_state)) continue;
        const ExprFact *expr = &facts->exprs.items[i];
        bool own = fact_same(facts_expr_module(facts, (ExprId){i}), getter->module) &&
                   expr->start >= getter->start && expr->end <= getter->end;
        bool binding = fact_same(expr->scope, state->scope) && (expr->flags & EXPR_STORED);
        if (!own && !binding) return false;
    }
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *import = &facts->imports.items[i];
        if (fact_same(import->target, getter->module) && name_equal(import->name, state->name)) {
            return false;
        }
    }
    return true;
}

// The binding of the state at module level; none unless it is the only one.
static BindingId state_binding(const Threading *threading, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    const SymbolFact *state = &facts->symbols.items[accessor->getter_state.index];
    BindingId found = FACT_NONE(BindingId);
    for (BindingId id = state->first_binding; fact_is(id);
         id = facts->bindings.items[id.index].next_of_symbol) {
        const BindingFact *binding = &facts->bindings.items[id.index];
        if (!fact_same(binding->scope, state->scope)) continue;
        if (fact_is(found)) return FACT_NONE(BindingId);
        found = id;
    }
    return found;
}

static void write_accessor(Threading *threading, const Accessor *accessor) {
    const Facts *facts = threading->facts;
    ModuleId module = thread_accessor_module(threading, accessor);
    bool getter = accessor->kind == ACCESSOR_GETTER;
    Site site =
        thread_site_of_definition(threading, facts->symbols.items[accessor->symbol.index].scope,
                                  facts->bindings.items[accessor->binding.index].start);
    if (getter) site.at_import = facts->functions.items[accessor->getter.index].start;
    ContextText context = thread_context_text(threading, site, getter && accessor->keeps_name);
    AccessorText text = {.name = accessor->name};
    text.decorator = decorator_text(threading, site, accessor);
    text.returns = returned_type(threading, module, accessor);
    if (accessor->keeps_name) {
        text.stand_in =
            getter ? context.ambient
                   : thread_name(threading, site, threading->rules->context.ambient_instance);
    }
    if (getter) {
        threading->writer->accessor_from_getter(
            facts, accessor->getter, accessor->construction, state_binding(threading, accessor),
            state_is_private(threading, accessor), &context, &text, &threading->texts);
    } else {
        threading->writer->accessor_from_instance(facts, accessor->binding, &context, &text,
                                                  &threading->texts);
    }
    thread_take(threading, DECISION_ACCESSOR, accessor->symbol.index, accessor->family, SAFETY_SAFE,
                "accessor '%.*s'", STR_ARG(accessor->name));
}

int32_t thread_accessor_depth(const Threading *threading, uint32_t index) {
    const Facts *facts = threading->facts;
    const Accessor *accessor = &threading->solution->accessors.items[index];
    if (!index) return 0;
    if (accessor->kind == ACCESSOR_INSTANCE) return 1;
    StatementId making = facts->bindings.items[accessor->binding.index].statement;
    return 1 - facts_statement_depth(facts, making,
                                     facts->functions.items[accessor->getter.index].statement);
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

void thread_write_accessors(Threading *threading) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < threading->solution->accessors.count; i++) {
        const Accessor *accessor = &threading->solution->accessors.items[i];
        write_accessor(threading, accessor);
        if (!accessor->removes_creator || !first_of_class(threading->solution, i)) continue;
        threading->writer->remove_creator(facts, accessor->klass, &threading->texts);
        thread_take(
            threading, DECISION_ACCESSOR, accessor->symbol.index, accessor->family, SAFETY_SAFE,
            "__new__ of '%.*s'",
            STR_ARG(facts_name(facts, facts->classes.items[accessor->klass.index].qualified)));
    }
}
