// From decisions to edits.
//
// In: a solution. Out: edits with family and owner, added to EDITS. Order: what vanishes is marked,
// accesses are planned (they may ask for locals), then accessors, forwards, calls, accesses, functions
// (whose lazy default values take along what was edited in them), classes and last the imports that all
// of them need. At one place the earlier text stands first. Nothing here looks at text; the writer does.
#include "edit/thread_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"

// ---- collecting edits ----------------------------------------------------------------------------
void thread_take(Threading *threading, DecisionKind kind, uint32_t index, Family family,
                 Safety safety, const char *owner, ...) {
    if (threading->texts.list.count == 0) return;
    char name[512];
    va_list arguments;
    va_start(arguments, owner);
    vsnprintf(name, sizeof name, owner, arguments);
    va_end(arguments);
    Str kept = arena_copy(&threading->arena, str_from(name));
    for (uint32_t i = 0; i < threading->texts.list.count; i++) {
        const TextEdit *text = &threading->texts.list.items[i];
        Edit edit = {.file = text->file,
                     .start = text->start,
                     .end = text->end,
                     .text = text->text,
                     .family = family,
                     .safety = safety,
                     .owner = kept,
                     .cause = {kind, index}};
        vec_add(&threading->pending, edit);
    }
    vec_clear(&threading->texts.list);
}

bool thread_is_gone(const Threading *threading, ModuleId module, uint32_t offset) {
    FileId file = facts_module_file(threading->facts, module);
    for (uint32_t i = 0; i < threading->gone.count; i++) {
        const Span *span = &threading->gone.items[i];
        if (span->file.index == file.index && span->start <= offset && offset < span->end) {
            return true;
        }
    }
    return false;
}

bool thread_function_is_gone(const Threading *threading, FunctionId function) {
    const FunctionFact *fact = &threading->facts->functions.items[function.index];
    return thread_is_gone(threading, fact->module, fact->start);
}

// ---- functions -----------------------------------------------------------------------------------
static Str function_name(const Threading *threading, FunctionId function) {
    return facts_name(threading->facts,
                      threading->facts->functions.items[function.index].qualified);
}

static void add_parameter(Threading *threading, FunctionId id) {
    const FunctionPlan *plan = &threading->solution->functions[id.index];
    const FunctionFact *function = &threading->facts->functions.items[id.index];
    ModuleId module = function->module;
    if (!plan->gains_parameter) return;
    uint32_t mark = threading->modules[module.index].needs.count;
    Site site = thread_site_of_definition(threading, function->scope, function->start);
    ContextText context = thread_context_text(threading, site, false);
    threading->writer->add_parameter(threading->facts, id, &context, plan->optional,
                                     &threading->texts);
    if (threading->texts.list.count == 0) threading->modules[module.index].needs.count = mark;
    thread_take(threading, DECISION_FUNCTION, id.index, FAMILY_ISOLATION_CONTEXT, SAFETY_SAFE,
                "parameter of '%.*s'", STR_ARG(function_name(threading, id)));
}

// The function binds the context's name itself already: nothing is created a second time.
static bool binds_context(const Threading *threading, const FunctionFact *function) {
    Name name = intern_find(threading->facts->names, threading->rules->context.parameter);
    return name.index != 0 && fact_is(facts_symbol_in(threading->facts, function->body, name));
}

static void add_created(Threading *threading, FunctionId id, Lines *lines) {
    const FunctionFact *function = &threading->facts->functions.items[id.index];
    const FunctionPlan *plan = &threading->solution->functions[id.index];
    if (plan->supply != SUPPLY_CREATED && plan->supply != SUPPLY_BRIDGED) return;
    if (plan->gains_parameter || binds_context(threading, function)) return;
    Str create = STR_NONE;
    if (plan->supply == SUPPLY_CREATED && plan->boundary) {
        create = threading->rules->boundaries.items[plan->boundary - 1].create;
    }
    Site site = thread_site_of_body(threading, id);
    Str value = create.length > 0 ? thread_template(threading, site, create, (TemplateValues){0})
                                  : thread_context(threading, site, 0, true);
    Str name = threading->rules->context.parameter;
    vec_add(&lines->list,
            arena_format(&threading->arena, "%.*s = %.*s", STR_ARG(name), STR_ARG(value)));
}

