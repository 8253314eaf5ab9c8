// Accesses: what each becomes, and which values are read once into a local.
//
// In: the sinks that were not refused. Out: one replacement an access. A value is read once when one
// function, with the closures that use its context, reads it at least twice: this also keeps what a
// type checker knows of it after `if config.memory:`. Never for assignment targets, generators and
// names that a function imports for itself.
#include "edit/weave_internal.h"

#include "base/bug.h"

// ---- what an access becomes ------------------------------------------------------------------------
// The expression that names the thing: the callee of a call, or the access itself.
static ExprId named_expr(const Program *program, ExprId id) {
    const ExprFact *expr = program_expr(program, id);
    return expr->kind == EXPR_CALL ? expr->base : id;
}

static SymbolId symbol_of(const Program *program, ExprId id) {
    if (id.index >= program->facts->expr_symbols.count) return FACT_NONE(SymbolId);
    return program_symbol_of(program, id);
}

// The symbol of the leftmost name of a.b.c.
static SymbolId root_symbol(const Program *program, ExprId id) {
    while (program_expr(program, id)->kind == EXPR_ATTRIBUTE) {
        id = program_expr(program, id)->base;
    }
    return symbol_of(program, id);
}

static bool bound_in_function(const Program *program, SymbolId symbol) {
    if (!fact_is(symbol)) return false;
    ScopeId scope = program_symbol(program, symbol)->scope;
    return program_scope(program, scope)->kind != SCOPE_MODULE;
}

// An import that brings the accessor's symbol is renamed later, so the name is there.
static bool comes_by_import(const Program *program, SymbolId symbol, SymbolId definition) {
    BindingId id = program_symbol(program, symbol)->first_binding;
    for (; fact_is(id); id = program_binding(program, id)->next_of_symbol) {
        const BindingFact *binding = program_binding(program, id);
        if (binding->kind == BINDING_IMPORT &&
            fact_same(program_import(program, binding->import_)->definition, definition)) {
            return true;
        }
    }
    return false;
}

static Str accessor_text(Weaving *weaving, const Accessor *accessor, Access *access,
                         ExprId named, Str context) {
    const Program *program = weaving->program;
    const ExprFact *expr = program_expr(program, named);
    Str name = accessor->name;
    if (expr->kind == EXPR_ATTRIBUTE) {
        Str base = program_text(program, access->module, expr->start, expr->name_start);
        name = arena_format(&weaving->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(name));
        access->may_move = !bound_in_function(program, root_symbol(program, named));
    } else {
        SymbolId symbol = symbol_of(program, named);
        ModuleId home = weave_accessor_module(weaving, accessor);
        access->may_move = !bound_in_function(program, symbol);
        bool imported = fact_is(symbol) && comes_by_import(program, symbol, accessor->symbol);
        if (!fact_same(home, access->module) &&
            (!imported || weave_clashes(weaving, access->site.scope, name))) {
            Str module = program_name(program, program_module(program, home)->name);
            name = weave_name(
                weaving, access->site,
                arena_format(&weaving->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name)));
        }
    }
    return weave_writer(weaving, access->module)
        ->call_text(&weaving->arena, name, context);
}

static void mark_replaced(Weaving *weaving, ExprId id, bool with_base) {
    const ExprFact *expr = program_expr(weaving->program, id);
    weaving->replaced[id.index] = true;
    if (expr->kind == EXPR_CALL) mark_replaced(weaving, expr->base, with_base);
    if (expr->kind == EXPR_ATTRIBUTE && with_base) mark_replaced(weaving, expr->base, true);
}

// Time passes between two rounds of a loop or comprehension around it, so that each round reads anew.
static bool is_in_waiting_loop(const Program *program, const ExprFact *expr) {
    for (const ScopeFact *scope = program_scope(program, expr->scope); scope->kind == SCOPE_BLOCK;
         scope = program_scope(program, scope->parent))
        if (scope->waits) return true;
    StatementId statement = expr->statement;
    for (; fact_is(statement); statement = program_statement(program, statement)->parent) {
        const StatementFact *row = program_statement(program, statement);
        if (row->kind == STATEMENT_FUNCTION) return false;
        if (row->waits) return true;
    }
    return false;
}

