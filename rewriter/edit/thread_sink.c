// Accesses: what each becomes, and which values are read once into a local.
//
// In: the sinks that were not refused. Out: one replacement an access. A value is read once when one
// function, with the closures that use its context, reads it at least twice: this also keeps what a
// type checker knows of it after `if config.memory:`. Never for assignment targets, generators and
// names that a function imports for itself.
#include "edit/thread_internal.h"

#include "base/bug.h"

// ---- what an access becomes ------------------------------------------------------------------------
// The expression that names the thing: the callee of a call, or the access itself.
static ExprId named_expr(const Facts *facts, ExprId id) {
    const ExprFact *expr = &facts->exprs.items[id.index];
    return expr->kind == EXPR_CALL ? expr->base : id;
}

static SymbolId symbol_of(const Facts *facts, ExprId id) {
    if (id.index >= facts->expr_symbols.count) return FACT_NONE(SymbolId);
    return facts->expr_symbols.items[id.index];
}

// The symbol of the leftmost name of a.b.c.
static SymbolId root_symbol(const Facts *facts, ExprId id) {
    while (facts->exprs.items[id.index].kind == EXPR_ATTRIBUTE) {
        id = facts->exprs.items[id.index].base;
    }
    return symbol_of(facts, id);
}

static bool bound_in_function(const Facts *facts, SymbolId symbol) {
    if (!fact_is(symbol)) return false;
    ScopeId scope = facts->symbols.items[symbol.index].scope;
    return facts->scopes.items[scope.index].kind != SCOPE_MODULE;
}

// An import that brings the accessor's symbol is renamed later, so the name is there.
static bool comes_by_import(const Facts *facts, SymbolId symbol, SymbolId definition) {
    BindingId id = facts->symbols.items[symbol.index].first_binding;
    for (; fact_is(id); id = facts->bindings.items[id.index].next_of_symbol) {
        const BindingFact *binding = &facts->bindings.items[id.index];
        if (binding->kind == BINDING_IMPORT &&
            fact_same(facts->imports.items[binding->import_.index].definition, definition)) {
            return true;
        }
    }
    return false;
}

static Str accessor_text(Threading *threading, const Accessor *accessor, Access *access,
                         ExprId named, Str context) {
    const Facts *facts = threading->facts;
    const ExprFact *expr = &facts->exprs.items[named.index];
    Str name = accessor->name;
    if (expr->kind == EXPR_ATTRIBUTE) {
        Str base = facts_text(facts, access->module, expr->start, expr->name_start);
        name = arena_format(&threading->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(name));
        access->may_move = !bound_in_function(facts, root_symbol(facts, named));
    } else {
        SymbolId symbol = symbol_of(facts, named);
        ModuleId home = thread_accessor_module(threading, accessor);
        access->may_move = !bound_in_function(facts, symbol);
        bool imported = fact_is(symbol) && comes_by_import(facts, symbol, accessor->symbol);
        if (!fact_same(home, access->module) &&
            (!imported || thread_clashes(threading, access->site.scope, name))) {
            Str module = facts_name(facts, facts->modules.items[home.index].name);
            name = thread_name(
                threading, access->site,
                arena_format(&threading->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name)));
        }
    }
    return arena_format(&threading->arena, "%.*s(%.*s)", STR_ARG(name), STR_ARG(context));
}

static void mark_replaced(Threading *threading, ExprId id, bool with_base) {
    const ExprFact *expr = &threading->facts->exprs.items[id.index];
    threading->replaced[id.index] = true;
    if (expr->kind == EXPR_CALL) mark_replaced(threading, expr->base, with_base);
    if (expr->kind == EXPR_ATTRIBUTE && with_base) mark_replaced(threading, expr->base, true);
}