static bool falls_back(const Threading *threading, FunctionId id) {
    const FunctionPlan *plan = &threading->solution->functions[id.index];
    if (plan->lacks_fallback && !plan->becomes_required) return true;
    return plan->gains_parameter && plan->optional &&
           function_plan_uses_value(plan, &threading->facts->functions.items[id.index]);
}

static void add_fallback(Threading *threading, FunctionId id, Lines *lines) {
    if (!falls_back(threading, id)) return;
    Str name = threading->rules->context.parameter;
    Str value = thread_context(threading, thread_site_of_body(threading, id), 0, true);
    vec_add(&lines->list, arena_format(&threading->arena, "if %.*s is None:", STR_ARG(name)));
    vec_add(&lines->list,
            arena_format(&threading->arena, "    %.*s = %.*s", STR_ARG(name), STR_ARG(value)));
}

// In mode optional the fallback can be taken out again without a trace, since `--stage contract` does
// so: where it is all that the body begins with, a body on the header's line stays there.
static bool add_inline_fallback(Threading *threading, FunctionId id) {
    if (threading->rules->context.mode != MODE_OPTIONAL) return false;
    Str name = threading->rules->context.parameter;
    Str value = thread_context(threading, thread_site_of_body(threading, id), 0, true);
    return threading->writer->add_inline_statement(
        threading->facts, id,
        arena_format(&threading->arena, "%.*s = %.*s if %.*s is None else %.*s", STR_ARG(name),
                     STR_ARG(value), STR_ARG(name), STR_ARG(name)),
        &threading->texts);
}

static bool stores_already(const Threading *threading, const FunctionFact *function) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        const ExprFact *target = &facts->exprs.items[binding->target.index];
        if (target->kind == EXPR_ATTRIBUTE && fact_same(binding->scope, function->body) &&
            str_equal(facts_name(facts, target->name), threading->rules->context.parameter)) {
            return true;
        }
    }
    return false;
}

static void add_store(Threading *threading, FunctionId id, Lines *lines) {
    const Facts *facts = threading->facts;
    const FunctionFact *function = &facts->functions.items[id.index];
    const FunctionPlan *plan = &threading->solution->functions[id.index];
    if (!plan->stores || function->parameter_count == 0) return;
    if (stores_already(threading, function)) return;
    Str receiver = facts_name(facts, facts->parameters.items[function->first_parameter].name);
    Str name = threading->rules->context.parameter;
    vec_add(&lines->list, arena_format(&threading->arena, "%.*s.%.*s = %.*s", STR_ARG(receiver),
                                       STR_ARG(name), STR_ARG(name)));
}

static void add_locals(Threading *threading, FunctionId id, Lines *lines) {
    const Local *local;
    for (uint32_t i = thread_first_local(threading, id); i > 0; i = local->next) {
        local = &threading->locals.items[i];
        if (!fact_same(local->function, id)) continue;
        vec_add(&lines->list, arena_format(&threading->arena, "%.*s = %.*s", STR_ARG(local->name),
                                           STR_ARG(local->text)));
    }
}

static void accept_any_keyword(Threading *threading, FunctionId id) {
    if (!threading->solution->functions[id.index].accepts_any) return;
    threading->writer->accept_any_keyword(threading->facts, id, &threading->texts);
    thread_take(threading, DECISION_FUNCTION, id.index, FAMILY_ISOLATION_CONTEXT, SAFETY_SAFE,
                "parameters of '%.*s'", STR_ARG(function_name(threading, id)));
}