// Before Python 3.12 an interpolation has no quotes of its own string and no backslash.
static bool needs_local(const Program *program, const Sink *sink, Str text) {
    return fact_is(sink->function) &&
           (program_expr(program, sink->expr)->flags & EXPR_IN_INTERPOLATION) &&
           (str_find(text, '"') >= 0 || str_find(text, '\'') >= 0 || str_find(text, '\\') >= 0);
}

static uint32_t characters(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

// With TEXT in place of the access its line would be longer than the project allows, and it is not yet.
static bool is_too_long(const Program *program, const Access *access, const ExprFact *expr) {
    uint32_t limit = program->facts->sources->line_limit;
    if (limit == 0 || !fact_is(access->site.function)) return false;
    const SourceFile *file =
        source_file(program->facts->sources, program_module_file(program, access->module));
    uint32_t start = source_line_start(file, expr->start), end = source_line_end(file, expr->start);
    if (expr->end > end) return false;
    uint32_t width = characters(str_slice(file->text, start, end));
    uint32_t old = characters(str_slice(file->text, expr->start, expr->end));
    return width <= limit && width - old + characters(access->text) > limit;
}

// Nothing in it can change by itself.
static bool is_plain(const ExprFact *expr) {
    return expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE ||
           (expr->kind == EXPR_STRING && !fact_is(expr->first_child));
}

// The path that is read is a name of the function itself, which the top of the function does not have yet:
//
//     from app.places import PICTURES      inside the function
//     PICTURES.mkdir()
static bool reads_local(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_NAME && row->kind != EXPR_ATTRIBUTE) return false;
    SymbolId symbol = root_symbol(program, expr);
    if (!bound_in_function(program, symbol)) return false;
    const SymbolFact *root = program_symbol(program, symbol);
    bool once = fact_same(root->first_binding, root->last_binding);
    return !once || !fact_is(root->first_binding) ||
           program_binding(program, root->first_binding)->kind != BINDING_PARAMETER;
}

// In a macro the context is text that may be more than a name: `&E`, which `->` would bind to its last word.
static Str closed_context(Weaving *weaving, const Access *access, const ExprFact *expr, const SinkRule *rule, Str context) {
    const Program *program = weaving->program;
    FunctionId function = access->site.function;
    if (!rule || !fact_is(function) || !(program_function(program, function)->flags & FUNCTION_MACRO)) return context;
    Str text = source_file(program->facts->sources, program_module_file(program, access->module))->text;
    Str behind = str_trim(str_slice(text, expr->end, text.length));
    bool goes_on = behind.length > 0 && str_find(STR("-.["), behind.data[0]) >= 0;
    if (!goes_on && str_is(rule->replace, "{context}")) return context;
    return arena_format(&weaving->arena, "(%.*s)", STR_ARG(context));
}

// a.config.options, where a.config is an access as well.
static bool is_read_of_access(const Weaving *weaving, const ExprFact *expr) {
    for (ExprId base = expr->base; fact_is(base); base = program_expr(weaving->program, base)->base)
        if (weaving->accessed[base.index]) return true;
    return false;
}

static bool speaks_of_receiver(const SinkRule *rule) {
    return rule->kind == SINK_ATTRIBUTE && str_find_str(rule->replace, STR("{receiver}")) >= 0;
}

// What stands there as a whole, by the template of the rule.
static void write_whole(Weaving *weaving, const Sink *sink, const SinkRule *rule, Str context, Access *access) {
    const Program *program = weaving->program;
    const ExprFact *expr = program_expr(program, sink->expr);
    // An attribute is read of its receiver; a query asks the class itself.
    const ExprFact *receiver = rule->kind == SINK_ATTRIBUTE ? program_expr(program, expr->base) : expr;
    TemplateValues values = {
        .context = context,
        .receiver = program_text(program, access->module, receiver->start, receiver->end)};
    access->text = weave_template(weaving, access->site, rule->replace, values);
    // Two calls of a function are two; a symbol is the same thing each time it is read.
    access->may_move = (rule->kind == SINK_SYMBOL && !sink->part.index) ||
                       (rule->kind == SINK_PATH && !reads_local(program, sink->expr));
    if (sink->part.index)
        access->text = arena_format(&weaving->arena, "%.*s.%.*s", STR_ARG(access->text),
                                    STR_ARG(program_name(program, sink->part)));
}