static void plan_access(Threading *threading, uint32_t index) {
    const Facts *facts = threading->facts;
    const Sink *sink = &threading->solution->sinks.items[index];
    const ExprFact *expr = &facts->exprs.items[sink->expr.index];
    Access access = {.sink = index,
                     .module = facts_expr_module(facts, sink->expr),
                     .site = thread_site(threading, sink->expr)};
    if (sink->outcome == OUTCOME_REFUSED || sink->keeps_text || !fact_is(sink->expr)) return;
    if (thread_is_gone(threading, access.module, expr->start)) return;
    const SinkRule *rule = sink->accessor ? NULL : &threading->rules->sinks.items[sink->rule];
    if (rule && (rule->kind == SINK_CONSTRUCT || rule->replace.length == 0)) return;
    Str context = thread_context(threading, access.site, sink->inside_accessor, false);
    if (sink->accessor) {
        const Accessor *accessor = &threading->solution->accessors.items[sink->accessor];
        access.text =
            accessor_text(threading, accessor, &access, named_expr(facts, sink->expr), context);
    } else if (rule->kind == SINK_PATTERN) {
        thread_plan_pattern(threading, sink, context, &access);
    } else {
        // An attribute is read of its receiver; a query asks the class itself.
        const ExprFact *receiver =
            rule->kind == SINK_ATTRIBUTE ? &facts->exprs.items[expr->base.index] : expr;
        TemplateValues values = {
            .context = context,
            .receiver = facts_text(facts, access.module, receiver->start, receiver->end)};
        access.text = thread_template(threading, access.site, rule->replace, values);
        // Two calls of a function are two; a symbol is the same thing each time it is read.
        access.may_move = rule->kind == SINK_SYMBOL;
    }
    if (expr->flags & (EXPR_STORED | EXPR_DELETED)) access.may_move = false;
    if (sink->inside_accessor || !fact_is(access.site.function)) access.may_move = false;
    bool keeps_own =
        rule &&
        (rule->kind == SINK_QUERY || rule->kind == SINK_PATTERN ||
         (rule->kind == SINK_ATTRIBUTE && str_find_str(rule->replace, STR("{receiver}")) >= 0));
    if (!keeps_own) mark_replaced(threading, sink->expr, !sink->accessor);
    ModuleWork *work = &threading->modules[access.module.index];
    access.previous = work->last_access;
    vec_add(&threading->accesses, access);
    work->last_access = threading->accesses.count;
}

// ---- reading once ----------------------------------------------------------------------------------
// The outermost function whose context FUNCTION uses.
static FunctionId outermost(const Threading *threading, FunctionId function) {
    while (fact_is(function)) {
        const FunctionFact *fact = &threading->facts->functions.items[function.index];
        Supply supply = threading->solution->functions[function.index].supply;
        if (supply != SUPPLY_CLOSURE || !fact_is(fact->enclosing)) break;
        function = fact->enclosing;
    }
    return function;
}

static bool can_be_home(const Threading *threading, FunctionId function) {
    if (!fact_is(function)) return false;
    uint32_t flags = threading->facts->functions.items[function.index].flags;
    return !(flags & (FUNCTION_LAMBDA | FUNCTION_GENERATOR));
}

// Two reads of the same value at the top of HOME; one of them directly in it, or the closure may
// outlive what was read.
static bool is_repeated(const Threading *threading, FunctionId home, Str text) {
    uint32_t count = 0;
    bool direct = false;
    ModuleId module = threading->facts->functions.items[home.index].module;
    const Access *access;
    for (uint32_t i = threading->modules[module.index].last_access; i > 0; i = access->previous) {
        access = &threading->accesses.items[i - 1];
        if (!access->may_move || !str_equal(access->text, text)) continue;
        FunctionId function = access->site.function;
        if (!fact_same(function, home) && !fact_same(outermost(threading, function), home))
            continue;
        direct = direct || fact_same(function, home);
        count++;
    }
    return direct && count >= 2;
}

