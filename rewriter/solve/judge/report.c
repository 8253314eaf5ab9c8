// Says what was refused, bridged or left in doubt, with a reason and a remedy for each.
// Comes in: a settled solution. Goes out: diagnostics. Must not change the solution.
#include "base/bug.h"
#include "solve/escape/leaks.h"
#include "solve/find/written.h"
#include "solve/judge/report.h"

// What a person can do, by code; the last row serves the rest.
static const struct {
    DiagnosticCode code;
    const char *help;
} HELP[] = {
    {DIAGNOSTIC_W201, "move the access into a function that runs for one tenant"},
    {DIAGNOSTIC_W202, "move the access into a function that runs for one tenant"},
    {DIAGNOSTIC_W203, "move the access into the function that the decorator makes"},
    {DIAGNOSTIC_W204, "use None as the default and read the value in the body"},
    {DIAGNOSTIC_W205,
     "write the singleton as 'x = Class(...)' or as a getter that only makes and returns it; or name "
     "it as a 'symbol' with a 'replace' of your own"},
    {DIAGNOSTIC_W206, "rename the local variable"},
    {DIAGNOSTIC_W207, "write the value without '=' in the interpolation"},
    {DIAGNOSTIC_W208, "bind the name once, at module level"},
    {DIAGNOSTIC_W209, "read the value where it is used instead of keeping it in the constructor"},
    {DIAGNOSTIC_W210, "name the tenant in the query, or ask the model instead"},
    {DIAGNOSTIC_W211, "let the caller pass a scoped model, or annotate the value with its class"},
    {DIAGNOSTIC_W212, "read the ambient context in it, or keep the context in the object"},
    {DIAGNOSTIC_W213, "give the value a name first, and ask that"},
    {DIAGNOSTIC_W214, "write the code in one of the forms that the rule can replace, or by hand"},
    {DIAGNOSTIC_W215, "annotate the value with its class"},
    {DIAGNOSTIC_W216, "`weft explain --bug` writes what to send in"},
    {DIAGNOSTIC_W217, "do not leave the file out, or write it by hand"},
    {DIAGNOSTIC_W218, "write through a function that the rules can call for one tenant, and match that"},
    {DIAGNOSTIC_W303, "loop over the known contexts in the task, one tenant at a time"},
    {DIAGNOSTIC_W305, "give every function that the call may reach the parameter"},
    {DIAGNOSTIC_CODE_COUNT, "make sure that the ambient context is set where this runs"},
};

const char *report_help(DiagnosticCode code) {
    uint32_t i = 0;
    while (HELP[i].code != code && HELP[i].code != DIAGNOSTIC_CODE_COUNT) i++;
    return HELP[i].help;
}

static Span span_of_word(const Solver *solver, uint32_t file, Name name) {
    Span span;
    return solver_unread_place(solver, file, name, &span) ? span : (Span){{file}, 0, 0};
}

// Which member of its family keeps FUNCTION as it is, where a parameter cannot be left out.
static void relate_obstacle(Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    if (!fact_is(id) || program_module(program, function->module)->language->traits.optional_parameters) return;
    Obstacle obstacle = supply_obstacle(solver, id);
    if (!obstacle.why) return;
    const FunctionFact *member = program_function(program, obstacle.member);
    Span span = {program_module_file(program, member->module), member->name_start, member->name_end};
    if (fact_is(obstacle.expr)) span = program_expr_span(program, obstacle.expr);
    if (obstacle.named) span = span_of_word(solver, solver->unread_file[member->name.index], member->name);
    Name own = function->qualified;
    diagnostic_relate(solver->diagnostics, span, "'%.*s' keeps its parameters: '%.*s' %s",
                      STR_ARG(program_name(program, own)), STR_ARG(program_name(program, member->qualified)),
                      obstacle.why);
}

// The line of PLACE, with those before it that it goes on from, is a directive.
static bool is_in_directive(const SourceFile *file, uint32_t place) {
    uint32_t start = source_line_start(file, place);
    while (start > 0) {
        Str before = str_trim(str_slice(file->text, source_line_start(file, start - 1), start - 1));
        if (before.length == 0 || before.data[before.length - 1] != '\\') break;
        start = source_line_start(file, start - 1);
    }
    return str_starts_with(str_trim(str_slice(file->text, start, source_line_end(file, start))), STR("#"));
}

