// From decisions to edits.
//
// In: a solution. Out: edits with family and owner, added to EDITS. Order: what vanishes is marked,
// accesses are planned (they may ask for locals), then accessors, forwards, calls, accesses, functions
// (whose lazy default values take along what was edited in them), classes and last the imports that all
// of them need. At one place the earlier text stands first. Nothing here looks at text; the writer does.
#include "edit/weave_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"
#include "facts/stretch.h"
#include "program/index.h"

// ---- collecting edits ----------------------------------------------------------------------------
void weave_take(Weaving *weaving, DecisionKind kind, uint32_t index, Family family,
                 Safety safety, const char *owner, ...) {
    if (weaving->texts.list.count == 0) return;
    char name[512];
    va_list arguments;
    va_start(arguments, owner);
    vsnprintf(name, sizeof name, owner, arguments);
    va_end(arguments);
    Str kept = arena_copy(&weaving->arena, str_from(name));
    for (uint32_t i = 0; i < weaving->texts.list.count; i++) {
        const TextEdit *text = &weaving->texts.list.items[i];
        Edit edit = {.file = text->file,
                     .start = text->start,
                     .end = text->end,
                     .text = text->text,
                     .family = str_from(family_name(&weaving->program->rules->families, family)),
                     .safety = safety,
                     .owner = kept,
                     .cause = {kind, index}};
        vec_add(&weaving->pending, edit);
        weaving->texts.recent[weaving->texts.taken++ % RECENT_EDITS] = *text;
    }
    vec_clear(&weaving->texts.list);
}

bool weave_is_gone(const Weaving *weaving, ModuleId module, uint32_t offset) {
    FileId file = program_module_file(weaving->program, module);
    for (uint32_t i = 0; i < weaving->gone.count; i++) {
        const Span *span = &weaving->gone.items[i];
        if (span->file.index == file.index && span->start <= offset && offset < span->end) {
            return true;
        }
    }
    return false;
}

bool weave_function_is_gone(const Weaving *weaving, FunctionId function) {
    const FunctionFact *fact = program_function(weaving->program, function);
    return weave_is_gone(weaving, fact->module, fact->start);
}

// ---- functions -----------------------------------------------------------------------------------
static Str function_name(const Weaving *weaving, FunctionId function) {
    return program_name(weaving->program, program_function(weaving->program, function)->qualified);
}

static void add_parameter(Weaving *weaving, FunctionId id) {
    const FunctionPlan *plan = &weaving->solution->functions[id.index];
    const FunctionFact *function = program_function(weaving->program, id);
    ModuleId module = function->module;
    if (!plan->gains_parameter) return;
    uint32_t mark = weaving->modules[module.index].needs.count;
    Site site = weave_site_of_definition(weaving, function->scope, function->start);
    ContextText context = weave_context_text(weaving, site, false);
    context.parameter = weave_parameter_name(weaving, id);
    bool defined = !(function->flags & (FUNCTION_STUB | FUNCTION_MACRO));
    if (defined && !weaving->uses[id.index]) context.mark = weaving->unused_mark;
    context.unread = defined && !weaving->compiled_uses[id.index];
    context.mark_before = weaving->mark_before;
    weaving->texts.behind = weave_position(weaving, id);
    weaving->texts.wider = weave_wider(weaving, id);
    weave_writer(weaving, module)
        ->add_parameter(weaving->program->facts, id, &context, plan->optional, &weaving->texts);
    weaving->texts.wider = 0;
    bool typed = weaving->texts.list.count > 0 && !(function->flags & FUNCTION_MACRO);
    if (!typed) weaving->modules[module.index].needs.count = mark;
    weave_take(weaving, DECISION_FUNCTION, id.index, FAMILY_CONTEXT, SAFETY_SAFE,
               "parameter of '%.*s'", STR_ARG(function_name(weaving, id)));
}

// The function binds the context's name itself already: nothing is created a second time.
static bool binds_context(const Weaving *weaving, const FunctionFact *function) {
    Name name =
        intern_find(weaving->program->facts->names, weaving->program->rules->context.parameter);
    return name.index != 0 && fact_is(program_symbol_in(weaving->program, function->body, name));
}

