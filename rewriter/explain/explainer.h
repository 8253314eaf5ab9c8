// Private to explain/: indexes over facts and solution, and the builder that they share.
#ifndef WEFT_EXPLAIN_EXPLAINER_H
#define WEFT_EXPLAIN_EXPLAINER_H

#include "explain/explain.h"
#include "program/index.h"

// Rows of a table by a key, in table order: first[key], then next[row]; 0 ends the list.
typedef struct Chained {
    uint32_t *first, *next;
} Chained;

typedef struct Explainer {
    const ExplainInput *input;
    const Program *program;
    const Solution *solution;
    Explanation *out;
    Arena *arena; // of the explanation

    Chained function_sinks;       // by function: sinks that it runs
    Chained accessor_sinks;       // by accessor
    Chained carried; // by class: functions with a parameter of it that carries the context
    uint32_t *call_plan;          // by call: 1 + index into Solution.calls
    bool *forwarded;              // by expression: bound and handed over
    uint32_t *statement_accessor; // by statement: accessor whose instance it makes
    uint32_t *function_accessor;  // by function: accessor whose getter it is
    SymbolId *rule_symbol;        // by sink rule: what its target names; none when nothing does
} Explainer;

// ---- index.c ----
void explain_index(Explainer *explainer);
// The symbol that an access leads to by its rule or accessor; none for a rule without a definition.
SymbolId explain_sink_symbol(const Explainer *explainer, const Sink *sink);
uint32_t explain_accessor_around(const Explainer *explainer, ExprId expr);
// Places, and names of things.
Place explain_place(const Explainer *explainer, FileId file, uint32_t offset);
Place explain_expr_place(const Explainer *explainer, ExprId expr);
Place explain_sink_place(const Explainer *explainer, const Sink *sink);
Place explain_function_place(const Explainer *explainer, FunctionId function);
Place explain_class_place(const Explainer *explainer, ClassId klass);
Str explain_function_name(const Explainer *explainer, FunctionId function);
Str explain_class_name(const Explainer *explainer, ClassId klass);
Str explain_symbol_name(const Explainer *explainer, SymbolId symbol);
Str explain_sink_name(const Explainer *explainer, const Sink *sink);
const char *explain_family(const Explainer *explainer, Family family);
const SinkRule *explain_sink_rule(const Explainer *explainer, const Sink *sink);
// NAME without the module that it begins with.
Str explain_brief(const Explainer *explainer, Str name);
// "src.a.f", or "module level" for code that no function runs.
Str explain_where(const Explainer *explainer, ExprId expr);
// The same of a sink: the function itself when that is meant.
Str explain_sink_where(const Explainer *explainer, const Sink *sink);
const char *evidence_words(Evidence evidence);
// True when the call or hand-over of the edge brings the context to its target.
bool explain_edge_passes(const Explainer *explainer, uint32_t edge);
bool explain_decided(const Explainer *explainer, FunctionId function);

// ---- down.c, up.c ----
// The shortest way down from a function or class to an access; false when there is none.
bool explain_chain_down(Explainer *explainer, FunctionId function, ClassId klass,
                        ExplainChain *chain);
// One chain an origin, in the order of Origin, for those in WANTED.
void explain_chains_up(Explainer *explainer, FunctionId function, ClassId klass, uint32_t wanted,
                       Subject *subject);
ExplainStep explain_access_step(const Explainer *explainer, const Sink *sink);

// ---- function.c, class.c, sink.c ----
// Each appends one subject; LIST leaves out all but name, place and decision.
void explain_function(Explainer *explainer, FunctionId function, bool list);
void explain_class(Explainer *explainer, ClassId klass, bool list);
void explain_symbol(Explainer *explainer, SymbolId symbol, bool list);
void explain_access(Explainer *explainer, uint32_t sink, bool with_chains);
void explain_call(Explainer *explainer, uint32_t edge);
// Why the function reads the ambient context; sets the code, too.
void explain_bridge(Explainer *explainer, Subject *subject, FunctionId function);
// Why the class may not hold, as a clause without subject: "lives as long as the process".
Str explain_hold_reason(const Explainer *explainer, ClassId klass);

// ---- line.c ----
// True when QUERY ends with ":12".
bool explain_is_line(Str query);
bool explain_find_line(const Explainer *explainer, Str query, FileId *file, uint32_t *line,
                       Diagnostics *mistakes);
void explain_line(Explainer *explainer, FileId file, uint32_t line);

// ---- explain.c ----
Subject *explain_add(Explainer *explainer, SubjectKind kind, const char *noun, Str name,
                     Place place);
void explain_set_code(Explainer *explainer, Subject *subject, DiagnosticCode code);
void subject_change(Explainer *explainer, Subject *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void subject_reason(Explainer *explainer, Subject *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