// What to do about an access outside of functions, in a language with one namespace.
static const char *help_outside(const SourceFile *file, Span span) {
    return is_in_directive(file, span.start)
               ? "a macro gains the parameter when it has a list: write NAME() here and where it is used"
               : "this is there before any context is: give it its value in a function that has one, or keep which member it "
                 "is (offsetof) and ask the context where that is read";
}

static void report_sink(Solver *solver, const Sink *sink) {
    if (!outcome_row(sink->outcome)->doubtful) return;
    DiagnosticCode code = sink->code ? sink->code : DIAGNOSTIC_W301;
    Span span = sink_span(solver->program, sink);
    const SourceFile *file = source_file(solver->program->facts->sources, span.file);
    Str text = str_slice(file->text, span.start, span.end);
    ptrdiff_t line = str_find(text, '\n'); // one line is enough to know it by
    if (line >= 0) text = str_slice(text, 0, (size_t)line);
    diagnostic_add(solver->diagnostics, code, span, "%s: '%.*s%s' %s", diagnostic_code_title(code),
                   STR_ARG(str_trim(text)), line >= 0 ? "..." : "",
                   sink->outcome == OUTCOME_REFUSED ? "is left as it is"
                                                                   : "follows the ambient context");
    if (code == DIAGNOSTIC_W212 || code == DIAGNOSTIC_W301) relate_obstacle(solver, sink->function);
    bool outside = code == DIAGNOSTIC_W201 && fact_is(sink->expr) &&
                   program_module(solver->program, program_expr_module(solver->program, sink->expr))
                       ->language->traits.one_namespace;
    diagnostic_help(solver->diagnostics, "%s", outside ? help_outside(file, span) : report_help(code));
}

// Mode required, but this one cannot be.
static void report_not_required(Solver *solver, uint32_t index) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    Span span = {program_module_file(solver->program, function->module), function->name_start,
                 function->name_end};
    const char *why = "a call may reach something that does not take it";
    for (RowList members = program_members(solver->program, function->family);
         members.at < members.end; members.at++) {
        const char *unseen = solver_unseen_caller(solver, (FunctionId){*members.at});
        if (unseen) why = unseen;
    }
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W309, span,
                   "'%.*s' keeps '%.*s' optional although the mode is required: %s",
                   STR_ARG(program_name(solver->program, function->qualified)),
                   STR_ARG(solver->program->rules->context.parameter), why);
    diagnostic_help(solver->diagnostics, "name the function as a boundary in the rules, or let "
                                         "all its callers pass the context");
}

// Nothing but getattr with a computed name hands a function of the family on.
static bool reached_by_name(const Solver *solver, uint32_t family) {
    bool by_name = false;
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++) {
        uint32_t member = *members.at;
        for (RowList callers = program_callers(solver->program, (FunctionId){member});
             callers.at < callers.end; callers.at++) {
            const EdgeFact *edge = program_edge(solver->program, *callers.at);
            if (edge->kind == EDGE_ESCAPE && !edge->by_name) return false;
            by_name = by_name || edge->by_name;
        }
    }
    return by_name;
}

void report_function_bridge(Solver *solver, FunctionId id, DiagnosticCode code) {
    const FunctionFact *function = program_function(solver->program, id);
    Span span = {program_module_file(solver->program, function->module), function->name_start,
                 function->name_end};
    diagnostic_add(solver->diagnostics, code, span, "%s: '%.*s' passes it to what it calls",
                   diagnostic_code_title(code),
                   STR_ARG(program_name(solver->program, function->qualified)));
    diagnostic_help(solver->diagnostics, "%s", report_help(code));
}

// It reads no sink itself, so that no access says how it comes by the context of its calls.
static void report_bridge(Solver *solver, uint32_t index, const bool *says_so) {
    const FunctionPlan *plan = &solver->solution->functions[index];
    if (plan->supply != SUPPLY_BRIDGED || !plan->needs_value || says_so[index]) return;
    report_function_bridge(solver, (FunctionId){index}, plan->code ? plan->code : DIAGNOSTIC_W301);
}

