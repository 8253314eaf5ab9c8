// What the solver decided: for every sink an outcome, for every function how it gets its context,
// for every call site what it passes; each with a reason. No text, no language.
#ifndef WEFT_SOLVE_SOLUTION_H
#define WEFT_SOLVE_SOLUTION_H

#include "program/rows.h"
#include "solve/decision.h"

// One enumerator a row of outcomes.def, in that order.
typedef enum Outcome {
#define OUTCOME(NAME, name, passed, rewritten, doubtful, accepted, column, remedy, change)          \
    OUTCOME_##NAME,
#include "solve/outcomes.def"
#undef OUTCOME
    OUTCOME_COUNT
} Outcome;

#define SINK_FOUND UINT32_MAX

// One access that needs the context.
typedef struct Sink {
    uint32_t rule;      // index into Rules.sinks; SINK_FOUND, or without meaning when it has an accessor,
                        // for a singleton that was found
    uint32_t accessor;  // index into Solution.accessors; 0 none
    Family family;
    uint32_t match;     // SINK_PATTERN: index into Facts.matches; 0 none
    ExprId expr;        // the whole access that is replaced: name, attribute of a module, or call; none
                        // for SINK_FUNCTION, where the function itself is meant
    Name part;          // SINK_SYMBOL of a module: EXPR was imported from it, by this name; else none
    CallId call;        // SINK_CALL, SINK_CONSTRUCT
    FunctionId function;// that runs it; none at module level or in a class body
    uint32_t inside_accessor; // index of the accessor whose construction contains it; 0 none
    Outcome outcome;
    DiagnosticCode code;// OUTCOME_REFUSED and OUTCOME_BRIDGED: why
    bool keeps_text;    // bridged by the stand-in that the old name becomes: nothing is replaced here
    bool ambient;       // reads the ambient context in place, whatever its function has
    uint32_t origins;   // Origin bits
    uint32_t ignore;    // OUTCOME_IGNORED: index into Solution.ignores
    bool migrated;      // an earlier run wrote it: it changes nothing, and counts by what it says
    ExprId context;     // migrated: the context that it is given
    FunctionId keeper;  // migrated: the accessor that it asks; none for others
    uint32_t leak;      // 1 + index into Solution.leaks: its value stays for other tenants; 0 none
    Span *way;          // of a leak: the places that the value goes by, one a line, in order
    uint32_t way_count;
    bool shared;        // its value gets to a place that the rules share (`shared_state`)
} Sink;

// One id of a suppression comment: `# weft: ignore[id, id] reason`.
typedef struct Ignore {
    ModuleId module;
    Span comment, id;
    Str reason;        // empty when it was left out
    bool whole_file;   // ignore-file
    uint32_t rule;     // what the id names: 1 + index into Rules.sinks, 0 none;
    bool has_family;   // a family, which may have the name of a rule;
    Family family;
    bool has_code;     // or a diagnostic, which is not shown; the site is changed all the same
    DiagnosticCode code;
    bool used;
} Ignore;

// A value of one tenant is stored where the process keeps it.
typedef struct Leak {
    uint32_t sink;       // the first access that it comes from
    Span span;           // of the place where it is stored
    FunctionId function; // that stores it
    Span *way;           // from the access to the store: the places that the value goes by, in order
    uint32_t way_count;
    Span *lasts;         // why the place is there for the next tenant, too: from it to what the process keeps
    uint32_t lasts_count;
} Leak;

// How a function comes by its context.
typedef enum Supply {
    SUPPLY_NONE,      // does not need one
    SUPPLY_PARAMETER, // gains (or has) the parameter
    SUPPLY_CARRIER,   // a parameter of a carrier class
    SUPPLY_HELD,      // the receiver's attribute
    SUPPLY_CLOSURE,   // the enclosing function's
    SUPPLY_CREATED,   // a first statement makes it
    SUPPLY_BRIDGED,   // a first statement reads the ambient context
} Supply;

