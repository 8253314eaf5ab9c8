// What rules say, after loading: what needs a context, who has one, where threading stops.
//
// Rules name symbols by dotted path ("src.config.config.global_config"). They know nothing of
// files, offsets or syntax; solve/ matches them against the facts. Every row keeps the span it was
// written at, for messages. The YAML form is described in docs/rules.md.
#ifndef WEFT_RULE_RULE_H
#define WEFT_RULE_RULE_H

#include "base/arena.h"
#include "base/vec.h"
#include "facts/pattern.h"
#include "rule/data_rule.h"
#include "rule/family.h"
#include "rule/signature.h"
#include "source/source.h"

// Where contexts come from in the end. Bits, because a sink can have several.
typedef enum Origin {
    ORIGIN_MESSAGE = 1 << 0,
    ORIGIN_HTTP = 1 << 1,
    ORIGIN_EVENT = 1 << 2,
    ORIGIN_PUBLIC_API = 1 << 3,
    ORIGIN_BACKGROUND = 1 << 4,
    ORIGIN_START_UP = 1 << 5,
    ORIGIN_IMPORT_TIME = 1 << 6,
    ORIGIN_UNCALLED = 1 << 7,
    ORIGIN_TEST = 1 << 8,        // says nothing of how the program runs
    ORIGIN_EACH_TENANT = 1 << 9, // `for_each` of a boundary: for one tenant after the other
    ORIGIN_COMMAND = 1 << 10,    // a program by itself, which a person runs for one tenant
} Origin;
#define ORIGIN_COUNT 11
// Origins that bear a tenant; a sink all of whose origins are among them, tests apart, is isolated.
#define ORIGINS_WITH_TENANT                                                                        \
    (ORIGIN_MESSAGE | ORIGIN_HTTP | ORIGIN_EVENT | ORIGIN_PUBLIC_API | ORIGIN_EACH_TENANT |        \
     ORIGIN_COMMAND)

// A dotted symbol or a glob over dotted names ("src.plugin_system.apis.*"), with its place.
typedef struct RuleName {
    Str text;
    Span span;
} RuleName;
typedef Vec(RuleName) RuleNames;

typedef enum SinkKind {
    SINK_SYMBOL,    // `symbol:`    reading the name
    SINK_CALL,      // `call:`      calling the function; with `accessor` the function is a getter of
                    //              a singleton and is replaced
    SINK_CONSTRUCT, // `construct:` making an instance of the class: the class must hold the context
    SINK_SINGLETON, // `singleton:` reading a module-level instance, which becomes an accessor
    SINK_QUERY,     // `query:`     asking for rows: the class, function or object asked is wrapped
    SINK_FUNCTION,  // `function:`  the function itself: it gains the parameter whatever it reads
    SINK_PATTERN,   // `pattern:`   code that looks like this
    SINK_ATTRIBUTE, // `attribute:` reading this attribute of instances of its class
    SINK_PATH,      // `path:`      a place on disk, by its text or by the name of what gives it
} SinkKind;

// What stands in a call that asks for rows, and has to be there for it to be one.
typedef enum QueryGiven {
    GIVEN_ANYTHING,
    GIVEN_MODEL,   // `given: model`   its first argument is a model class, or a row
    GIVEN_MENTION, // `given: mention` some argument reads something of a model class
} QueryGiven;

// One of `calls:`, functions and methods that are told which rows: select(User), session.get(User, 1).
typedef struct QueryCall {
    RuleNames targets; // globs over called names
    bool wraps_object; // what stands before the last dot is wrapped, not the function
    QueryGiven given;
} QueryCall;

typedef enum WhereKind {
    WHERE_SYMBOL,   // `symbol:`      its name resolves to one of these
    WHERE_SUBCLASS, // `subclass_of:` it is one of these classes, or a subclass
    WHERE_INSTANCE, // `instance_of:` it is an instance of one of these classes, or of a subclass
} WhereKind;

// What a metavariable must mean, beyond what it looks like.
typedef struct SinkWhere {
    WhereKind kind;
    bool negated;
    uint32_t variable; // index into PatternRule.variables
    RuleNames names;   // globs over dotted names (WHERE_SYMBOL), or classes
} SinkWhere;