static void report_function(Solver *solver, uint32_t index) {
    const FunctionPlan *plan = &solver->solution->functions[index];
    if (plan->code == DIAGNOSTIC_W309) report_not_required(solver, index);
    if (plan->code == DIAGNOSTIC_W302) report_handed_on(solver, (FunctionId){index});
}

void report_handed_on(Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    Span span = {program_module_file(solver->program, function->module), function->name_start,
                 function->name_end};
    Str name = program_name(solver->program, function->qualified);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W302, span,
                   "'%.*s' %s and takes the context optionally", STR_ARG(name),
                   reached_by_name(solver, function->family) ? "may be meant by a computed name"
                                                             : "is handed on as a value");
    diagnostic_help(solver->diagnostics, "%s", report_help(DIAGNOSTIC_W302));
}

static bool makes_holder(const Solver *solver, CallId call) {
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(solver->program, *edges.at);
        bool holder = solver->solution->classes[edge->klass.index].holds ||
                      solver->class_stores[edge->klass.index];
        if (edge->kind == EDGE_CONSTRUCT && holder)
            return true;
    }
    return false;
}

static void report_cached(Solver *solver, uint32_t index) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    if (!solver->solution->functions[index].gains_parameter ||
        !(function->flags & FUNCTION_CACHED))
        return;
    Span span = {program_module_file(solver->program, function->module), function->name_start,
                 function->name_end};
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W308, span,
                   "'%.*s' caches by its arguments: the context becomes part of the key",
                   STR_ARG(program_name(solver->program, function->qualified)));
    diagnostic_help(solver->diagnostics, "check that the cache may hold one entry a context");
}

static bool accepts(const Solver *solver, const EdgeFact *edge) {
    FunctionId callee = edge->callee;
    if (!fact_is(callee))
        return edge->kind != EDGE_CONSTRUCT || makes_holder(solver, edge->call);
    return supply_can_gain(solver, callee);
}

// Says which of the functions that the call may reach stands in the way.
void report_refused_call(Solver *solver, CallId call) {
    const Program *program = solver->program;
    Span span = program_expr_span(program, program_call(program, call)->expr);
    Str parameter = solver->program->rules->context.parameter;
    if (solver_is_frozen(solver, program_call(program, call)->expr)) return; // said of the place
    if (supply_may_lack(solver, call)) {
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                       "the call hands keywords on, which may have '%.*s' or not", STR_ARG(parameter));
        diagnostic_help(solver->diagnostics, "name the parameter in the wrapper and pass it");
        return;
    }
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        Str name = program_name(program, fact_is(edge->callee)
                                             ? program_function(program, edge->callee)->qualified
                                             : program_class(program, edge->klass)->qualified);
        if (edge->wrapped)
            diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                           "the decorator of '%.*s' does not hand '%.*s' on", STR_ARG(name),
                           STR_ARG(parameter));
        else if (edge->mixed)
            diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                           "the call may reach '%.*s' or something outside the tree that does not "
                           "accept '%.*s'",
                           STR_ARG(name), STR_ARG(parameter));
        else if (edge->through_class_value)
            diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                           "the call may make '%.*s' or any subclass, and not all of them accept "
                           "'%.*s'",
                           STR_ARG(name), STR_ARG(parameter));
        else if (!accepts(solver, edge))
            diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                           "the call may reach '%.*s', which does not accept '%.*s'",
                           STR_ARG(name), STR_ARG(parameter));
        else
            continue;
        diagnostic_help(solver->diagnostics, "%s",
                        edge->wrapped ? "let its wrapper take **kwargs and hand them on"
                                      : report_help(DIAGNOSTIC_W305));
        return;
    }
    bool accepted = true; // by all that it may reach: then it was written, or left, without the context
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end; edges.at++)
        accepted = accepted && fact_is(program_edge(program, *edges.at)->callee);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W305, span,
                   accepted ? "the call does not pass '%.*s', so that the ambient context is read instead"
                            : "the call may reach a class that does not accept '%.*s'",
                   STR_ARG(parameter));
    diagnostic_help(solver->diagnostics, "%s", report_help(DIAGNOSTIC_W305));
}

