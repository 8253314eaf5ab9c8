// Private to solve/: the state of one attempt at a solution.
//
// One attempt: match rules (sinks.c) -> lifetimes (lifetime.c) -> what functions outlive (escape/outlive.c) ->
// worklist of needs (need.c, supply.c) -> candidates for promotion (promote.c). Promotion adds accessors and starts again, until
// nothing is promoted; then outcomes and origins are read off (outcome.c, origin.c).
#ifndef WEFT_SOLVE_SOLVER_H
#define WEFT_SOLVE_SOLVER_H

#include "base/list.h"
#include "program/forward.h"
#include "program/index.h"
#include "program/name.h"
#include "solve/escape/flow.h"
#include "solve/rule_fit.h"
#include "solve/solution.h"

// A singleton outside the rules that joins them because its class needs the context.
typedef struct Promotion {
    SymbolId symbol;   // an instance...
    FunctionId getter; // ...or a getter
} Promotion;

// What a function outlives as a value: its maker only ends, or its tenant does.
typedef enum Outlives {
    OUTLIVES_NOTHING, // it runs while its maker does, or has none
    OUTLIVES_MAKER,   // an inner one, that may run when its maker has returned
    OUTLIVES_CONTEXT, // a value of it is put where the process keeps it
} Outlives;

// Where a string or a file of settings names a function, or a class that has it.
typedef struct NamedPlace {
    FunctionId function;
    Span span;
} NamedPlace;

// What keeps a family of functions as it is.
typedef struct Obstacle {
    const char *why;
    FunctionId member;
    ExprId expr;
    bool named; // a file that is only read names it
} Obstacle;

// Where an id of a comment holds: a statement, or a file.
typedef struct IgnoreTarget {
    uint32_t ignore; // index into Solution.ignores
    uint32_t next;   // with the same place and id: index into IgnoreIndex.targets plus 1; 0 ends
} IgnoreTarget;

typedef struct IgnoreIndex {
    Vec(IgnoreTarget) targets;
    Map first, last;            // (place, what the id names) -> index into targets plus 1
    Map modules;                // file -> module with comments
    uint32_t *first_statement;  // by module: its statements are
                                // first_statement[m] .. first_statement[m + 1] - 1
    Map functions;              // statement of a definition -> function
} IgnoreIndex;

// A class of the tree with a base outside of it that a rule names.
typedef struct OutsideBase {
    ClassId klass;
    uint32_t carrier; // index into Rules.carriers, or
} OutsideBase;
#define OUTSIDE_NEVER_HOLDS UINT32_MAX // named by `never_hold`

// An expression that gives a path of a rule.
typedef struct PathSite {
    ExprId expr;
    uint32_t rule; // index into Rules.sinks
} PathSite;

// A name of the tree, to be compared with one that it does not have.
typedef struct NearName {
    Str name;
    size_t parent;    // length of what stands before its last dot
    uint64_t letters; // that are in it, some of them together
} NearName;
typedef Vec(NearName) NearNames;

// Whether a local name may mean something else than DEFINITION.
typedef struct LocalMeaning {
    SymbolId local, definition;
    bool ambiguous;
} LocalMeaning;

struct Solver {
    const Program *program;
    const SolveOptions *options;
    Solution *solution;
    Diagnostics *diagnostics;
    Arena *arena; // of the solution

    // Indexes over the facts; made once.
    Name parameter;               // the context parameter's name; none when no file mentions it
    uint32_t *statement_bindings; // by statement: how many names it binds
    Map defaults;              // default value expression -> parameter
    bool *rebound;             // by symbol: `global` in a function, or another module, binds it again
    bool *runtime_module;      // by module: part of the pack's own runtime
    bool *runtime_function;    // by function: a text of the rules calls it
    ClassId context_class;     // the context's own; none when the tree does not have it
    bool *public_function;     // by function
    bool *written_accessor;    // by function: an earlier run made it an accessor
    bool *family_called;       // by family: some call or forward in the tree reaches it
    bool *class_stores;        // by class: the source already keeps the context in the receiver
    bool *class_escapes;       // by class: it is a value somewhere, or declared, so that unseen code may make it
    uint32_t *unread_file;     // by name: a file that may call what has this name, nobody knows; 0 none
    uint32_t *unread_maker;    // by constructor: such a file that may make an object by it; 0 none
    LocalMeaning last_meaning; // that was asked for: sinks.c
    Map unread_places;         // (such a file, name) -> 1 + where it stands first
    bool *named_function, *named_class; // by function, by class: a string or settings name it: named.c
    Vec(NamedPlace) named;     // where, in that order
    bool *fills_global;        // by expression: a getter keeps it in a module-level variable
    bool *in_decorator;        // by function: one around it is a decorator, or makes one
    bool *process_class;       // by class: named process-wide by the rules
    Vec(OutsideBase) outside_bases; // outside.c
    uint32_t *wrapper;         // by function: an earlier run left it under the old name of this function; 0: none
    uint8_t *written_by_macro; // by parameter: what renewed.c knows of the macro that has it
    bool *renews;              // by function: it gives the ambient context another value, or calls what may
    bool *name_taken;          // by function: the name that it would have means something already
    bool *taken;               // by function: the parameter's name means something else there
    bool *boundary_shadowed;   // by function: so it does, and no earlier run made the context under it