// Whether a boundary runs for each tenant in turn, by a decorator.
typedef enum EachBody { EACH_NOT, EACH_GAINS, EACH_ALREADY } EachBody;

typedef struct FunctionPlan {
    Supply supply;
    bool has_parameter;   // already in the source
    ParameterId parameter; // that one
    bool gains_parameter;
    Str new_name;         // gains_parameter, and this name with it, or is called by that where the context is passed;
                          // empty: it keeps its own
    bool keeps_old_name;  // a wrapper under the old name stays beside it
    bool loses_old_name;  // it is such a wrapper, which goes
    bool optional;        // gained as optional, with the ambient fallback
    bool becomes_required;// has it as optional, and nothing stands against requiring it
    bool needs_value;     // the context is used in its body (a stub of a family only accepts it)
    bool lacks_fallback;  // has_parameter, optional, and nothing read it so far: the fallback comes now
    bool stores;          // constructor of a holder: keep the context in the receiver
    bool accepts_any;     // a lambda that is called beside functions that gain it: it ignores keywords
    bool reads_ambient;   // nothing can be passed here: each site reads the ambient context in place
    bool import_only;     // runs only while modules are imported or the program starts
    bool runs_later;      // an inner function that may run when its maker has returned
    bool dead;            // nothing in the tree runs it
    Str receive;          // a task: the decorator that gives it the context that was sent; empty: none
    bool keeps_by_context; // a cached property that all tenants would share: one value for each context
    Span fallback;        // becomes_required: the stretch that goes; empty when it never fell back
    ParameterId carrier;  // SUPPLY_CARRIER
    bool carrier_is_context; // the carrier is the context, by no rule; else
    uint32_t carrier_rule;
    uint32_t boundary;    // 1 + index into Rules.boundaries; 0 none
    EachBody each_body;   // of a boundary with such a rule
    bool runs_for_each;   // a lambda that an earlier run had run for each tenant
    bool needs_created;   // the context that it makes is used outside of Solution.loops
    uint32_t origins;     // Origin bits, over all callers
    DiagnosticCode code;  // why optional or bridged; 0 none
    uint32_t evidence;    // 1 + index of the edge that first asked for it; 0 for a sink
    uint32_t first_sink;  // the sink that first asked for it
    uint32_t doubt;       // 1 + index into Facts.unresolved of a call that means it or nothing here; 0 none
    bool may_be_meant;    // a call in doubt has its name and passes nothing
} FunctionPlan;

// Why instances of a class may not keep the context: the first obstacle that was met.
typedef enum HoldReason {
    HOLD_FREE,              // none, or nobody asked
    HOLD_CLOSED_KIND,       // ClassFact.flags say which: enumeration, dataclass, slots...
    HOLD_FOREIGN_BASE,      // a base outside the tree makes the instances
    HOLD_CREATOR,           // a creator that stays gets the constructor's arguments
    HOLD_NAME_TAKEN,        // the constructor uses the parameter's name for something else
    HOLD_NEVER,             // `never_hold` of the rules
    HOLD_RECEIVES,          // one of its methods is a boundary
    HOLD_PROCESS_LIFETIME,  // made at import, or process-wide by the rules
    HOLD_NAMED,             // a string or settings name it, for somebody to make and keep
    HOLD_KEPT,              // an instance is put where the process keeps it
    HOLD_ANCESTOR,          // `hold_class`, whose constructor it inherits, may not
    HOLD_OTHER_CONSTRUCTOR, // `hold_class`, a subclass, has a constructor: none can come between
    HOLD_DESCENDANT,        // `hold_class`, a subclass that stores for itself, may not
    HOLD_TAKEN_BACK,        // a plan in which it did had not passed the check
} HoldReason;

typedef struct ClassPlan {
    bool holds;               // instances keep the context
    bool inherits_holding;    // some ancestor's constructor stores it
    bool needs_constructor;   // has none in the tree: one is written
    bool optional_constructor; // a written constructor takes the context optionally
    bool process_lifetime;    // built while modules are imported
    bool keyed;               // all instances are made by accessors, one for each key
    bool may_hold;
    HoldReason hold_reason;   // why not
    ClassId hold_class;
} ClassPlan;