// Nothing can be passed to the function around the call; none when the call runs at import.
static DiagnosticCode why_ambient(const Solver *solver, const CallPlan *plan) {
    const Program *program = solver->program;
    FunctionId id = program_scope_function(
        program, program_expr(program, program_call(program, plan->call)->expr)->scope);
    const FunctionFact *function = program_function(program, id);
    bool at_import = (function->flags & FUNCTION_CONSTRUCTOR) &&
                     solver->solution->classes[function->klass.index].process_lifetime;
    if (!fact_is(id) || at_import) return (DiagnosticCode)0;
    DiagnosticCode code = solver->solution->functions[id.index].code;
    return code ? code : DIAGNOSTIC_W301;
}

void report_ambient_call(Solver *solver, CallId call, DiagnosticCode code) {
    const Program *program = solver->program;
    Span span = program_expr_span(program, program_call(program, call)->expr);
    if (code) {
        diagnostic_add(solver->diagnostics, code, span, "%s: the call passes the ambient context",
                       diagnostic_code_title(code));
        ExprId expr = program_call(program, call)->expr;
        relate_obstacle(solver, program_scope_function(program, program_expr(program, expr)->scope));
        diagnostic_help(solver->diagnostics, "%s", report_help(code));
        return;
    }
    bool holder = makes_holder(solver, call);
    diagnostic_add(solver->diagnostics, holder ? DIAGNOSTIC_W307 : DIAGNOSTIC_W209, span,
                   "%s and reads the ambient context",
                   holder ? "an object that holds a context is made while modules are imported"
                          : "the call runs while modules are imported");
    diagnostic_help(solver->diagnostics, "%s", report_help(DIAGNOSTIC_W301));
}

static void report_call(Solver *solver, const CallPlan *plan) {
    if (plan->supply == CALL_REFUSED)
        report_refused_call(solver, plan->call);
    else if (plan->supply == CALL_PASSES && plan->ambient)
        report_ambient_call(solver, plan->call, why_ambient(solver, plan));
}

// A call that did not resolve, by the name of a function that gained the parameter.
static void report_unresolved(Solver *solver) {
    const Program *program = solver->program;
    bool *changed = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *changed);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        bool has_it = fact_is(supply_context_parameter(solver, function)) && !solver->taken[i] &&
                      !solver->runtime_module[function->module.index];
        if (has_it || function_plan_changes(&solver->solution->functions[i]))
            changed[function->name.index] = true;
    }
    for (uint32_t i = 0; i < program_unresolved_count(program); i++) {
        const UnresolvedCall *row = program_unresolved(program, i);
        const CallFact *call = program_call(program, row->call);
        if (!changed[row->name.index] || solver->runtime_module[call->module.index] ||
            program_module(program, call->module)->left_out ||
            fact_is(written_argument(solver, row->call, -1)))
            continue;
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W304,
                       program_expr_span(program, call->callee),
                       "the call of '%.*s' could not be resolved; a changed function has that name",
                       STR_ARG(program_name(program, row->name)));
        diagnostic_help(solver->diagnostics, "annotate the receiver so that its class is known");
    }
    free(changed);
}

bool report_is_declaration(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    return program_module(solver->program, function->module)->is_stub &&
           row_count(program_members(solver->program, function->family)) > 1;
}

// What an unread file may do with something that is called WORD there.
typedef struct UnreadUse {
    Name word;
    Name name;       // of the function or class, in full
    bool optional;   // it takes the context optionally...
    bool overridden; // ...or keeps its signature
} UnreadUse;

static void report_unread_use(Solver *solver, uint32_t file_index, UnreadUse use) {
    const Program *program = solver->program;
    Span span;
    if (!solver_unread_place(solver, file_index, use.word, &span)) return;
    const SourceFile *file = source_file(program->facts->sources, (FileId){file_index});
    Str name = program_name(program, use.name);
    if (file->state == SOURCE_UNDECODABLE) span = (Span){{file_index}, 0, 0}; // its bytes are no text
    if (use.overridden)
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W306, span,
                       "a file whose code is not known may override '%.*s', which keeps its "
                       "signature for that",
                       STR_ARG(name));
    else
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W306, span,
                       "a file whose code is not known may call '%.*s', which takes the context%s",
                       STR_ARG(name), use.optional ? " optionally for that" : "");
    diagnostic_help(solver->diagnostics, file->kind == SOURCE_CODE
                                             ? "repair the file and run again"
                                             : "the ambient context serves the calls; pass it by "
                                               "hand where it must be another");
}