static void add_created(Weaving *weaving, FunctionId id, Lines *lines) {
    const FunctionFact *function = program_function(weaving->program, id);
    const FunctionPlan *plan = &weaving->solution->functions[id.index];
    if (plan->supply != SUPPLY_CREATED && plan->supply != SUPPLY_BRIDGED) return;
    if (plan->gains_parameter || binds_context(weaving, function)) return;
    if (weave_runs_in_loops(weaving, id)) return;
    Str create = STR_NONE;
    if (plan->supply == SUPPLY_CREATED && plan->boundary) {
        create = weaving->program->rules->boundaries.items[plan->boundary - 1].create;
    }
    Site site = weave_site_of_body(weaving, id);
    Str value = create.length > 0 ? weave_template(weaving, site, create, (TemplateValues){0})
                                  : weave_context(weaving, site, 0, true);
    vec_add(&lines->list, ((FirstStatement){.kind = FIRST_VALUE,
                                            .name = weave_parameter_name(weaving, id),
                                            .value = value,
                                            .type = weaving->program->rules->context.type}));
}

static bool falls_back(const Weaving *weaving, FunctionId id) {
    const FunctionPlan *plan = &weaving->solution->functions[id.index];
    if (plan->lacks_fallback && !plan->becomes_required) return true;
    return plan->gains_parameter && plan->optional &&
           function_plan_uses_value(plan, program_function(weaving->program, id));
}

static FirstStatement fallback_of(Weaving *weaving, FunctionId id) {
    return (FirstStatement){.kind = FIRST_FALLBACK,
                            .name = weaving->program->rules->context.parameter,
                            .value = weave_fallback(weaving, weave_site_of_body(weaving, id),
                                                    function_name(weaving, id))};
}

static void add_fallback(Weaving *weaving, FunctionId id, Lines *lines) {
    if (!falls_back(weaving, id)) return;
    vec_add(&lines->list, fallback_of(weaving, id));
}

// In mode optional the fallback can be taken out again without a trace, since `--stage contract` does
// so: where it is all that the body begins with, a body on the header's line stays there. Mode required writes the
// bytes that both stages do, so it leaves such a body there as well.
static bool add_inline_fallback(Weaving *weaving, FunctionId id) {
    if (weaving->program->rules->context.mode == MODE_HYBRID) return false;
    FirstStatement fallback = fallback_of(weaving, id);
    ModuleId module = program_function(weaving->program, id)->module;
    return weave_writer(weaving, module)
        ->add_inline_fallback(weaving->program->facts, id, &fallback, &weaving->texts);
}

static bool stores_already(const Weaving *weaving, const FunctionFact *function) {
    const Program *program = weaving->program;
    Stretch bindings = facts_bindings_of(program->facts, function->module);
    for (uint32_t i = bindings.first; i < bindings.end; i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        const ExprFact *target = program_expr(program, binding->target);
        if (target->kind == EXPR_ATTRIBUTE && fact_same(binding->scope, function->body) &&
            str_equal(program_name(program, target->name),
                      weaving->program->rules->context.parameter)) {
            return true;
        }
    }
    return false;
}

static void add_store(Weaving *weaving, FunctionId id, Lines *lines) {
    const Program *program = weaving->program;
    const FunctionFact *function = program_function(program, id);
    const FunctionPlan *plan = &weaving->solution->functions[id.index];
    if (!plan->stores || function->parameter_count == 0) return;
    if (stores_already(weaving, function)) return;
    Str receiver = program_name(program, program_parameter(program, (ParameterId){function->first_parameter})->name);
    Str name = weaving->program->rules->context.parameter;
    vec_add(&lines->list,
            ((FirstStatement){.kind = FIRST_STORE, .name = name, .receiver = receiver}));
}

static void add_locals(Weaving *weaving, FunctionId id, Lines *lines) {
    const Local *local;
    for (uint32_t i = weave_first_local(weaving, id); i > 0; i = local->next) {
        local = &weaving->locals.items[i];
        vec_add(&lines->list, ((FirstStatement){
                                  .kind = FIRST_VALUE, .name = local->name, .value = local->text}));
    }
}

static void accept_any_keyword(Weaving *weaving, FunctionId id) {
    if (!weaving->solution->functions[id.index].accepts_any) return;
    ModuleId module = program_function(weaving->program, id)->module;
    weave_writer(weaving, module)->accept_any_keyword(weaving->program->facts, id, &weaving->texts);
    weave_take(weaving, DECISION_FUNCTION, id.index, FAMILY_CONTEXT, SAFETY_SAFE,
               "parameters of '%.*s'", STR_ARG(function_name(weaving, id)));
}