// What a call site does with the context.
typedef enum CallSupply {
    CALL_UNCHANGED,
    CALL_PASSES,          // gains the argument
    CALL_HAS_IT,          // passes it already
    CALL_REFUSED,         // cannot be changed; reported
} CallSupply;

typedef struct CallPlan {
    CallId call;
    CallSupply supply;
    bool ambient;  // no function around it has a context: reads the ambient one in place
    uint32_t inside_accessor; // as in Sink: the context is the accessor's parameter
    Str pass;      // it sends a task: a template for what is passed; empty: the context itself
} CallPlan;

typedef enum AccessorKind {
    ACCESSOR_INSTANCE, // x = Class(...) at module level
    ACCESSOR_GETTER,   // global x; if x is None: x = Class(...); return x
} AccessorKind;

// A singleton that becomes a keyed accessor.
typedef struct Accessor {
    AccessorKind kind;
    uint32_t rule;        // 1 + index into Rules.sinks; 0: found
    Family family;
    SymbolId symbol;      // the instance (ACCESSOR_INSTANCE) or the getter's name (ACCESSOR_GETTER)
    FunctionId getter;    // ACCESSOR_GETTER
    SymbolId getter_state;// ACCESSOR_GETTER: the module variable it fills
    BindingId binding;    // the one that makes the instance
    ExprId construction;  // Class(...)
    ClassId klass;
    bool passes_context;  // the constructor accepts the context
    bool keeps_name;      // some access keeps the old name: it becomes an ambient stand-in
    bool counts;          // public API: the stand-in counts who uses it
    bool removes_creator; // the class's own __new__ idiom goes
    Str name;             // "get_isolated_chat_manager"
} Accessor;

// A stand-in under an old name of public API, which goes, or counts no more.
typedef struct OldName {
    SymbolId symbol;
    StatementId statement; // that defines it, at the top of its module
    ExprId counts;         // the call that counts: of the stand-in's maker, or of the counter
    bool stays;            // the tree itself needs the name
} OldName;
typedef Vec(OldName) OldNames;

// A parameter that changes its type, or an argument that becomes what it is a member of.
typedef struct Retyped {
    uint32_t rule;         // index into Rules.retypes
    ParameterId parameter; // none: an argument
    ArgumentId argument;
} Retyped;

// What goes with a field that nothing reads any more: one of these.
typedef struct Lost {
    uint32_t rule; // index into Rules.retypes
    ParameterId parameter;
    ArgumentId argument;
    Span statement;
} Lost;

// A function value handed to a forwarder, which binds the context there.
typedef struct ForwardPlan {
    ExprId expr;
    CallId call;
    bool ambient;
    uint32_t inside_accessor;
} ForwardPlan;

// A call that a boundary makes for each tenant in turn: RUNNER, a dotted name, gets a function of the context.
typedef struct EachCall {
    ExprId expr;
    FunctionId function; // the boundary
    Str runner;
} EachCall;

// A default value that reads a sink: it becomes None, and FUNCTION reads it as its first thing.
typedef struct LazyDefault {
    ParameterId parameter;
    FunctionId function;
} LazyDefault;

typedef struct Solution {
    Arena arena;
    Arena attempt; // what the solver's last attempt found, by row of the program
    Vec(Sink) sinks;            // [0] unused; by position
    Vec(Retyped) retyped;
    Vec(Lost) lost;
    FunctionPlan *functions;    // by FunctionId
    ClassPlan *classes;         // by ClassId
    Vec(CallPlan) calls;        // calls that need attention, by position
    bool *fixed_calls;          // by CallId: a pattern's replacement writes its parentheses, so that it may
                                // call something else; NULL: none
    Vec(ForwardPlan) forwards;
    Vec(EachCall) loops;        // by position
    uint32_t *each_call; // by expression: index of the one that it is part of, 0 none; NULL: none
    Vec(Accessor) accessors;    // [0] unused
    OldNames old_names;         // stage contract
    Vec(LazyDefault) defaults;  // by parameter
    Vec(Ignore) ignores;        // [0] unused; by position
    Vec(Leak) leaks;            // by position of the store
    TakenBacks taken_back;      // those of the options
    bool contracts;             // parameters may become required
    bool *named_symbols;        // by symbol: a string or settings name it, so that an import of it stays
    const bool *public_functions; // by FunctionId: of what the rules call public API
    uint32_t outcome_counts[OUTCOME_COUNT];
    uint32_t isolated_count;    // sinks all of whose origins bear a tenant
    uint32_t functions_changed; // gained the parameter, or require it now
    uint32_t calls_changed;     // call, constructor and forward sites that gained the argument
} Solution;

