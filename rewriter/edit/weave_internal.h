// What the files of weave_edits share: the state of one run.
#ifndef WEFT_EDIT_WEAVE_INTERNAL_H
#define WEFT_EDIT_WEAVE_INTERNAL_H

#include "edit/module_rows.h"
#include "edit/weave.h"
#include "facts/language.h"

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
    Str type;                          // of the context, as it is written there; empty: not asked for yet
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
    bool needs_local;    // its text cannot stand where the access is
    bool may_move;       // the value may be read at the top of its home
    Str text;            // `get_isolated_config(isolation_context)`
    uint32_t local;      // index into Weaving.locals; 0: TEXT stands in place
    Vec(AccessGap) gaps; // a match of a pattern: by offset; else empty
} Access;

// Statements for the top of a function.
typedef struct Lines {
    Vec(FirstStatement) list;
} Lines;

// A value that a function reads once.
typedef struct Local {
    FunctionId function;
    Str name;
    Str text;
    uint32_t next; // in the function: index into Weaving.locals; 0: none
} Local;

// What is read where, by names and by texts of accesses: weave_read.c.
typedef struct Reads {
    Interner *texts;
    Map counts;       // (function, text) -> how often it is read there
    Map words;        // (module, text of a word) -> 1: some access reads the name
    Map locals;       // (function, text) -> local
    Map first_locals; // function -> its first local
    Map last_locals;
    Map local_scopes; // (scope, text of a name) -> 1: a local of the function with that body
    Map local_around; // the same for the scopes around such a body, and itself
    uint32_t *first_use; // by name: the names and symbols of the program in
    ScopeId *uses;       // uses[first_use[n] .. first_use[n + 1]), ordered by scope
} Reads;

typedef struct Weaving {
    const Program *program;
    const Solution *solution;
    Edits *edits;
    Arena arena;         // texts of this run
    TextEdits texts;     // what the operation at hand added
    Vec(Edit) pending;   // collected edits, not yet given out
    ModuleWork *modules; // by ModuleId
    bool *accessed;      // by ExprId: it is an access
    bool *replaced;      // by ExprId: its text goes
    bool *uses;          // by FunctionId: what is written into it reads its context
    bool *compiled_uses; // the same, where something that compiles the tree sees it
    bool mark_before;    // it stands in front of the parameter
    Str unused_mark;     // with which most of the tree says that a parameter is not read; empty: nothing does
    bool *binds;         // by ImportId: what we write reads it, to bind an argument
    Vec(Span) gone;      // stretches that other operations must leave alone
    Vec(Access) accesses;
    Vec(Local) locals; // [0] unused
    Reads reads;
} Weaving;

// Who writes the text of MODULE.
static inline const LanguageWriter *weave_writer(const Weaving *weaving, ModuleId module) {
    return program_module(weaving->program, module)->language->writer;
}

// Begins a run, which collects edits for EDITS, and ends it; between them stands who decides what is written.
void weave_open(Weaving *weaving, const Program *program, const Solution *solution, Edits *edits);
void weave_close(Weaving *weaving);
// Hands what the writer added for the sake of decision KIND, INDEX to the pending edits. OWNER is
// printf-style.
void weave_take(Weaving *weaving, DecisionKind kind, uint32_t index, Family family,
                 Safety safety, const char *owner, ...) __attribute__((format(printf, 6, 7)));
// True when the text at OFFSET is taken away by a bigger change.
bool weave_is_gone(const Weaving *weaving, ModuleId module, uint32_t offset);
bool weave_function_is_gone(const Weaving *weaving, FunctionId function);

// weave_name.c: how a dotted name ("src.isolation.IsolationContext") is written at SITE. The import is
// noted as needed, unless the module defines the name itself.
Str weave_name(Weaving *weaving, Site site, Str dotted);
// NAME means something in SCOPE, or around it, that no import brought.
bool weave_clashes(const Weaving *weaving, ScopeId scope, Str name);
// What binds an argument, as it can be written at SITE; uses what the module imports already.
Str weave_binder(Weaving *weaving, Site site);
// weave_meaning.c: what MODULE understands by NAME, which means something in the module FROM.
Meaning weave_meaning(Weaving *weaving, ModuleId module, Str from, Str name);
// The symbol NAME that MODULE binds itself.
SymbolId weave_module_symbol(const Program *program, ModuleId module, Str name);

// The context parameter as written at SITE. Notes the type as needed; the ambient function only when
// WITH_AMBIENT.
ContextText weave_context_text(Weaving *weaving, Site site, bool with_ambient);
// weave_position.c: finds Weaving.uses and .unused_mark; how many parameters of FUNCTION come before the context, and how
// many arguments of CALL.
void weave_find_uses(Weaving *weaving);
uint32_t weave_position(const Weaving *weaving, FunctionId function);
uint32_t weave_call_position(const Weaving *weaving, CallId call);
// What the context is called in FUNCTION, as its parameter or as what it makes.
Str weave_parameter_name(Weaving *weaving, FunctionId function);
// A name based on WANTED that means nothing yet in FUNCTION and what is nested in it.
Str weave_free_name(Weaving *weaving, FunctionId function, Str wanted);