// "src.config.config.global_config" -> "config", "get_chat_manager" -> "chat_manager".
static Str derived_name(Str symbol) {
    ptrdiff_t dot = str_find_last(symbol, '.');
    Str name = str_slice(symbol, (size_t)(dot + 1), symbol.length);
    const Str prefixes[] = {STR("_"), STR("get_"), STR("global_")};
    for (uint32_t i = 0; i < 3; i++) {
        if (str_starts_with(name, prefixes[i]) && name.length > prefixes[i].length) {
            name = str_slice(name, prefixes[i].length, name.length);
        }
    }
    return name;
}

static Str wanted_name(const Threading *threading, const Access *access) {
    const Sink *sink = &threading->solution->sinks.items[access->sink];
    uint32_t rule = sink->rule;
    if (sink->accessor) {
        const Accessor *accessor = &threading->solution->accessors.items[sink->accessor];
        if (!accessor->rule) return derived_name(thread_accessor_old_name(threading, accessor));
        rule = accessor->rule - 1;
    }
    const SinkRule *fact = &threading->rules->sinks.items[rule];
    return fact->local.length > 0 ? fact->local : derived_name(fact->target.text);
}

static uint32_t find_local(const Threading *threading, FunctionId home, Str text) {
    const Local *local;
    for (uint32_t i = thread_first_local(threading, home); i > 0; i = local->next) {
        local = &threading->locals.items[i];
        if (fact_same(local->function, home) && str_equal(local->text, text)) return i;
    }
    return 0;
}

static uint32_t add_local(Threading *threading, FunctionId home, Str name, Str text) {
    ModuleId module = threading->facts->functions.items[home.index].module;
    ModuleWork *work = &threading->modules[module.index];
    uint32_t index = threading->locals.count;
    vec_add(&threading->locals, ((Local){home, name, text, 0}));
    if (work->last_local) threading->locals.items[work->last_local].next = index;
    if (!work->first_local) work->first_local = index;
    work->last_local = index;
    return index;
}

// The function at whose top this access may be read, none when it must stay in place.
static FunctionId find_home(const Threading *threading, const Access *access) {
    FunctionId own = access->site.function, outer = outermost(threading, own);
    if (can_be_home(threading, outer) && is_repeated(threading, outer, access->text)) return outer;
    if (can_be_home(threading, own) && is_repeated(threading, own, access->text)) return own;
    return FACT_NONE(FunctionId);
}

void thread_plan_accesses(Threading *threading) {
    for (uint32_t i = 1; i < threading->solution->sinks.count; i++) plan_access(threading, i);
    for (uint32_t i = 0; i < threading->accesses.count; i++) {
        Access *access = &threading->accesses.items[i];
        if (access->may_move) access->home = find_home(threading, access);
    }
    for (uint32_t i = 0; i < threading->accesses.count; i++) {
        Access *access = &threading->accesses.items[i];
        if (!fact_is(access->home)) continue;
        access->local = find_local(threading, access->home, access->text);
        if (access->local) continue;
        Str name = thread_free_name(threading, access->home, wanted_name(threading, access));
        access->local = add_local(threading, access->home, name, access->text);
    }
}

// ---- writing ---------------------------------------------------------------------------------------
void thread_write_accesses(Threading *threading) {
    thread_write_patterns(threading);
    for (uint32_t i = 0; i < threading->accesses.count; i++) {
        const Access *access = &threading->accesses.items[i];
        const Sink *sink = &threading->solution->sinks.items[access->sink];
        const ExprFact *expr = &threading->facts->exprs.items[sink->expr.index];
        Str text = access->local ? threading->locals.items[access->local].name : access->text;
        if (access->gaps.count == 0)
            threading->writer->replace_expression(threading->facts, sink->expr, text,
                                                  &threading->texts);
        thread_take(threading, DECISION_SINK, sink->expr.index, sink->family, SAFETY_SAFE,
                    "access '%.*s'",
                    STR_ARG(facts_text(threading->facts, access->module, expr->start, expr->end)));
        ModuleWork *work = &threading->modules[access->module.index];
        if (!work->has_family) work->family = sink->family;
        work->has_family = true;
    }
}