// Its body has a use for what the parameter gets: a declaration (`...`, an overload) has none, whoever needs it there, nor
// has a method that reads what its object or an argument keeps, and takes the parameter for the sake of its family.
static inline bool function_plan_uses_value(const FunctionPlan *plan, const FunctionFact *fact) {
    bool elsewhere = plan->supply == SUPPLY_HELD || plan->supply == SUPPLY_CARRIER;
    return plan->stores || (plan->needs_value && !elsewhere && !(fact->flags & FUNCTION_STUB));
}

// The function's signature changes so that callers must pass the context.
static inline bool function_plan_changes(const FunctionPlan *plan) {
    return plan->gains_parameter || plan->becomes_required;
}

// Which metavariables of MATCH stay where they are when TEMPLATE is written around them: bit i for the
// capture first_capture + i. The others are written again, or go.
uint32_t solution_kept_captures(const Program *program, const PatternRule *pattern, Str template,
                                const MatchFact *match);

// Why a person had the sink left alone, as the comment says; a placeholder when it gives no reason.
Str ignore_reason(const Solution *solution, const Sink *sink);

// A row of outcomes.def, which says what the columns mean. OUTCOME_COUNT, not decided yet, has none of
// the properties.
typedef struct OutcomeRow {
    const char *name;
    bool passed, rewritten, doubtful, accepted;
    const char *column, *remedy, *change;
} OutcomeRow;
const OutcomeRow *outcome_row(Outcome outcome);
// It is decided already that the text of the access stays.
static inline bool sink_is_left(const Sink *sink) {
    return sink->outcome != OUTCOME_COUNT && !outcome_row(sink->outcome)->rewritten;
}
static inline const char *outcome_name(Outcome outcome) { return outcome_row(outcome)->name; }
// Where the access stands: its expression, or the name of the function that is meant itself.
Span sink_span(const Program *program, const Sink *sink);
// True when EXPR is part of a call that is made for each tenant in turn (Solution.loops).
bool solution_runs_for_each(const Solution *solution, ExprId expr);
// True when the sink is rewritten without a bridge and every origin of its context bears a tenant.
bool sink_is_isolated(const Sink *sink);
// True when it would be, but also runs at start-up, for the default tenant.
bool sink_also_starts_up(const Sink *sink);
// True when an earlier run wrote it and nothing is left to do or to say of it.
bool sink_is_done(const Sink *sink);
void solution_release(Solution *solution);

typedef struct SolveOptions {
    uint32_t families; // bit per Family; 0 = all
    bool contract;     // parameters that an earlier run added as optional become required, and old names go
    bool expand;       // what gets another name keeps the old one beside
    const TakenBacks *taken_back; // what is not to be decided; NULL: nothing. Texts outlive the solution
} SolveOptions;

// How a solution was found: what part.h asks to make parts of it.
typedef struct Solver Solver;

// Decides everything. Refusals and bridges become W2xx/W3xx diagnostics. Deterministic: depends on
// nothing but its inputs. SOLUTION is empty, and is complete by itself; who wants no part of it needs nothing of
// what is returned, which lives in its arena and points to it.
const Solver *solve_context(const Program *program, const SolveOptions *options, Solution *solution,
                            Diagnostics *diagnostics);

#endif