    Flow flow;                 // where values go
    Vec(PathSite) path_sites;  // what SINK_PATH rules mean, by expression
    uint8_t *handed;           // by edge: HandedWay bits of a function that is handed on as a value
    IgnoreIndex ignore_index;
    // What was taken back, and files that are left out: frozen.c. The rows of number 0 are false.
    bool *frozen_module, *frozen_function, *frozen_class;
    DiagnosticCode *frozen_symbol; // by symbol: why it stays
    bool *kept_name;           // by symbol: a module that stays, a text or an annotation reads it
    bool *frozen_family;       // by family: a function in it keeps its signature
    bool *frozen_expr;         // by expression: an access, a call or a forward by itself

    // The same in every attempt; made when they are asked for.
    uint32_t **query_names;          // by sink rule, by name: how calls of it fit; query.c
    const struct BoundaryMarks *boundary_marks; // boundary.c
    uint32_t *each_call; // by expression: the call around it that may be made for each tenant, once settled that is; 0: none
    bool *each_function; // by function: a lambda that an earlier run had run so

    // One attempt.
    uint32_t *call_plan;          // by call: 1 + index into Solution.calls
    bool *fixed_call;             // by call: a match of a pattern writes its parentheses
    bool *replaced_call;          // by call: a sink whose text an accessor replaces
    uint32_t *statement_accessor; // by statement: accessor whose instance it makes
    uint32_t *function_accessor;  // by function: accessor whose getter it is
    uint8_t *hold_memo;           // by class: 0 not asked, 1 may hold, 2 may not
    uint8_t *change_memo;         // by family: the same of changing, see supply_can_change
    bool *import_only;            // by function: runs only while modules are imported, or at start-up
    bool *made_early;             // by function: an inner one, made at import or start-up and run later
    bool *receives;               // by class: one of its methods is a boundary
    bool *test_module;            // by module: a boundary of origin `test` names its file
    bool *test_function;          // by function: so it does, or it is such a boundary, or stands in one
    bool *escapes;                // by family: some value of it escapes
    bool *must_be_optional;       // by family: some call cannot pass
    bool *made_without;           // by class: some construction cannot pass
    bool keeps;                   // what outlives a context is looked for
    bool *class_kept;             // by class: an instance is put where the process keeps it
    uint8_t *outlives;            // by function: Outlives
    uint8_t *lasting;             // by node of `flow`: not 0 for what lives as long as the process
    List(MissingName) missing;    // report_rules.c
    NearNames near_names;         // report_rules.c: what a missing name may have been meant to be
    Vec(FunctionId) work;
    Vec(Promotion) promoted;      // singletons that joined so far, in order
    const Solution *whole;        // part.c: the supplies are those of this solution; NULL in a full run
};

// ---- index.c ----
void solver_index(Solver *solver);
// "module.name" of a module-level symbol.
Str solver_symbol_path(const Solver *solver, SymbolId symbol);
// Accessor in whose construction the expression stands; 0 none.
uint32_t solver_inside_accessor(const Solver *solver, ExprId expr);

// ---- runtime.c ----
void solver_mark_runtime(Solver *solver);
// The expression is evaluated by what the rules bring themselves.
bool solver_in_runtime(const Solver *solver, ExprId expr);

// ---- unread.c ----
void solver_find_unread(Solver *solver);
// The words of a file whose code is not known; empty for one that was read, or not even that.
Str solver_unread_text(const SourceFile *file);
// Where the word NAME stands first in such a file; false when it does not.
bool solver_unread_place(const Solver *solver, uint32_t file, Name name, Span *span);
// Index of such a file that may call the function; for a constructor, that may make its class. 0 none.
uint32_t solver_unread_caller(const Solver *solver, FunctionId function);

