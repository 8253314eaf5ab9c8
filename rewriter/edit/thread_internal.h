// What the files of thread_edits share: the state of one run.
#ifndef WEFT_EDIT_THREAD_INTERNAL_H
#define WEFT_EDIT_THREAD_INTERNAL_H

#include "edit/module_rows.h"
#include "edit/thread.h"

// What a module understands by the name of something that it may have to import.
typedef enum Meaning { MEANING_FREE, MEANING_IMPORTED, MEANING_SAME, MEANING_OTHER } Meaning;

typedef struct KnownMeaning {
    Str from, name; // module and name of what is meant
    Meaning meaning;
} KnownMeaning;

typedef struct ModuleWork {
    Vec(ImportNeed) needs;
    Vec(ImportChange) changes;
    ModuleRows rows;
    Vec(KnownMeaning) meanings;        // those that were asked for
    uint32_t last_access;              // Threading.accesses, as Access.previous
    uint32_t first_local, last_local;  // Threading.locals, as Local.next
    Family family;                     // of the first that needed something imported
    bool has_family;
} ModuleWork;

// Where a piece of text stands.
typedef struct Site {
    ScopeId scope;       // whose names it sees
    FunctionId function; // whose context it uses; none outside of functions
    uint32_t at_import;  // its offset when it runs while the module is imported; else 0
} Site;

// A stretch of a match that is written anew; metavariables stay between them.
typedef struct AccessGap {
    uint32_t start, end;
    Str text;
} AccessGap;

// One access that is replaced.
typedef struct Access {
    uint32_t sink;
    ModuleId module;
    Site site;
    FunctionId home;     // function whose top the value may be read at; none: replaced in place
    bool may_move;       // the value may be read at the top of its home
    Str text;            // `get_isolated_config(isolation_context)`
    uint32_t local;      // index into Threading.locals; 0: TEXT stands in place
    Vec(AccessGap) gaps; // a match of a pattern: by offset; else empty
    uint32_t previous;   // in the module: index into Threading.accesses plus 1; 0: none
} Access;

// Statements for the top of a function.
typedef struct Lines {
    Vec(Str) list;
} Lines;

// A value that a function reads once.
typedef struct Local {
    FunctionId function;
    Str name;
    Str text;
    uint32_t next; // in the module: index into Threading.locals; 0: none
} Local;

typedef struct Threading {
    const Facts *facts;
    const Rules *rules;
    const Solution *solution;
    const LanguageWriter *writer;
    Edits *edits;
    Arena arena;         // texts of this run
    TextEdits texts;     // what the operation at hand added
    Vec(Edit) pending;   // collected edits, not yet given out
    ModuleWork *modules; // by ModuleId
    bool *replaced;      // by ExprId: its text goes
    Vec(Span) gone;      // stretches that other operations must leave alone
    Vec(Access) accesses;
    Vec(Local) locals; // [0] unused
} Threading;

// The first of Threading.locals in FUNCTION's module; 0 when there is none.
static inline uint32_t thread_first_local(const Threading *threading, FunctionId function) {
    ModuleId module = threading->facts->functions.items[function.index].module;
    return threading->modules[module.index].first_local;
}

// Hands what the writer added for the sake of decision KIND, INDEX to the pending edits. OWNER is
// printf-style.
void thread_take(Threading *threading, DecisionKind kind, uint32_t index, Family family,
                 Safety safety, const char *owner, ...) __attribute__((format(printf, 6, 7)));
// True when the text at OFFSET is taken away by a bigger change.
bool thread_is_gone(const Threading *threading, ModuleId module, uint32_t offset);
bool thread_function_is_gone(const Threading *threading, FunctionId function);

// thread_name.c: how a dotted name ("src.isolation.IsolationContext") is written at SITE. The import is
// noted as needed, unless the module defines the name itself.
Str thread_name(Threading *threading, Site site, Str dotted);
// NAME means something in SCOPE, or around it, that no import brought.
bool thread_clashes(const Threading *threading, ScopeId scope, Str name);
// `functools.partial` as it can be written at SITE; uses what the module imports already.
Str thread_binder(Threading *threading, Site site);
// thread_meaning.c: what MODULE understands by NAME, which means something in the module FROM.
Meaning thread_meaning(Threading *threading, ModuleId module, Str from, Str name);
// The symbol NAME that MODULE binds itself.
SymbolId thread_module_symbol(const Facts *facts, ModuleId module, Str name);

// The context parameter as written at SITE. Notes the type as needed; the ambient function only when
// WITH_AMBIENT.
ContextText thread_context_text(Threading *threading, Site site, bool with_ambient);
// A name based on WANTED that means nothing yet in FUNCTION and what is nested in it.
Str thread_free_name(Threading *threading, FunctionId function, Str wanted);

// thread_context.c: where EXPR will stand: in place, or at the top of the function whose default value
// it is part of.
Site thread_site(const Threading *threading, ExprId expr);
// The site of a definition in SCOPE that starts at OFFSET; the first statements of FUNCTION.
Site thread_site_of_definition(const Threading *threading, ScopeId scope, uint32_t offset);
Site thread_site_of_body(const Threading *threading, FunctionId function);
// The expression for the context at a site.
Str thread_context(Threading *threading, Site site, uint32_t inside_accessor, bool ambient);
// A rule's template with its holes filled and its dotted names imported.
typedef struct TemplateValues {
    Str context;  // {context}
    Str value;    // {value}
    Str receiver; // {receiver}
} TemplateValues;
Str thread_template(Threading *threading, Site site, Str template, TemplateValues values);

// thread_default.c: the lazy default that the expression is part of; NULL when there is none.
const LazyDefault *thread_default_of(const Threading *threading, ExprId expr);
// Makes the defaults of FUNCTION lazy; LINES gains the statements that give the parameters their values,
// with what was pending inside the defaults applied.
void thread_write_defaults(Threading *threading, FunctionId function, Lines *lines);

// thread_callable.c: what is declared callable takes the context that its calls pass.
void thread_write_callables(Threading *threading);

// thread_required.c: takes the optional form back where a parameter becomes required.
void thread_mark_fallbacks(Threading *threading);
void thread_write_required(Threading *threading);

// thread_sink.c: decides what each access becomes, then writes it.
void thread_plan_accesses(Threading *threading);
void thread_write_accesses(Threading *threading);

// thread_pattern.c: the gaps of an access that is a match of a pattern; then all of them as edits.
void thread_plan_pattern(Threading *threading, const Sink *sink, Str context, Access *access);
void thread_write_patterns(Threading *threading);

// thread_accessor.c: which stretches vanish, and the accessors themselves.
void thread_mark_gone(Threading *threading);
void thread_write_accessors(Threading *threading);
// Levels by which the lines inside the construction of an accessor (0: none) move right, or left.
int32_t thread_accessor_depth(const Threading *threading, uint32_t accessor);
Str thread_accessor_old_name(const Threading *threading, const Accessor *accessor);
ModuleId thread_accessor_module(const Threading *threading, const Accessor *accessor);

// thread_spacing.c: gives the pending edits out; those that only set white space fit in.
void thread_give_out(Threading *threading);

// thread_import.c: importers follow, unread imports go, needs are met.
void thread_write_imports(Threading *threading);

#endif