typedef struct SinkRule {
    Str id;          // unique in all loaded packs
    Family family;
    SinkKind kind;
    RuleName target; // dotted symbol; SINK_QUERY: the first of `models`; SINK_FUNCTION: its
                     // qualified name, "src.a.outer.<locals>.inner"; SINK_ATTRIBUTE: class and
                     // attribute; SINK_PATTERN: the text of the pattern, for messages; SINK_PATH: also the
                     // beginning of a path, "data/images"
    // SINK_SYMBOL, SINK_CALL without accessor: replacement expression, e.g.
    // "src.isolation.get_isolated_config({context})". Dotted prefix is imported for it.
    // SINK_CALL: also with {arguments}, which stay as they are in the code.
    // SINK_QUERY: what stands for what is asked, "src.isolation.scoped({receiver}, {context})".
    // SINK_ATTRIBUTE: also with {receiver}. SINK_PATTERN: with {NAME} for metavariables.
    // SINK_PATH: "src.isolation.tenant_path({receiver}, INTO, {context})", made of `into`.
    Str replace;
    Span replace_span;
    Str local;       // preferred name of the local that a repeated read goes to; may be empty
    bool accessor;   // an `accessor:` block was given
    Vec(Str) keyed_by;       // dimensions of the accessor
    Str accessor_name;       // `name:` of the accessor; empty = "get_isolated_" + singular name
    Vec(Str) except_attributes; // first attribute names that are process-wide
    Vec(Str) only_attributes;   // first attribute names that are accesses, and no others; none: all
    RuleNames models;           // SINK_QUERY: classes, or what makes them, whose subclasses are tables
    Vec(Str) methods;           // SINK_QUERY: of the class
    bool makes_rows;            // SINK_QUERY: one of them is "__init__": making an instance is making a row
    Vec(Str) refuse_methods;    // SINK_QUERY: of the class, that no wrapping can scope
    bool wraps_uncertain;       // SINK_QUERY: `replace` gives back what is no model, so who may be one is wrapped
    Vec(QueryCall) calls;       // SINK_QUERY
    RuleNames refuse;           // SINK_QUERY: globs over called names, that no wrapping can scope
    uint32_t pattern;           // SINK_PATTERN: index into Rules.patterns.list
    Vec(SinkWhere) where;       // SINK_PATTERN
    bool path_is_text;          // SINK_PATH: the target is the beginning of a path, not a name
    Str into;                   // SINK_PATH: "data/{tenant_id}/images", by the dimensions of the context
    Span into_span;
    RuleNames except_functions; // SINK_SYMBOL, SINK_QUERY, SINK_PATTERN, SINK_PATH: globs over functions and modules that are of no tenant
    bool hosted;                // SINK_SYMBOL, SINK_CALL: of a plugin, whose host has an accessor instead (program/host_names.h)
    Span span;
} SinkRule;

typedef struct CarrierRule {
    RuleName klass;      // empty: `functions`
    RuleNames functions; // globs: these have it
    Str parameter;       // from their parameter of this name; empty: from nothing
    Str expression;  // "{value}.isolation_context"
    Span expression_span;
    uint32_t origin; // Origin bit that the carrier brings; 0 = that of its constructions
    bool makes;      // the expression makes a context of the value, which need not hold one
    bool waits;      // it is the ambient one: its functions stay as they are for now
    Span span;
} CarrierRule;

// One of `retypes:`: parameters that are given a field of a structure take the structure itself.
typedef struct RetypeRule {
    Str id;
    RuleName field; // "dict.privdata"
    Str parameter;  // what they are called then: "d"
    Str type;       // "struct dict *"
    bool removes;   // what fills the field goes then, and the parameters that it was filled with
    Span span;
} RetypeRule;

typedef enum BoundaryKind {
    BOUNDARY_FUNCTION,  // `method:` / `function:` dotted name or glob
    BOUNDARY_OVERRIDES, // `overrides:` a method of a class: it and all overrides
    BOUNDARY_DECORATED, // `decorated_by:` globs over the dotted text of a decorator: "*.get"
    BOUNDARY_FILE,      // `file:` globs over paths
} BoundaryKind;

typedef struct BoundaryRule {
    Str id;
    BoundaryKind kind;
    RuleNames targets;
    Origin origin;
    Str create; // expression; {parameter:NAME} stands for a parameter of the function. Empty: the
                // ambient context is read and the site is reported as bridged
    Span create_span;
    Str each_call; // dotted name of what runs a call for each tenant in turn; empty: each runs once
    Str each_body; // dotted name of the decorator that runs the function so; empty: it runs once
    Span span;
} BoundaryRule;

typedef enum Mode { MODE_HYBRID, MODE_REQUIRED, MODE_OPTIONAL } Mode;
#define MODE_COUNT 3