// unread_class.c: what such files may inherit from and override stays compatible. Needs the rows of frozen.c.
void solver_freeze_unread(Solver *solver);

// ---- named.c ----
// What strings and settings name. Needs the rows of frozen.c.
void solver_find_named(Solver *solver);
// declared.c: marks in `class_escapes` what frameworks make, since parameters of functions that they call are declared so
void solver_find_declared(Solver *solver);
// annotated.c: fills `kept_name` with what annotations read, and code for checkers only
void solver_find_annotated(Solver *solver);

// ---- frozen.c ----
// Needs SolveOptions.taken_back. Then: what is taken back, and what is left out, stays as it is.
void solver_read_frozen(Solver *solver);
// Nothing changes at EXPR: an access, a call, or a function that is handed over.
bool solver_is_frozen(const Solver *solver, ExprId expr);
// EXPR stands in a file that is left out.
bool solver_is_left_out(const Solver *solver, ExprId expr);
bool solver_keeps_signature(const Solver *solver, FunctionId function);
bool solver_keeps_constructor(const Solver *solver, ClassId klass);
// Refuses the sinks that stay; those in files that are left out are no sinks.
void solver_freeze_sinks(Solver *solver);

// need.c: the function that EDGE hands over gets the context bound there.
bool solver_binds_context(const Solver *solver, uint32_t edge);

// ---- outside.c ----
void solver_find_outside(Solver *solver);
// KLASS has a base outside the tree that must not hold a context.
bool solver_never_holds(const Solver *solver, ClassId klass);
// Instances of KLASS have a context by this rule for carriers; where KLASS is none, those of the class OUTSIDE.
bool solver_carries(const Solver *solver, uint32_t rule, ClassId klass, Name outside);

// ---- boundary.c ----
void solver_find_boundaries(Solver *solver);

// ---- find/each.c, decide/each.c ----
// Finds the calls that may be made again for another tenant. After the boundaries.
void solver_find_each(Solver *solver);
// Decides which are, and which boundaries are decorated. After the outcomes of accesses and calls.
void solver_settle_each(Solver *solver);
// EXPR is part of such a call.
bool each_runs_at(const Solver *solver, ExprId expr);
// The boundary FUNCTION has a decorator already that runs it for each tenant.
bool each_is_decorated(const Solver *solver, FunctionId function);
// The origin of the context that the boundary FUNCTION makes.
uint32_t each_origin(const Solver *solver, FunctionId function);