// weave_context.c: where EXPR will stand: in place, or at the top of the function whose default value
// it is part of.
Site weave_site(const Weaving *weaving, ExprId expr);
// The site of a definition in SCOPE that starts at OFFSET; the first statements of FUNCTION.
Site weave_site_of_definition(const Weaving *weaving, ScopeId scope, uint32_t offset);
Site weave_site_of_body(const Weaving *weaving, FunctionId function);
// What gives FUNCTION (its qualified name, API) the context where the caller passed none, at SITE in it: a call of
// the ambient function, or of the one that counts old callers of public API.
Str weave_fallback(Weaving *weaving, Site site, Str api);
// The function, by its qualified name, is public API whose old callers are counted.
bool weave_counts_callers(const Weaving *weaving, Str api);
// The expression for the context at a site.
Str weave_context(Weaving *weaving, Site site, uint32_t inside_accessor, bool ambient);
// A rule's template with its holes filled and its dotted names imported.
typedef struct TemplateValues {
    Str context;  // {context}
    Str value;    // {value}
    Str receiver; // {receiver}
    Str arguments; // {arguments}
    bool known;    // a dotted name whose first part means something at the site is no name of a module
} TemplateValues;
// TEMPLATE, an expression of the rules, with VALUES in its holes, and its dotted names as the module at SITE has them.
Str weave_template(Weaving *weaving, Site site, Str template, TemplateValues values);

// weave_read.c: what accesses read, how often, and the locals that hold it.
void weave_reads_open(Weaving *weaving);
void weave_reads_close(Weaving *weaving);
// TEXT, which is put into MODULE, reads the words in it.
void weave_note_words(Weaving *weaving, ModuleId module, Str text);
// One read of TEXT in HOME.
void weave_note_read(Weaving *weaving, FunctionId home, Str text);
// Two reads of the same value in HOME.
bool weave_is_repeated(const Weaving *weaving, FunctionId home, Str text);
// The index in Weaving.locals of the one that holds TEXT in HOME (0: none), and a new one.
uint32_t weave_find_local(const Weaving *weaving, FunctionId home, Str text);
uint32_t weave_add_local(Weaving *weaving, FunctionId home, Str name, Str text);
uint32_t weave_first_local(const Weaving *weaving, FunctionId function);
// A function around SCOPE has a local NAME.
bool weave_has_local_around(const Weaving *weaving, ScopeId scope, Str name);
// The name is read or bound in FUNCTION or below.
bool weave_is_used(const Weaving *weaving, FunctionId function, Str name);
// The same, or one of our own locals there has it, or what we put
// into the module reads it.
bool weave_is_taken(const Weaving *weaving, FunctionId function, Str name);

// weave_default.c: the lazy default that the expression is part of; NULL when there is none.
const LazyDefault *weave_default_of(const Weaving *weaving, ExprId expr);
// Makes the defaults of FUNCTION lazy; LINES gains the statements that give the parameters their values,
// with what was pending inside the defaults applied.
void weave_write_defaults(Weaving *weaving, FunctionId function, Lines *lines);

// weave_callable.c: what is declared callable takes the context that its calls pass.
void weave_write_callables(Weaving *weaving);

// weave_property.c: cached properties that keep one value for each context.
void weave_mark_properties(Weaving *weaving);
void weave_write_properties(Weaving *weaving);

// weave_each.c: what boundaries do for each tenant in turn. True: all that needs a context in FUNCTION gets it so.
bool weave_runs_in_loops(const Weaving *weaving, FunctionId function);
void weave_write_loops(Weaving *weaving);

// weave_task.c: tasks of a queue that get the context with the message.
void weave_write_tasks(Weaving *weaving);

// weave_overload.c: declarations of a function that gains the context optionally (PEP 702); and their lines, which go
// again where its parameter becomes required.
void weave_write_overloads(Weaving *weaving, FunctionId function);
bool weave_find_overloads(const Weaving *weaving, FunctionId function, Span *stretch);

// weave_required.c: takes the optional form back where a parameter becomes required.
void weave_mark_fallbacks(Weaving *weaving);
void weave_write_required(Weaving *weaving);

// weave_old_name.c: takes out old names that nothing uses any more.
void weave_mark_old_names(Weaving *weaving);
void weave_write_old_names(Weaving *weaving);
bool weave_is_old_name(const Weaving *weaving, SymbolId symbol);

// weave_retype.c
void weave_write_retyped(Weaving *weaving);
void weave_write_lost(Weaving *weaving);

// weave_rename.c: other names, and what stays or goes under the old ones; how much longer the name of FUNCTION becomes, and
// that of what CALL calls.
void weave_mark_wrappers(Weaving *weaving);
void weave_write_renames(Weaving *weaving);
int32_t weave_wider(const Weaving *weaving, FunctionId function);
int32_t weave_call_wider(const Weaving *weaving, CallId call);

// weave_sink.c: decides what each access becomes, then writes it.
void weave_plan_accesses(Weaving *weaving);
void weave_write_accesses(Weaving *weaving);

// weave_call.c: the gaps of a call whose replacement keeps its arguments.
void weave_plan_call(Weaving *weaving, const Sink *sink, Str context, Access *access);
// The gaps around KEPT, the expression of the access or a part of it that becomes an argument of its replacement.
void weave_plan_around(Weaving *weaving, const Sink *sink, const ExprFact *kept, Str context, Access *access);

// weave_pattern.c: the gaps of an access that is a match of a pattern; then all of them as edits.
void weave_plan_pattern(Weaving *weaving, const Sink *sink, Str context, Access *access);
void weave_write_patterns(Weaving *weaving);

// weave_accessor.c: which stretches vanish, and the accessors themselves.
void weave_mark_gone(Weaving *weaving);
void weave_write_accessors(Weaving *weaving);
// Levels by which the lines inside the construction of an accessor (0: none) move right, or left.
int32_t weave_accessor_depth(const Weaving *weaving, uint32_t accessor);
Str weave_accessor_old_name(const Weaving *weaving, const Accessor *accessor);
ModuleId weave_accessor_module(const Weaving *weaving, const Accessor *accessor);

// weave_spacing.c: gives the pending edits out; those that only set white space fit in.
void weave_give_out(Weaving *weaving);

// weave_import.c: importers follow, unread imports go, needs are met.
void weave_write_imports(Weaving *weaving);

#endif