static void write_functions(Threading *threading) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionId id = {i};
        if (thread_function_is_gone(threading, id)) continue;
        if (facts->functions.items[i].flags & FUNCTION_LAMBDA) {
            accept_any_keyword(threading, id);
            continue;
        }
        Lines lines = {0}, defaults = {0};
        thread_write_defaults(threading, id, &defaults);
        add_parameter(threading, id);
        add_fallback(threading, id, &lines);
        uint32_t fallback = lines.list.count;
        add_created(threading, id, &lines);
        add_store(threading, id, &lines);
        add_locals(threading, id, &lines);
        for (uint32_t j = 0; j < defaults.list.count; j++) {
            vec_add(&lines.list, defaults.list.items[j]);
        }
        bool only = fallback > 0 && lines.list.count == fallback;
        if (only && add_inline_fallback(threading, id)) vec_clear(&lines.list);
        if (lines.list.count > 0) {
            threading->writer->add_first_statements(facts, id, threading->rules->context.parameter,
                                                    lines.list.items, lines.list.count,
                                                    &threading->texts);
        }
        thread_take(threading, DECISION_FUNCTION, i, FAMILY_ISOLATION_CONTEXT, SAFETY_SAFE,
                    "first statements of '%.*s'", STR_ARG(function_name(threading, id)));
        vec_release(&lines.list);
        vec_release(&defaults.list);
    }
}

static void write_classes(Threading *threading) {
    const Facts *facts = threading->facts;
    bool always = threading->rules->context.mode == MODE_OPTIONAL;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassPlan *plan = &threading->solution->classes[i];
        if (!plan->needs_constructor) continue;
        bool optional = always || plan->optional_constructor;
        ModuleId module = facts->classes.items[i].module;
        uint32_t mark = threading->modules[module.index].needs.count;
        Site site = thread_site_of_definition(threading, facts->classes.items[i].body,
                                              facts->classes.items[i].start);
        ContextText context = thread_context_text(threading, site, optional);
        threading->writer->add_constructor(facts, (ClassId){i}, &context, optional,
                                           &threading->texts);
        if (threading->texts.list.count == 0) threading->modules[module.index].needs.count = mark;
        thread_take(threading, DECISION_CLASS, i, FAMILY_ISOLATION_CONTEXT, SAFETY_SAFE,
                    "constructor of '%.*s'",
                    STR_ARG(facts_name(facts, facts->classes.items[i].qualified)));
    }
}

// ---- call sites ----------------------------------------------------------------------------------
// By call: a target is known by nothing but its name, so a person should look.
static bool *find_doubtful_calls(const Facts *facts) {
    bool *doubtful = memory_alloc_zeroed(facts->calls.count + 1, sizeof *doubtful);
    for (uint32_t i = 0; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->evidence == EVIDENCE_UNIQUE_NAME) doubtful[edge->call.index] = true;
    }
    return doubtful;
}

static Str callee_text(const Facts *facts, const CallFact *call) {
    const ExprFact *callee = &facts->exprs.items[call->callee.index];
    return facts_text(facts, call->module, callee->start, callee->end);
}

static void write_calls(Threading *threading) {
    const Facts *facts = threading->facts;
    Str name = threading->rules->context.parameter;
    bool *doubtful = find_doubtful_calls(facts);
    for (uint32_t i = 0; i < threading->solution->calls.count; i++) {
        const CallPlan *plan = &threading->solution->calls.items[i];
        const CallFact *call = &facts->calls.items[plan->call.index];
        if (plan->supply != CALL_PASSES) continue;
        const ExprFact *expr = &facts->exprs.items[call->expr.index];
        if (thread_is_gone(threading, call->module, expr->start)) continue;
        uint32_t mark = threading->modules[call->module.index].needs.count;
        Str value = thread_context(threading, thread_site(threading, call->expr),
                                   plan->inside_accessor, plan->ambient);
        threading->texts.deeper = thread_accessor_depth(threading, plan->inside_accessor);
        threading->writer->add_argument(facts, plan->call, name, value, &threading->texts);
        threading->texts.deeper = 0;
        if (threading->texts.list.count == 0) {
            threading->modules[call->module.index].needs.count = mark;
        }
        thread_take(threading, DECISION_CALL, plan->call.index, FAMILY_ISOLATION_CONTEXT,
                    doubtful[plan->call.index] ? SAFETY_REVIEW : SAFETY_SAFE, "argument of '%.*s'",
                    STR_ARG(callee_text(facts, call)));
    }
    free(doubtful);
}