// ---- sinks.c / accessor.c ----
void solver_collect_sinks(Solver *solver);
// Name of an accessor that no rule names: "get_chat_manager", "global_memory_chest", "_registry" ->
// "get_isolated_chat_manager"...
Str accessor_default_name(Solver *solver, Str name);
Sink *solver_add_sink(Solver *solver, ExprId expr, uint32_t rule, uint32_t accessor, Family family);
// migrated.c: accesses that an earlier run has written.
void solver_add_migrated(Solver *solver);
// default.c: the access, which stands in a default, is made in the body; nothing happens where it cannot
// be moved. Then, when all accesses are known: the defaults that move after all.
void solver_make_lazy(Solver *solver, Sink *sink);
void solver_settle_defaults(Solver *solver);
void solver_drop_defaults(Solver *solver); // after the outcomes: those that nothing asks for any more
// sink_function.c: the sinks of a SINK_FUNCTION rule, and what they ask for.
void solver_add_functions(Solver *solver, uint32_t rule);
void solver_need_function_sink(Solver *solver, uint32_t sink);
void solver_settle_function_sink(Solver *solver, Sink *sink);
// query.c: the sinks of a SINK_QUERY rule.
void solver_add_queries(Solver *solver, uint32_t rule);
// True when some class of the tree is a table of the rule.
bool query_has_models(const Solver *solver, const SinkRule *rule);
// What is read of EXPR is in the rule's `except: attributes`, or who reads it in its `functions`; RULE may be NULL.
bool solver_is_exempt(const Solver *solver, ExprId expr, const SinkRule *rule);
// The function around EXPR, or the module, is in the rule's `except: functions`.
bool solver_is_exempt_place(const Solver *solver, ExprId expr, const SinkRule *rule);
// pattern.c: the sinks of a SINK_PATTERN rule; and, once all sinks are there and sorted, those in others.
void solver_add_matches(Solver *solver, uint32_t rule);
void solver_settle_matches(Solver *solver);
// pattern_write.c: refuses the matches of a place that the code writes. Needs sorted sinks.
void solver_refuse_written(Solver *solver);
// EXPR is evaluated by what the rules say is a test.
bool solver_runs_in_test(const Solver *solver, ExprId expr);
// The function, or one around it, is a test, or stands in a file of tests.
bool solver_is_test(const Solver *solver, FunctionId function);
// imported.c: the sinks of a SINK_SYMBOL rule for a name from outside the tree, or a module of it; and
// whether the tree imports such a name, or what stands instead of it.
void solver_add_imported(Solver *solver, uint32_t rule);
bool solver_imports(const Solver *solver, const SinkRule *rule);
// attribute.c: the sinks of a SINK_ATTRIBUTE rule.
void solver_add_attributes(Solver *solver, uint32_t rule);
// path.c: the places of SINK_PATH rules, found once; needs the flow graph. Then the sinks of one rule.
void solver_find_paths(Solver *solver);
void solver_add_paths(Solver *solver, uint32_t rule);
// Whether some place of the tree gives the path of the rule, or is put elsewhere already.
bool solver_has_path(const Solver *solver, uint32_t rule);
// Refuses OUTER when it is a query whose class is read from INNER, another sink.
void query_refuse_around(const Solver *solver, const Sink *inner, Sink *outer);
// Index of the accessor for SYMBOL (an instance) or GETTER, made on first use; 0 when the idiom is
// not understood.
// RULE is 1 + index into Rules.sinks, 0 for a found singleton; NAME may be empty.
uint32_t accessor_for_symbol(Solver *solver, SymbolId symbol, uint32_t rule, Family family,
                             Str name);
uint32_t accessor_for_getter(Solver *solver, FunctionId getter, uint32_t rule, Family family,
                             Str name);
// The binding that makes a module-level instance, none when the symbol is anything else.
BindingId accessor_instance_binding(const Solver *solver, SymbolId symbol);
// True when the instance is already the ambient stand-in of an accessor.
bool accessor_is_stand_in(const Solver *solver, SymbolId symbol);
// The class that an expression constructs by name; none when it does not.
ClassId accessor_constructed_class(const Solver *solver, ExprId construction);
// True when something outside the getter reads or binds the variable that it fills.
bool accessor_state_is_shared(const Solver *solver, const LazyGetter *getter);

// ---- lifetime.c ----
void solver_find_lifetimes(Solver *solver);
// True when the place of a call or construction is reached only while modules are imported or the
// program starts, as far as is known now.
bool solver_is_process_place(const Solver *solver, uint32_t edge);

// ---- hold.c ----
bool solver_may_hold(Solver *solver, ClassId klass);
// True when some instance of exactly this class lives as long as the process.
bool solver_made_at_import(const Solver *solver, ClassId klass);
// True when the class has a creator that stays.
bool solver_keeps_creator(const Solver *solver, ClassId klass);

// ---- asked_name.c ----
// Accessors whose old name a string asks for keep it.
void solver_keep_asked_names(Solver *solver);

// ---- escape/outlive.c ----
// Fills Solver.outlives; needs the lifetimes and the sinks.
void solver_find_outliving(Solver *solver);

// ---- closure.c ----
// Fills Solver.made_early; needs Solver.outlives and the lifetimes.
void solver_find_early_closures(Solver *solver);

// ---- need.c ----
void solver_spread_needs(Solver *solver);
// Asks for what a sink needs, unless it was refused or bridged; then settles all that is asked for.
void need_for_sink(Solver *solver, uint32_t sink);
void solver_work_off(Solver *solver);
void need_function(Solver *solver, FunctionId function, uint32_t evidence, uint32_t sink);
void need_parameter(Solver *solver, FunctionId function);
void need_holder(Solver *solver, ClassId klass);
void need_at_call(Solver *solver, CallId call, FunctionId callee, uint32_t edge);