typedef struct ContextRule {
    Str parameter;   // "isolation_context"
    Str type;        // "src.isolation.IsolationContext"; where a type is a text, that: "struct repository *"
    Str class_name;  // of what it is: the type itself, or "repository"
    Vec(Str) dimensions;
    Str ambient;     // "src.isolation.current_isolation_context"
    Str accessor_decorator; // "src.isolation.isolated_accessor"
    Str ambient_instance;   // "src.isolation.ambient_instance"
    Str tenant_path;        // "src.isolation.tenant_path"; that of the runtime's package by default
    Str cached_property;    // "src.isolation.isolated_cached_property"; may be empty
    Mode mode;
    bool by_value;   // the type is no pointer
    bool last;       // `position: last`: where arguments go by position, the context is the last of them, not the first
    Str after;       // `position: after NAME`: it follows the parameter of that name; the last where there is none
    Str rename;      // what a function that other files see is called when it has the parameter: "repo_{name}"; may be empty
    Str ambient_include, ambient_define; // what a file needs besides to write `ambient`: "repository.h"; may be empty
    uint32_t hops;   // how many calls away from there functions that are local to a file gain it, too, when all who
                     // call them have one
    Vec(Str) within; // path globs: only accesses in these files count, and only their functions gain the parameter;
                     // none: all
    Span span;
} ContextRule;

// Functions that run the function given to them at once, or soon, for the caller.
typedef struct ForwarderRule {
    RuleName target;  // dotted glob, "asyncio.to_thread", "*.run_in_executor", "*.submit"
    int32_t position; // 0-based positional index of the function; -1: keyword only
    Str keyword;      // keyword name, e.g. "target"; may be empty
    bool receiver;    // a task of a queue: what is before the dot is the function, and takes the arguments of the call
    Str pass;         // `receiver`: what is passed, with {context}; empty: the context itself
    Str receive;      // `receiver`: a decorator that gives the function the context back; may be empty
} ForwarderRule;

// How the complexity of a file is scored (docs/report.md).
typedef struct ComplexityRule {
    uint32_t weights[FAMILY_MOST];  // points of one access; 1 by default
    uint32_t scale;                 // points that make half of the highest score; 10 by default
} ComplexityRule;

// The gate of `weft check`: what a tree must keep to. Options of the command line override it.
typedef struct CheckRule {
    int32_t max_complexity; // of the tree, in tenths: 0-100; -1 no limit
    int32_t max_refused;    // accesses; -1 no limit
    int32_t max_taken_back; // places; -1 no limit
    int32_t max_shared;     // places that keep values or files for all tenants; -1 no limit
    int32_t min_isolated;   // share of the accesses, in tenths of a percent: 0-1000; -1 no limit
    bool start_up_counts;   // min_isolated: so do accesses that the default tenant has at start-up, too
    int32_t max_risk;       // Level of the tree; -1 no limit
    bool no_new;            // no access that the baseline does not know
    bool strict_baseline;   // and none in it that is gone
    Str baseline;           // path below the root; empty: none
} CheckRule;

// How a file of the runtime begins that was made from the rules.
#define API_RULES_HEADER                                                                           \
    "\"\"\"What the rules say of the old interface. Made by weft: `weft api timeline --write` makes it anew.\"\"\""

// A file that the rewritten tree needs: the pack's runtime.
typedef struct RuntimeFile {
    Str path;  // in the tree: "src/isolation/__init__.py"
    Str bytes;
    bool standard; // weft's own, which gives way to a file that a pack brings
    bool generated; // weft made it from the rules: an older one in the tree may stay
    Span span;     // where a rule file asks for it
} RuntimeFile;

// How two runs of a command are compared.
typedef enum CommandCompare {
    COMPARE_LINES, // the exit status, and which lines of output are new
    COMPARE_EXIT,  // the exit status alone
} CommandCompare;

// A command of the project that judges a tree: weft.yml only, a pack never makes weft run anything.
typedef struct VerifyCommand {
    Str name;
    Vec(Str) run;     // program and arguments; for a shell: one text
    bool shell;       // `run` was given as one string
    CommandCompare compare;
    uint32_t timeout; // seconds
    Span span;
} VerifyCommand;

// What a generated regression suite must know of the tree.
typedef struct RegressionRule {
    Str context;       // expression with {tenant}; empty: no suite can be written
    Str support_name;  // of the pack's Python file for the suite; may be empty
    Str support_bytes;
    Span span;
} RegressionRule;