static void write_functions(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId id = {i};
        if (weave_function_is_gone(weaving, id)) continue;
        if (program_function(program, (FunctionId){i})->flags & FUNCTION_LAMBDA) {
            accept_any_keyword(weaving, id);
            continue;
        }
        Lines lines = {0}, defaults = {0};
        weave_write_defaults(weaving, id, &defaults);
        add_parameter(weaving, id);
        add_fallback(weaving, id, &lines);
        uint32_t fallback = lines.list.count;
        if (fallback > 0) weave_write_overloads(weaving, id);
        add_created(weaving, id, &lines);
        add_store(weaving, id, &lines);
        add_locals(weaving, id, &lines);
        for (uint32_t j = 0; j < defaults.list.count; j++) {
            vec_add(&lines.list, defaults.list.items[j]);
        }
        bool only = fallback > 0 && lines.list.count == fallback;
        if (only && add_inline_fallback(weaving, id)) vec_clear(&lines.list);
        if (lines.list.count > 0) {
            weave_writer(weaving, program_function(program, (FunctionId){i})->module)
                ->add_first_statements(program->facts, id, weaving->program->rules->context.parameter,
                                       lines.list.items, lines.list.count, &weaving->texts);
        }
        weave_take(weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE,
                   "first statements of '%.*s'", STR_ARG(function_name(weaving, id)));
        vec_release(&lines.list);
        vec_release(&defaults.list);
    }
}

static void write_classes(Weaving *weaving) {
    const Program *program = weaving->program;
    bool always = weaving->program->rules->context.mode == MODE_OPTIONAL;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassPlan *plan = &weaving->solution->classes[i];
        if (!plan->needs_constructor) continue;
        bool optional = always || plan->optional_constructor;
        ModuleId module = program_class(program, (ClassId){i})->module;
        uint32_t mark = weaving->modules[module.index].needs.count;
        Site site = weave_site_of_definition(weaving, program_class(program, (ClassId){i})->body,
                                             program_class(program, (ClassId){i})->start);
        ContextText context = weave_context_text(weaving, site, false);
        Str constructor = arena_format(
            &weaving->arena, "%.*s.%.*s",
            STR_ARG(program_name(program, program_class(program, (ClassId){i})->qualified)),
            STR_ARG(weave_writer(weaving, module)->constructor));
        if (optional) context.fallback = weave_fallback(weaving, site, constructor);
        RowList methods = program_methods(program, (ClassId){i});
        weave_writer(weaving, module)
            ->add_constructor(program->facts, &(ClassMethods){{i}, methods.at, row_count(methods)}, &context, optional,
                              &weaving->texts);
        if (weaving->texts.list.count == 0) weaving->modules[module.index].needs.count = mark;
        weave_take(weaving, DECISION_CLASS, i, FAMILY_CONTEXT, SAFETY_SAFE, "constructor of '%.*s'",
                   STR_ARG(program_name(program, program_class(program, (ClassId){i})->qualified)));
    }
}

// ---- call sites ----------------------------------------------------------------------------------
// By call: a target is known by nothing but its name, so a person should look.
static bool *find_doubtful_calls(const Program *program) {
    bool *doubtful = memory_alloc_zeroed(program_call_count(program) + 1, sizeof *doubtful);
    for (uint32_t i = 0; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->evidence == EVIDENCE_UNIQUE_NAME) doubtful[edge->call.index] = true;
    }
    return doubtful;
}

static Str callee_text(const Program *program, const CallFact *call) {
    const ExprFact *callee = program_expr(program, call->callee);
    return program_text(program, call->module, callee->start, callee->end);
}

static void write_calls(Weaving *weaving) {
    const Program *program = weaving->program;
    Str name = weaving->program->rules->context.parameter;
    bool *doubtful = find_doubtful_calls(program);
    for (uint32_t i = 0; i < weaving->solution->calls.count; i++) {
        const CallPlan *plan = &weaving->solution->calls.items[i];
        const CallFact *call = program_call(program, plan->call);
        if (plan->supply != CALL_PASSES) continue;
        const ExprFact *expr = program_expr(program, call->expr);
        if (weave_is_gone(weaving, call->module, expr->start)) continue;
        uint32_t mark = weaving->modules[call->module.index].needs.count;
        Str value = weave_context(weaving, weave_site(weaving, call->expr),
                                   plan->inside_accessor, plan->ambient);
        if (plan->pass.length > 0)
            value = weave_template(weaving, weave_site(weaving, call->expr), plan->pass,
                                   (TemplateValues){.context = value});
        weaving->texts.deeper = weave_accessor_depth(weaving, plan->inside_accessor);
        weaving->texts.behind = weave_call_position(weaving, plan->call);
        weaving->texts.wider = weave_call_wider(weaving, plan->call);
        weave_writer(weaving, call->module)
            ->add_argument(program->facts, plan->call, name, value, &weaving->texts);
        weaving->texts.deeper = weaving->texts.wider = 0;
        if (weaving->texts.list.count == 0) {
            weaving->modules[call->module.index].needs.count = mark;
        }
        weave_take(weaving, DECISION_CALL, plan->call.index, FAMILY_CONTEXT,
                   doubtful[plan->call.index] ? SAFETY_REVIEW : SAFETY_SAFE, "argument of '%.*s'",
                   STR_ARG(callee_text(program, call)));
    }
    free(doubtful);
}