// ---- supply.c ----
// Decides how a function that needs the context comes by it, and asks for what that takes.
void supply_choose(Solver *solver, FunctionId function);
// The function has such a parameter, which is marked as one that nothing reads.
bool supply_has_unused(const Solver *solver, const FunctionFact *function);
// renewed.c: functions that may give the ambient context another value: fills Solver.renews. After the index.
void solver_find_renewed(Solver *solver);
// What the name at ID stands for is given another value there, or may be: its address is taken, or a macro writes to it.
bool solver_may_write_to(const Solver *solver, ExprId id);
// rename.c: finds wrappers and taken names, after the index; has who calls the old name call the new one; settles who is
// renamed; a function that has another name with the parameter.
void solver_find_renames(Solver *solver);
void solver_ask_for_old_callers(Solver *solver);
void solver_settle_renames(Solver *solver);
bool solver_gets_other_name(const Solver *solver, FunctionId function);
// rigid.c: the rules are about the file of MODULE.
bool solver_is_within(const Solver *solver, ModuleId module);
// find/retype.c: parameters that change their type.
void solver_find_retyped(Solver *solver);
// rigid.c: all declarations of the function can change, and all that call it can pass one argument more. Asked of
// languages that cannot leave one out.
bool supply_can_change(const Solver *solver, FunctionId function);
// Why not: a member of its family, a clause about it, and the place where that shows, which may be none. WHY is NULL
// when it can.
Obstacle supply_obstacle(const Solver *solver, FunctionId function);
// The same with the choice of Solver.whole.
void supply_repeat(Solver *solver, FunctionId function);
bool supply_can_gain(const Solver *solver, FunctionId function);
bool supply_passes_already(const Solver *solver, CallId call, FunctionId callee);
// The call hands its wrapper's **kwargs on, and who calls the wrapper need not have passed the context.
bool supply_may_lack(const Solver *solver, CallId call);

// The function's parameter for the context: that of its name, or where arguments go by position the one of its type.
// None when it has none.
ParameterId supply_context_parameter(const Solver *solver, const FunctionFact *function);

// Why code outside the tree may call the function, as a clause; NULL when nothing says so.
const char *solver_unseen_caller(const Solver *solver, FunctionId function);

// ---- ignore.c, ignore_parse.c ----
// Reads the suppression comments of all files into Solution.ignores; W711 to W713.
void solver_read_ignores(Solver *solver);
void solver_release_ignores(Solver *solver);
// Adds the ids of one comment.
void ignore_parse(Solver *solver, const DirectiveFact *comment);
// Leaves the sinks alone that a comment names.
void solver_ignore_sinks(Solver *solver);
// Takes out the diagnostics from FIRST on that a comment names, and reports the unused comments (W714).
void solver_apply_ignores(Solver *solver, uint32_t first);

// ---- hosted.c ----
// Asks for each parameter that functions of the host have, so that a plugin passes it.
void solver_ask_for_hosted(Solver *solver);
// Whether the function is the host's.
bool solver_is_hosted(const Solver *solver, FunctionId function);

// ---- contract.c ----
// Asks for every parameter that an earlier run added as optional, as if its function needed it anew.
void solver_ask_for_contracted(Solver *solver);
// True when the function has such a parameter and this run may make it required; FALLBACK is where it
// reads the ambient context instead, empty when it does not use the parameter.
bool solver_is_contracted(const Solver *solver, FunctionId function, Span *fallback);
// True when the function's parameter is optional and nothing in it reads it: an earlier run added it for
// the sake of the function's family.
bool solver_lacks_fallback(const Solver *solver, FunctionId function);
// decide/old_name.c: whether the old name of ACCESSOR is public API, whose users are counted for as long as they are
// served; and the stand-ins under such names that this run may take out: nothing in the tree uses them.
bool solver_counts_old_name(const Solver *solver, const Accessor *accessor);
void solver_find_old_names(Solver *solver);

// ---- promote.c ----
// True when another singleton joined: the attempt must be made again.
bool solver_promote(Solver *solver);

// ---- dead.c ----
// Finds the functions that nothing runs.
void solver_find_dead(Solver *solver);
// True when EXPR is evaluated by such a function only.
bool dead_runs_at(const Solver *solver, ExprId expr);

// ---- outcome.c, origin.c, report.c ----
void solver_decide_outcomes(Solver *solver);
void solver_find_origins(Solver *solver);
void solver_report(Solver *solver);
// report_taken_back.c: what was taken back; called by solver_report.
void solver_report_taken_back(Solver *solver);
// report_rules.c: the rules that do not fit the tree; called by solver_report.
void solver_report_rules(Solver *solver);

static inline FunctionPlan *solver_function(Solver *solver, FunctionId id) {
    return &solver->solution->functions[id.index];
}

#endif