// A route of the old interface, and what answers instead.
typedef struct ApiRoute {
    Str method; // "GET"; "*": any
    Str path;   // "/api/users/{id}"; `*` at its end stands for any rest
    Str successor; // may be empty
} ApiRoute;

// How long the old interface stays beside the new one, and where its callers are counted.
typedef struct ApiRule {
    Span span;   // of the key; none: the rules have no `api:`
    Str counter; // function that the fallback of public API calls; empty: nothing is counted
    Str instance; // what stands for a singleton under its old name, and counts; empty: such names go
    Str deprecate; // decorator of overloads by which a type checker tells old callers (PEP 702); empty: there are none
    Str usage;   // folder of the counts
    Str deprecated, warn, brownout, sunset; // "2027-03-01"; may be empty
    uint32_t grace_days;                    // after the sunset
    uint32_t quiet_days; // a caller that was not seen for so long is gone
    Str link;                               // where the migration is described; may be empty
    Vec(ApiRoute) routes;
} ApiRule;

// A limit that somebody is told of when it is passed.
typedef struct AlertRule {
    Str name;       // "disk_usage"
    Str threshold;  // a number, as it is written
    Str unit;       // "ratio"; may be empty
    Str expression; // PromQL whose value is compared; empty: one of weft's own metrics, by NAME
    uint32_t minutes; // that it has to last
    Span span;
} AlertRule;

// What the class of a parameter is that says nothing of it.
typedef struct ParameterType {
    Str parameter; // its name
    RuleName klass;
} ParameterType;

// Functions that a framework calls, and what it passes to them.
typedef struct ParameterRule {
    bool decorated;    // targets are `decorated_by:` globs over the text of a decorator
    RuleNames targets; // else `function:` dotted names or globs
    Vec(ParameterType) types;
    Span span;
} ParameterRule;

// A rule file that rules came from.
typedef struct RulePlace {
    FileId file;
    Str pack;    // its name; of weft.yml that
    Str version; // of the program that they are for; may be empty
} RulePlace;

typedef struct Rules {
    Arena arena;
    Vec(RulePlace) files;
    Str pack;            // names of the loaded packs, comma separated
    Str language;        // that they are about; empty: what is read without being asked for
    Span language_span;
    Vec(Str) compile_databases; // paths below the root
    ContextRule context;
    Families families;
    Vec(SinkRule) sinks;
    PatternRules patterns; // of the sinks with a pattern
    Vec(CarrierRule) carriers;
    Vec(BoundaryRule) boundaries;
    Vec(RetypeRule) retypes;
    Vec(ForwarderRule) forwarders;
    Vec(ParameterRule) parameters;
    Vec(ThreadRule) thread;
#define NAMES_KEY(name) RuleNames name; // what it means stands in the table
#include "rule/top_keys.def"
    bool find_singletons;   // promote module-level instances whose class needs the context
    Vec(Str) singleton_dimensions; // dimensions of accessors that are found, not named
    Family singleton_family;
    ComplexityRule complexity;
    CheckRule check;
    Vec(RuntimeFile) runtime;
    Vec(VerifyCommand) commands;
    RegressionRule regression;
    DataRule data;
    ApiRule api;
    Vec(AlertRule) alerts; // of `monitor:`, in the order of names
    Str runtime_package; // "src.isolation": where the standard runtime goes; may be empty
    Vec(Str) exclude;       // path globs of the pack and of weft.yml
    Vec(Str) runtime_places; // path globs of what the pack brings: no part of the tree
} Rules;

// The pack whose file SPAN is in, or "weft.yml"; empty: what is known without rules.
Str rules_pack_at(const Rules *rules, Span span);
const char *origin_name(Origin origin); // of one bit
const char *mode_name(Mode mode);

void rules_release(Rules *rules);
// The standard runtime goes below FOLDER and not below the root, unless a pack says by path where some of it goes.
void rules_move_runtime(Rules *rules, Str folder);
void sink_rule_release(SinkRule *rule);
// The replacement of a call keeps its arguments.
bool sink_rule_keeps_arguments(const SinkRule *rule);

// `*` matches within one dotted part, `**` any number of parts; a leading `*.` and a final `.*`
// stand for one or more parts ("*.get" matches "self.app.get").
bool rule_name_matches(Str pattern, Str dotted);
// Whether one of PATTERNS does.
bool rule_names_match(const RuleNames *patterns, Str dotted);

#endif