// The function is handed to a `partial` already: that one gains the argument.
static bool is_binder(const Facts *facts, CallId call) {
    if (!fact_is(call)) return false;
    ExprId callee = facts->calls.items[call.index].callee;
    return str_is(facts_name(facts, facts->exprs.items[callee.index].name), "partial");
}

static void write_forwards(Threading *threading) {
    const Facts *facts = threading->facts;
    Str name = threading->rules->context.parameter;
    for (uint32_t i = 0; i < threading->solution->forwards.count; i++) {
        const ForwardPlan *plan = &threading->solution->forwards.items[i];
        const ExprFact *expr = &facts->exprs.items[plan->expr.index];
        ModuleId module = facts_expr_module(facts, plan->expr);
        if (thread_is_gone(threading, module, expr->start)) continue;
        Site site = thread_site(threading, plan->expr);
        Str value = thread_context(threading, site, plan->inside_accessor, plan->ambient);
        if (is_binder(facts, plan->call)) {
            threading->texts.deeper = thread_accessor_depth(threading, plan->inside_accessor);
            threading->writer->add_argument(facts, plan->call, name, value, &threading->texts);
            threading->texts.deeper = 0;
        } else {
            Str binder = thread_binder(threading, site);
            threading->writer->bind_argument(facts, plan->expr, binder, name, value,
                                             &threading->texts);
        }
        thread_take(threading, DECISION_FORWARD, plan->expr.index, FAMILY_ISOLATION_CONTEXT,
                    SAFETY_SAFE, "context bound to '%.*s'",
                    STR_ARG(facts_text(facts, module, expr->start, expr->end)));
    }
}

// ---- the run -------------------------------------------------------------------------------------
static void find_rows(Threading *threading) {
    ModuleRows *rows = module_rows_find(threading->facts);
    for (uint32_t i = 0; i < threading->facts->modules.count; i++)
        threading->modules[i].rows = rows[i];
    free(rows);
}

static void release(Threading *threading) {
    for (uint32_t i = 0; i < threading->facts->modules.count; i++) {
        vec_release(&threading->modules[i].needs);
        vec_release(&threading->modules[i].changes);
        vec_release(&threading->modules[i].meanings);
    }
    free(threading->modules);
    free(threading->replaced);
    vec_release(&threading->texts.list);
    vec_release(&threading->pending);
    vec_release(&threading->gone);
    for (uint32_t i = 0; i < threading->accesses.count; i++)
        vec_release(&threading->accesses.items[i].gaps);
    vec_release(&threading->accesses);
    vec_release(&threading->locals);
    arena_release(&threading->arena);
}

void thread_edits(const Facts *facts, const Rules *rules, const Solution *solution,
                  const Language *language, Edits *edits) {
    Threading threading = {.facts = facts,
                           .rules = rules,
                           .solution = solution,
                           .writer = language->writer,
                           .edits = edits};
    threading.texts.arena = &threading.arena;
    threading.modules = memory_alloc_zeroed(facts->modules.count + 1, sizeof *threading.modules);
    threading.replaced = memory_alloc_zeroed(facts->exprs.count + 1, sizeof *threading.replaced);
    vec_add(&threading.locals, (Local){0});
    find_rows(&threading);
    thread_mark_gone(&threading);
    thread_mark_fallbacks(&threading);
    thread_plan_accesses(&threading);
    thread_write_accessors(&threading);
    write_forwards(&threading);
    write_calls(&threading);
    thread_write_callables(&threading);
    thread_write_accesses(&threading);
    write_functions(&threading);
    write_classes(&threading);
    thread_write_required(&threading);
    thread_write_imports(&threading);
    thread_give_out(&threading);
    release(&threading);
}