// RULE: none for an accessor.
static void write_access(Weaving *weaving, const Sink *sink, const SinkRule *rule, Str context, Access *access) {
    const Program *program = weaving->program;
    const ExprFact *expr = program_expr(program, sink->expr);
    if (sink->accessor) {
        const Accessor *accessor = &weaving->solution->accessors.items[sink->accessor];
        access->text = accessor_text(weaving, accessor, access, named_expr(program, sink->expr), context);
    } else if (rule->kind == SINK_PATTERN) {
        weave_plan_pattern(weaving, sink, context, access);
    } else if (sink_rule_keeps_arguments(rule)) {
        weave_plan_call(weaving, sink, context, access);
    } else if (rule->kind == SINK_PATH && !is_plain(expr)) {
        weave_plan_around(weaving, sink, expr, context, access);
    } else if (speaks_of_receiver(rule) && is_read_of_access(weaving, expr)) {
        weave_plan_around(weaving, sink, program_expr(program, expr->base), context, access);
    } else {
        write_whole(weaving, sink, rule, context, access);
    }
}

// The text must stand where it is read, whatever else reads the same.
static bool must_stay(const Weaving *weaving, const Sink *sink, const Access *access) {
    const Program *program = weaving->program;
    const ExprFact *expr = program_expr(program, sink->expr);
    return (expr->flags & (EXPR_STORED | EXPR_DELETED)) ||
           program_module(program, access->module)->language->traits.typed_locals || sink->inside_accessor ||
           sink->ambient || !fact_is(access->site.function) || is_in_waiting_loop(program, expr) ||
           solution_runs_for_each(weaving->solution, sink->expr);
}

static bool keeps_own_text(const SinkRule *rule) {
    return rule->kind == SINK_QUERY || rule->kind == SINK_PATTERN || rule->kind == SINK_PATH || speaks_of_receiver(rule);
}

static void plan_access(Weaving *weaving, uint32_t index) {
    const Program *program = weaving->program;
    const Sink *sink = &weaving->solution->sinks.items[index];
    const ExprFact *expr = program_expr(program, sink->expr);
    Access access = {.sink = index,
                     .module = program_expr_module(program, sink->expr),
                     .site = weave_site(weaving, sink->expr)};
    if (sink_is_left(sink) || sink->keeps_text || !fact_is(sink->expr)) return;
    if (weave_is_gone(weaving, access.module, expr->start)) return;
    const SinkRule *rule = sink->accessor ? NULL : &program->rules->sinks.items[sink->rule];
    if (rule && (rule->kind == SINK_CONSTRUCT || rule->replace.length == 0)) return;
    Str context = weave_context(weaving, access.site, sink->inside_accessor, sink->ambient);
    context = closed_context(weaving, &access, expr, rule, context);
    write_access(weaving, sink, rule, context, &access);
    if (must_stay(weaving, sink, &access)) access.may_move = false;
    bool is_bound_here = rule && rule->kind == SINK_PATH && reads_local(program, sink->expr);
    if (!access.gaps.count && !is_bound_here && needs_local(program, sink, access.text))
        access.may_move = access.needs_local = true;
    if (access.may_move && !access.gaps.count && is_too_long(program, &access, expr))
        access.needs_local = true;
    if (!rule || !keeps_own_text(rule)) mark_replaced(weaving, sink->expr, !sink->accessor);
    vec_add(&weaving->accesses, access);
}

// ---- reading once ----------------------------------------------------------------------------------
static bool can_be_home(const Weaving *weaving, FunctionId function) {
    if (!fact_is(function)) return false;
    uint32_t flags = program_function(weaving->program, function)->flags;
    return !(flags & (FUNCTION_LAMBDA | FUNCTION_GENERATOR));
}

static void note_reads(Weaving *weaving) {
    for (uint32_t i = 0; i < weaving->accesses.count; i++) {
        const Access *access = &weaving->accesses.items[i];
        weave_note_words(weaving, access->module, access->text);
        if (!access->may_move) continue;
        weave_note_read(weaving, access->site.function, access->text);
    }
}