// The function is handed to a binder already, by whatever name that was imported: that one gains the argument.
static bool is_binder(const Program *program, CallId call, Str binder) {
    return fact_is(call) && str_equal(program_name(program, program_call(program, call)->dotted), binder);
}

static void write_forwards(Weaving *weaving) {
    const Program *program = weaving->program;
    Str name = weaving->program->rules->context.parameter;
    for (uint32_t i = 0; i < weaving->solution->forwards.count; i++) {
        const ForwardPlan *plan = &weaving->solution->forwards.items[i];
        const ExprFact *expr = program_expr(program, plan->expr);
        ModuleId module = program_expr_module(program, plan->expr);
        if (weave_is_gone(weaving, module, expr->start)) continue;
        Site site = weave_site(weaving, plan->expr);
        Str value = weave_context(weaving, site, plan->inside_accessor, plan->ambient);
        const LanguageWriter *writer = weave_writer(weaving, module);
        if (is_binder(program, plan->call, writer->binder)) {
            weaving->texts.deeper = weave_accessor_depth(weaving, plan->inside_accessor);
            writer->add_argument(program->facts, plan->call, name, value, &weaving->texts);
            weaving->texts.deeper = 0;
        } else {
            Str binder = weave_binder(weaving, site);
            writer->bind_argument(program->facts, plan->expr, binder, name, value, &weaving->texts);
        }
        weave_take(weaving, DECISION_FORWARD, plan->expr.index, FAMILY_CONTEXT, SAFETY_SAFE,
                   "context bound to '%.*s'",
                   STR_ARG(program_text(program, module, expr->start, expr->end)));
    }
}

// ---- the run -------------------------------------------------------------------------------------
static void find_rows(Weaving *weaving) {
    ModuleRows *rows = module_rows_find(weaving->program->facts);
    for (uint32_t i = 0; i < program_module_count(weaving->program); i++)
        weaving->modules[i].rows = rows[i];
    free(rows);
}

void weave_close(Weaving *weaving) {
    for (uint32_t i = 0; i < program_module_count(weaving->program); i++) {
        vec_release(&weaving->modules[i].needs);
        vec_release(&weaving->modules[i].changes);
        vec_release(&weaving->modules[i].meanings);
    }
    free(weaving->modules);
    free(weaving->replaced);
    free(weaving->binds);
    free(weaving->uses);
    free(weaving->compiled_uses);
    vec_release(&weaving->texts.list);
    vec_release(&weaving->pending);
    vec_release(&weaving->gone);
    for (uint32_t i = 0; i < weaving->accesses.count; i++)
        vec_release(&weaving->accesses.items[i].gaps);
    vec_release(&weaving->accesses);
    vec_release(&weaving->locals);
    weave_reads_close(weaving);
    arena_release(&weaving->arena);
}

void weave_open(Weaving *weaving, const Program *program, const Solution *solution, Edits *edits) {
    *weaving = (Weaving){.program = program, .solution = solution, .edits = edits};
    weaving->texts.arena = &weaving->arena;
    weaving->modules = memory_alloc_zeroed(program_module_count(program) + 1, sizeof *weaving->modules);
    weaving->replaced = memory_alloc_zeroed(program_expr_count(program) + 1, sizeof *weaving->replaced);
    weaving->binds = memory_alloc_zeroed(program_import_count(program) + 1, sizeof *weaving->binds);
    vec_add(&weaving->locals, (Local){0});
    find_rows(weaving);
    weave_reads_open(weaving);
}

void weave_edits(const Program *program, const Solution *solution, Edits *edits) {
    Weaving weaving;
    weave_open(&weaving, program, solution, edits);
    weave_find_uses(&weaving);
    weave_mark_gone(&weaving);
    weave_mark_fallbacks(&weaving);
    weave_mark_old_names(&weaving);
    weave_mark_properties(&weaving);
    weave_mark_wrappers(&weaving);
    weave_plan_accesses(&weaving);
    weave_write_accessors(&weaving);
    weave_write_loops(&weaving);
    write_forwards(&weaving);
    write_calls(&weaving);
    weave_write_callables(&weaving);
    weave_write_accesses(&weaving);
    write_functions(&weaving);
    weave_write_renames(&weaving);
    weave_write_retyped(&weaving);
    weave_write_lost(&weaving);
    write_classes(&weaving);
    weave_write_properties(&weaving);
    weave_write_tasks(&weaving);
    weave_write_required(&weaving);
    weave_write_old_names(&weaving);
    weave_write_imports(&weaving);
    weave_give_out(&weaving);
    weave_close(&weaving);
}