// A file that does not parse, or cannot be decoded, may call what changed.
static void report_unread(Solver *solver, uint32_t file_index) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        const FunctionPlan *plan = &solver->solution->functions[i];
        bool changes = function_plan_changes(plan);
        // No other file can mean what is local to one; what keeps its old name serves whoever calls that.
        if ((function->flags & FUNCTION_FILE_LOCAL) || plan->keeps_old_name) continue;
        bool kept = plan->needs_value && solver_keeps_signature(solver, (FunctionId){i}) &&
                    fact_is(function->klass) && !solver->frozen_function[i];
        if ((!changes && !kept) || report_is_declaration(solver, (FunctionId){i})) continue;
        Name word = function->flags & FUNCTION_CONSTRUCTOR
                        ? program_class(program, function->klass)->name
                        : function->name;
        report_unread_use(solver, file_index,
                          (UnreadUse){word, function->qualified, plan->optional, !changes});
    }
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        const ClassPlan *plan = &solver->solution->classes[i];
        if (plan->needs_constructor)
            report_unread_use(
                solver, file_index,
                (UnreadUse){klass->name, klass->qualified, plan->optional_constructor, false});
    }
}

// One object for all tenants, and no module-level instance that an accessor could replace.
static void report_creator(Solver *solver, ClassId id, bool needs_context) {
    const ClassFact *klass = program_class(solver->program, id);
    if (!(klass->flags & (CLASS_SINGLETON | CLASS_KEEPS_INSTANCE)) ||
        solver->process_class[id.index] ||
        !fact_same(program_function(solver->program, klass->creator)->klass, id) ||
        !needs_context || !solver_keeps_creator(solver, id))
        return;
    Span span = {program_module_file(solver->program, klass->module), klass->name_start,
                 klass->name_end};
    Str name = program_name(solver->program, klass->qualified);
    if (klass->flags & CLASS_SINGLETON)
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W205, span,
                       "'%.*s' stays one object for all tenants: nothing but its __new__ keeps the "
                       "instance",
                       STR_ARG(name));
    else
        diagnostic_add(
            solver->diagnostics, DIAGNOSTIC_W205, span,
            "'%.*s' stays one object for all tenants: its __new__ does more than keep the "
            "instance",
            STR_ARG(name));
    diagnostic_help(solver->diagnostics, "%s", report_help(DIAGNOSTIC_W205));
}

static void report_creators(Solver *solver) {
    const Program *program = solver->program;
    bool *needs = memory_alloc_zeroed(program_class_count(program) + 1, sizeof *needs);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (solver->solution->functions[i].needs_value)
            needs[program_function(program, (FunctionId){i})->klass.index] = true;
    for (uint32_t i = 1; i < program_class_count(program); i++) report_creator(solver, (ClassId){i}, needs[i]);
    free(needs);
}

void solver_report(Solver *solver) {
    bool *says_so =
        memory_alloc_zeroed(program_function_count(solver->program) + 1, sizeof *says_so);
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++) {
        report_sink(solver, &solver->solution->sinks.items[i]);
        says_so[solver->solution->sinks.items[i].function.index] = true;
    }
    for (uint32_t i = 1; i < program_function_count(solver->program); i++) {
        report_bridge(solver, i, says_so);
        report_function(solver, i);
        report_cached(solver, i);
    }
    solver_report_written(solver, says_so);
    free(says_so);
    report_creators(solver);
    for (uint32_t i = 0; i < solver->solution->calls.count; i++)
        report_call(solver, &solver->solution->calls.items[i]);
    report_unresolved(solver);
    solver_report_replaced(solver);
    solver_report_hops(solver);
    solver_report_leaks(solver);
    solver_report_paths(solver);
    for (uint32_t i = 1; i < solver->program->facts->sources->files.count; i++)
        if (solver_unread_text(&solver->program->facts->sources->files.items[i]).length > 0)
            report_unread(solver, i);
    solver_report_writes(solver);
    solver_report_left_out(solver);
    solver_report_taken_back(solver);
    solver_report_rules(solver);
}