// "src.config.config.global_config" -> "config", "get_chat_manager" -> "chat_manager", "app.Config" -> "config".
static Str derived_name(Weaving *weaving, Str symbol) {
    ptrdiff_t dot = str_find_last(symbol, '.');
    Str name = str_slice(symbol, (size_t)(dot + 1), symbol.length);
    const Str prefixes[] = {STR("_"), STR("get_"), STR("global_")};
    for (uint32_t i = 0; i < 3; i++) {
        if (str_starts_with(name, prefixes[i]) && name.length > prefixes[i].length) {
            name = str_slice(name, prefixes[i].length, name.length);
        }
    }
    return arena_snake_case(&weaving->arena, name);
}

static Str wanted_name(Weaving *weaving, const Access *access) {
    const Sink *sink = &weaving->solution->sinks.items[access->sink];
    uint32_t rule = sink->rule;
    if (sink->accessor) {
        const Accessor *accessor = &weaving->solution->accessors.items[sink->accessor];
        if (!accessor->rule) return derived_name(weaving, weave_accessor_old_name(weaving, accessor));
        rule = accessor->rule - 1;
    }
    const SinkRule *fact = &weaving->program->rules->sinks.items[rule];
    if (sink->part.index)
        return derived_name(weaving, program_name(weaving->program, sink->part));
    return fact->local.length > 0 ? fact->local : derived_name(weaving, fact->target.text);
}

// The function at whose top this access may be read, none when it must stay in place: its own, so that what a call reads
// is read by each call.
static FunctionId find_home(Weaving *weaving, const Access *access) {
    FunctionId own = access->site.function;
    if (access->needs_local && can_be_home(weaving, own)) return own;
    if (can_be_home(weaving, own) && weave_is_repeated(weaving, own, access->text)) return own;
    return FACT_NONE(FunctionId);
}

void weave_plan_accesses(Weaving *weaving) {
    weaving->accessed = arena_array(&weaving->arena, bool, program_expr_count(weaving->program) + 1);
    for (uint32_t i = 1; i < weaving->solution->sinks.count; i++)
        weaving->accessed[weaving->solution->sinks.items[i].expr.index] = true;
    weaving->accessed[0] = false;
    for (uint32_t i = 1; i < weaving->solution->sinks.count; i++) plan_access(weaving, i);
    note_reads(weaving);
    for (uint32_t i = 0; i < weaving->accesses.count; i++) {
        Access *access = &weaving->accesses.items[i];
        if (access->may_move) access->home = find_home(weaving, access);
    }
    for (uint32_t i = 0; i < weaving->accesses.count; i++) {
        Access *access = &weaving->accesses.items[i];
        if (!fact_is(access->home)) continue;
        access->local = weave_find_local(weaving, access->home, access->text);
        if (access->local) continue;
        Str name = weave_free_name(weaving, access->home, wanted_name(weaving, access));
        access->local = weave_add_local(weaving, access->home, name, access->text);
    }
}

// ---- writing ---------------------------------------------------------------------------------------
void weave_write_accesses(Weaving *weaving) {
    weave_write_patterns(weaving);
    for (uint32_t i = 0; i < weaving->accesses.count; i++) {
        const Access *access = &weaving->accesses.items[i];
        const Sink *sink = &weaving->solution->sinks.items[access->sink];
        const ExprFact *expr = program_expr(weaving->program, sink->expr);
        Str text = access->local ? weaving->locals.items[access->local].name : access->text;
        if (access->gaps.count == 0)
            weave_writer(weaving, access->module)
                ->replace_expression(weaving->program->facts, sink->expr, text, &weaving->texts);
        weave_take(weaving, DECISION_SINK, sink->expr.index, sink->family, SAFETY_SAFE,
                   "access '%.*s'",
                   STR_ARG(program_text(weaving->program, access->module, expr->start, expr->end)));
        ModuleWork *work = &weaving->modules[access->module.index];
        if (!work->has_family) work->family = sink->family;
        work->has_family = true;
    }
}
