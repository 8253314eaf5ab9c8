// The seam between languages and everything else.
//
// A front end turns files into facts, resolves them, and later writes text: it is the only code
// that knows what the language looks like. Every module knows its language (ModuleFact.language), and
// everybody else asks that. cli/languages.c lists the front ends of weft; nobody else includes one.
#ifndef WEFT_FACTS_LANGUAGE_H
#define WEFT_FACTS_LANGUAGE_H

#include "facts/attribute_index.h"
#include "facts/facts.h"
#include "facts/name_flag.h"
#include "facts/pattern.h"
#include "source/shard.h"

// Replace [start, end) of a file's text by `text`; start == end inserts.
typedef struct TextEdit {
    FileId file;
    uint32_t start, end;
    Str text;
} TextEdit;

enum { RECENT_EDITS = 16 };
typedef struct TextEdits {
    Arena *arena;    // owns the texts; set by the caller
    uint32_t behind; // how many arguments or parameters the context goes behind; set by the caller
    int32_t wider;  // columns that the name before the brackets grows by; set by the caller
    int32_t deeper; // levels by which the lines at hand move right besides; set by the caller
    Vec(TextEdit) list;
    TextEdit recent[RECENT_EDITS]; // the last that were taken from the list before, by number modulo their count
    uint32_t taken;                // how many were; set by the caller
} TextEdits;

// Edits, each with the index of the one that asked for it among those that were there before.
typedef struct OwnedEdit {
    TextEdit edit;
    uint32_t owner;
} OwnedEdit;
typedef struct OwnedEdits {
    Arena *arena; // owns the texts; set by the caller
    Vec(OwnedEdit) list;
} OwnedEdits;

// The symbol NAME of a module is needed.
typedef struct ImportNeed {
    Str module;
    ModuleId home;   // that has this name, perhaps below an import root; none when it is not of the tree
    Str name;
    Str alias;       // what it is called here; empty: as it is
    uint32_t before; // offset of what reads it while the module is imported; 0: only functions do
    Str include, define; // where a file names others by their path: what NAME needs besides; may be empty
} ImportNeed;

typedef enum ImportAction {
    IMPORT_REMOVE, // nothing reads it any more
    IMPORT_RENAME, // imports `replacement` instead (an alias goes)
    IMPORT_EXTEND, // imports `replacement` as well
    IMPORT_TAKE_BACK, // removed, and the statement reads as if an earlier run had never asked for it
} ImportAction;

typedef struct ImportChange {
    ImportId import_;
    ImportAction action;
    Str replacement;
} ImportChange;

// A class with the functions of its body: rows of Facts.functions.
typedef struct ClassMethods {
    ClassId id;
    const uint32_t *methods;
    uint32_t count;
} ClassMethods;

// The parameter that is threaded, as the rules spell it.
typedef struct ContextText {
    Str parameter;  // "isolation_context"
    Str type;       // "IsolationContext", the name as imported
    Str ambient;    // "current_isolation_context", the name as imported
    Str mark;       // what says that nothing reads the parameter, as the tree writes it: UNUSED; may be empty
    bool mark_before; // it stands in front of the parameter
    bool unread;      // nothing that is compiled reads it; where MARK is empty the writer knows what a compiler wants
    Str about;      // what a docstring says of the parameter; empty: that it is the context of the call
    Str fallback;   // the value where the caller passed none: a call, as it can be written there
} ContextText;

// How a keyed accessor is written.
typedef struct AccessorText {
    Str name;       // "get_isolated_heartflow"
    Str decorator;  // `isolated_accessor`, as imported
    const Str *keys;// "tenant_id", "agent_id": what the decorator is told
    uint32_t key_count;
    Str returns;    // type of the instance; empty when unknown
    bool returns_later; // that is defined further down
    Str stand_in;   // `ambient_instance` when the old name must stay, as imported; else empty
    Str counted;    // the name that the stand-in is told, to count who uses it; may be empty
} AccessorText;

// How the two declarations of a function are written, by which a type checker tells callers to pass the context.
typedef struct OverloadText {
    Str overload, deprecated; // decorators, as imported
    ContextText context;
} OverloadText;

// A statement that a function begins with.
typedef enum FirstKind {
    FIRST_VALUE,    // NAME is VALUE from here on
    FIRST_FALLBACK, // the parameter NAME is VALUE when the caller passed none
    FIRST_DEFAULT,  // the same; VALUE is the text of a default, over several lines perhaps
    FIRST_STORE,    // RECEIVER keeps NAME
} FirstKind;

typedef struct FirstStatement {
    FirstKind kind;
    Str name, value;
    Str type;     // FIRST_VALUE: where a local says it; else empty
    Str receiver; // FIRST_STORE
} FirstStatement;

// Writing text. Each operation looks at the layout it finds (one per line, trailing commas, comments,
// line ends, indentation) and adds edits to OUT; the edits of different operations on different
// sites never overlap. Operations whose postcondition already holds add nothing. What a language has no
// facts for (classes, accessors, functions as values, export lists) is never asked of its writer and may
// be NULL.
typedef struct LanguageWriter {
    // The function accepts the context: keyword-only, required, or optional (`T | None = None`).
    void (*add_parameter)(const Facts *facts, FunctionId function, const ContextText *context,
                          bool optional, TextEdits *out);
    // The function accepts what TEXTS declare, in front of its PLACE-th parameter (parameter_count: behind all). Its
    // docstring lists what is DOCUMENTED, where it lists parameters; NULL: nothing.
    void (*insert_parameters)(const Facts *facts, FunctionId function, uint32_t place, const Str *texts,
                              uint32_t count, const ContextText *documented, TextEdits *out);
    // TYPE, as rules write it, as it can be written in front of the first function of MODULE; NULL: as it is.
    Str (*visible_type)(Arena *arena, const Facts *facts, ModuleId module, Str type);
    // The call passes TEXT in front of its PLACE-th argument (argument_count: behind all).
    void (*insert_argument)(const Facts *facts, CallId call, uint32_t place, Str text, TextEdits *out);
    // The parameter goes, and `*` with the last one behind it; so does the argument.
    void (*remove_parameter)(const Facts *facts, ParameterId parameter, TextEdits *out);
    void (*remove_argument)(const Facts *facts, ArgumentId argument, TextEdits *out);
    // The statement goes from its block, with its lines; where it is alone there, what does nothing takes its place.
    void (*drop_statement)(const Facts *facts, StatementId statement, TextEdits *out);
    // The lambda, which has no such parameter, accepts any keyword and ignores it.
    void (*accept_any_keyword)(const Facts *facts, FunctionId lambda, TextEdits *out);
    // The call passes `name=value`.
    void (*add_argument)(const Facts *facts, CallId call, Str name, Str value, TextEdits *out);
    // What is declared with the list PARAMETERS, `Callable[[A], R]`, may be called with any arguments.
    void (*accept_any_arguments)(const Facts *facts, ExprId parameters, TextEdits *out);
    // The dotted name of what binds an argument to a function value, and takes that as its first
    // argument; empty: the language has none.
    Str binder;
    // The dotted name of what marks a declaration of a function that has others; what a class's constructor is called.
    // Empty: there is none.
    Str overload, constructor;
    // The function value is wrapped so that the context is bound: BINDER, as imported, gets it and
    // NAME with VALUE; without a name it is the first one by position.
    void (*bind_argument)(const Facts *facts, ExprId function_value, Str binder, Str name,
                          Str value, TextEdits *out);
    // EXPR becomes the body of a function of the parameter NAME, which RUNNER, as imported, is given.
    void (*run_for_each)(const Facts *facts, ExprId expr, Str runner, Str name, TextEdits *out);
    // The function gets DECORATOR, as imported, inside of those that it has.
    void (*add_decorator)(const Facts *facts, FunctionId function, Str decorator, TextEdits *out);
    // STATEMENTS become the function's first ones, after the docstring and what an earlier run put there
    // to bind or keep CONTEXT, the parameter's name; works for one-line bodies too.
    void (*add_first_statements)(const Facts *facts, FunctionId function, Str context,
                                 const FirstStatement *statements, uint32_t count, TextEdits *out);
    // The fallback FIRST comes first in a body that shares the line of its header or docstring, on that
    // same line; false when the body has lines of its own, and nothing is added.
    bool (*add_inline_fallback)(const Facts *facts, FunctionId function,
                                const FirstStatement *first, TextEdits *out);
    // Where the function gives its parameter the ambient context (a call of the dotted name AMBIENT, or of
    // COUNTER, which may be empty, with one literal) if the caller passed none, in the words of either of the two
    // above: STRETCH can be taken out as it is. False when the function does not begin like that.
    bool (*find_fallback)(const Facts *facts, FunctionId function, Str parameter, Str ambient,
                          Str counter, Span *stretch);
    // The parameter, `NAME: T | None = None` so far, is required.
    void (*require_parameter)(const Facts *facts, FunctionId function, Str name, TextEdits *out);
    // In front of the function, which gains the context optionally, stand a declaration that requires it and one without
    // it, which is deprecated. Nothing where what a caller gets would no longer be known, or the header cannot be copied.
    void (*add_overloads)(const Facts *facts, FunctionId function, const OverloadText *overload, TextEdits *out);
    // The lines of such declarations of the function, about PARAMETER; false when there are none.
    bool (*find_overloads)(const Facts *facts, FunctionId function, Str parameter, Span *stretch);
    // The parameter's default becomes the null value, and its annotation allows that. The caller sees
    // to a first statement, one level in, that gives the parameter its value.
    void (*make_default_lazy)(const Facts *facts, ParameterId parameter, TextEdits *out);
    // Indents the lines of the default, but the first, as that statement wants them.
    void (*indent_default)(const Facts *facts, ParameterId parameter, TextEdits *out);
    // Something that compiles the tree sees the expression; NULL: there is nothing of the kind, or it sees all.
    bool (*is_compiled)(const Facts *facts, ExprId expr);
    // The expression reads TEXT instead (TEXT is a call or a name: binds tightest).
    void (*replace_expression)(const Facts *facts, ExprId expr, Str text, TextEdits *out);
    // The bytes [start, end) of a module, part of an expression, read TEXT instead.
    void (*replace_range)(const Facts *facts, ModuleId module, uint32_t start, uint32_t end,
                          Str text, TextEdits *out);
    // The class gets a constructor that accepts the context and stores it, unless one of its methods is one.
    void (*add_constructor)(const Facts *facts, const ClassMethods *klass, const ContextText *context,
                            bool optional, TextEdits *out);
    // `x = Class(...)` becomes an accessor around the same construction text, which stays in place
    // so that edits inside it still apply.
    void (*accessor_from_instance)(const Facts *facts, BindingId binding,
                                   const ContextText *context, const AccessorText *accessor,
                                   TextEdits *out);
    // The getter function becomes an accessor around CONSTRUCTION; with a stand-in the old getter
    // stays beside it, reading the ambient context. STATE is the `x = None` binding, removed when
    // REMOVE_STATE.
    void (*accessor_from_getter)(const Facts *facts, FunctionId getter, ExprId construction,
                                 BindingId state, bool remove_state, const ContextText *context,
                                 const AccessorText *accessor, TextEdits *out);
    // The class's own __new__-like singleton idiom goes, with its class variable where nothing else
    // reads that. ATTRIBUTES are those of FACTS.
    void (*remove_creator)(const Facts *facts, const AttributeIndex *attributes, ClassId klass, TextEdits *out);
    // The statement, at the top of MODULE, goes with its lines; NAME goes from the module's export list.
    void (*remove_statement)(const Facts *facts, ModuleId module, StatementId statement,
                             TextEdits *out);
    void (*remove_export)(const Facts *facts, ModuleId module, Name name, TextEdits *out);
    // The parameter says nothing of what it points to: void *. NULL: there is no such thing.
    bool (*is_untyped)(const Facts *facts, ParameterId parameter);
    // It is of TYPE, and called NAME, which is empty where it has no name.
    void (*retype_parameter)(const Facts *facts, ParameterId parameter, Str type, Str name, TextEdits *out);
    // The name of the function, at a declaration or at EXPR, becomes NAME. NULL: no function is renamed.
    void (*rename_function)(const Facts *facts, FunctionId function, Str name, TextEdits *out);
    void (*rename_use)(const Facts *facts, ExprId expr, Str name, TextEdits *out);
    // What the function was called stays beside its declaration, or definition, and calls NAME with AMBIENT.
    void (*add_wrapper)(const Facts *facts, FunctionId function, Str name, Str ambient, TextEdits *out);
    // The function does nothing but that, and can be taken out as it was put in.
    bool (*is_wrapper)(const Facts *facts, FunctionId function, Str name, Str ambient);
    void (*remove_wrapper)(const Facts *facts, FunctionId function, TextEdits *out);
    // All changes to the imports of one module at once, and its __all__.
    void (*edit_imports)(const Facts *facts, ModuleId module, const ImportNeed *needs,
                         uint32_t need_count, const ImportChange *changes, uint32_t change_count,
                         TextEdits *out);
    // An expression, owned by ARENA: the call of CALLEE with ARGUMENT, or with nothing when that is empty.
    Str (*call_text)(Arena *arena, Str callee, Str argument);
    // An expression, owned by ARENA: the member NAME of OBJECT.
    Str (*member_text)(Arena *arena, Str object, Str name);
    // OLD in the module's export list becomes REPLACEMENT (or is followed by it when KEEP).
    void (*rename_export)(const Facts *facts, ModuleId module, Name old, Str replacement,
                          bool keep, TextEdits *out);
    // All edits of a module, ordered and without overlap (COUNT > 0): OUT gets them with the line ends that what they
    // change has in the layout of the language, where the project names a limit for its lines, ordered and without
    // overlap again. What is written changes in white space, commas, and parentheses that say nothing. PARAMETER is
    // the name of the context's, which has a default in some stages. NULL: lines stay as long as they are.
    void (*lay_out)(const Facts *facts, ModuleId module, Str parameter, const TextEdit *edits, uint32_t count,
                    OwnedEdits *out);
} LanguageWriter;

// Code patterns, compiled; a front end's own.
typedef struct PatternProgram PatternProgram;

typedef struct LanguagePatterns {
    // The program for RULES, which must outlive it; NULL after E407, E410 or E411.
    PatternProgram *(*compile)(const PatternRules *rules, const Sources *sources,
                               Diagnostics *diagnostics);
    void (*free)(PatternProgram *program); // NULL is fine
    // Parses a file and adds what matches. Files with syntax errors are searched as well as they
    // can be. Called from several threads, each with its own MATCHES.
    void (*search)(const PatternProgram *program, const SourceFile *file, FileId id,
                   PatternMatches *matches);
    // How the first rule's pattern was understood, as an indented tree.
    void (*show)(const PatternProgram *program, StrBuf *out);
    // Why the first rule's pattern matches nothing on a line of FILE, or what it matches there.
    void (*explain)(const PatternProgram *program, const SourceFile *file,
                    uint32_t line, StrBuf *out);
} LanguagePatterns;

// What solver and post-check must know of a language beyond what its facts say.
typedef struct LanguageTraits {
    bool named_arguments;     // a call may name the parameter that it gives: the context is passed by name,
                              // and takes no place among the others. Else it is the first argument
    bool optional_parameters; // a call may leave out a parameter that has a default
    bool typed_parameters;    // a parameter says its type, which must be known where it stands
    bool typed_locals;        // so does a local: an access is replaced where it stands, and what can be passed
                              // nothing reads the ambient context there
    bool one_namespace;       // what is not local to a file has one name in all of them, which needs no import
} LanguageTraits;

// What says how sources are compiled.
typedef struct CompileInput {
    const Str *databases; // paths below the root; none: the usual ones
    uint32_t database_count;
    unsigned threads;
} CompileInput;

// A place that uses a field of a structure.
typedef struct FieldUse {
    FileId file;
    FileId home;               // that declares the structure; none: nobody knows whose field it is
    bool fills;                // a statement that does nothing but giving it a value, in which nothing happens
    uint32_t start, end;       // of that statement, with its line where it has one; else of the field's name
    uint32_t value, value_end; // fills: of the value
} FieldUse;
typedef struct FieldUses {
    Vec(FieldUse) list;
} FieldUses;

// A file as it would be written.
typedef struct NewText {
    FileId file; // as it is; none for a new one
    Str path, text;
} NewText;

// What a compiler says against new texts.
typedef struct CompileFault {
    FileId file;     // that has it; none: that of the command
    uint32_t text;   // 1 + index of its new text; 0: it does not change
    uint32_t offset; // in that text
    Str message;
} CompileFault;
typedef Vec(CompileFault) CompileFaults;

// A stretch of an old text, [start, end), that takes LENGTH bytes in the new one.
typedef struct TextChange {
    uint32_t start, end, length;
} TextChange;

// What is known of a text before it was changed.
typedef struct OldText {
    const Facts *facts; // merged; may be resolved
    ModuleId module;
    const TextChange *changes; // in its order, apart from each other but for insertions at one place
    uint32_t change_count;
} OldText;

struct Language {
    const char *name; // "python"
    LanguageTraits traits;
    bool by_rule;     // it reads a tree only when the rules name it, and then no other one does
    bool facts_by_text; // what `extract` finds depends on the path and text of the file and the patterns alone
    // True when this front end reads a file of that path.
    bool (*accepts)(Str path);
    // Parses and walks one file once; fills FACTS (its own tables and interner). False when the file
    // does not parse: E104 is added and FACTS stays empty. Called from several threads, each with
    // its own FACTS and DIAGNOSTICS. PATTERNS, which may be NULL, are matched on the same tree.
    bool (*extract)(const Sources *sources, FileId file, const PatternProgram *patterns,
                    Facts *facts, Diagnostics *diagnostics);
    // The same for a text that OLD became, without patterns: rows of what has not changed may come from there. False,
    // without a word, when it is no use here or the text does not parse: `extract` says more. NULL: never of use.
    bool (*extract_again)(const Sources *sources, FileId file, const OldText *old, Facts *facts);
    // Adds sources that are compiled and that SOURCES does not have, as left out ones, and marks the others that are.
    // NULL: there are none.
    void (*add_compiled)(Sources *sources, const CompileInput *input);
    // The digest of all that `compile` would read besides SOURCES, and of the compiler: what it leaves in Facts.compiled.
    // False when that is not known before it has compiled. NULL: there is none.
    bool (*digest_compiled)(const Sources *sources, const CompileInput *input, Digest *digest);
    // Asks a compiler of all files at once: fills Facts.units and Facts.marks, between extraction and resolution.
    // NULL: there is none.
    void (*compile)(Facts *facts, const CompileInput *input, Diagnostics *diagnostics);
    // Asks it whether what is made of new texts still compiles: adds what was not to be said of the tree before. The
    // texts of FAULTS live in ARENA. NULL: there is none.
    void (*judge)(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                  CompileFaults *faults);
    // Imports, classes, values, call graph: fills the resolution tables of the merged facts. DECLARE is
    // called with DATA between imports and values: it may look names up, and fill
    // ParameterFact.declared. It may be NULL.
    void (*resolve)(Facts *facts, void (*declare)(void *data), void *data);
    // Adds the places that use FIELD of a structure of that name, its declaration apart; what may be one counts. False when
    // none has such a field. NULL: structures have no fields that rules could name.
    bool (*find_field)(const Facts *facts, Str structure, Str field, FieldUses *uses);
    // The type of a parameter, and of what a function gives back, as the declaration says it, in one form of writing
    // and without names; empty where nothing is said. Owned by ARENA. NULL: types are annotations.
    Str (*parameter_type)(Arena *arena, const Facts *facts, ParameterId parameter);
    Str (*result_type)(Arena *arena, const Facts *facts, FunctionId function);
    // True when FUNCTION, a FUNCTION_POINTER, is the name of a type. NULL: there are none.
    bool (*names_type)(const Facts *facts, FunctionId function);
    // What a file that the front end does not read is read for; SOURCE_CODE: for nothing.
    SourceKind (*beside)(Str path);
    // The code in the text of a file, of the same length and with the same places; empty when there is none.
    // Asked of SOURCE_EMBEDDED and of sources. RUN has the files whose examples are run by tests.
    Str (*embedded)(Arena *arena, Str path, Str text, const Interner *run);
    // Adds the names of such files that the file at PATH speaks of, "*" for all.
    void (*examples)(Str path, Str text, Interner *run);
    // Number of syntax errors in TEXT, for the post-check; *first_error is a byte offset.
    uint32_t (*count_errors)(Str text, uint32_t *first_error);
    // True when every module can read the name without binding it.
    bool (*is_builtin)(Str name);
    // True for a module that comes with the language: no file below the root is found first. NULL: there are none.
    bool (*is_standard_module)(Str name);
    // The module of what is_builtin knows, by whose name it can be imported; empty: there is none.
    Str builtin_module;
    // NameFlag bits of the name of a function, method, attribute or variable, dotted where it is known whose it is.
    // NULL: no name says anything.
    uint32_t (*name_flags)(Str name);
    // The next name that TEXT, an expression, reads, from *AT on, with what hangs on it by dots. Empty at its end, and where
    // it binds names itself. NULL: nobody asks.
    Str (*next_name)(Str text, size_t *at);
    // Tells FOUND of what TEXT, which does not parse, defines as functions, and then of what classes in it may inherit
    // from (BASE), as far as words say so. NULL: there are no classes.
    void (*guess_names)(Str text, void (*found)(void *data, Str name, bool base), void *data);
    // True when TEXT is a value that points to nothing. NULL: nothing points.
    bool (*is_nothing)(Str text);
    const LanguageWriter *writer;
    const LanguagePatterns *patterns;
};

// The front ends that a program is made with; each path belongs to one of them at most.
typedef struct Languages {
    const Language *const *list;
    uint32_t count;
} Languages;

// The language of that name; NULL when there is none.
const Language *languages_named(const Languages *languages, Str name);
// The language that reads a file of that path; NULL when none does.
const Language *languages_find(const Languages *languages, Str path);
// The language that code patterns of rules are written in: the first that has them; NULL when none has.
const Language *languages_with_patterns(const Languages *languages);

// What the language of MODULE says of NAME: NameFlag bits.
uint32_t facts_name_flags(const Facts *facts, ModuleId module, Name name);

// One file of SOURCES: starts FACTS, calls LANGUAGE.extract, and enters the language in the module.
bool facts_extract_file(const Language *language, const Sources *sources, FileId file,
                        const PatternProgram *patterns, Facts *facts, Diagnostics *diagnostics);

// The same for what OLD became: the rows are those that facts_extract_file gives, but for their numbers, and take less
// time the less has changed.
bool facts_extract_again(const Language *language, const Sources *sources, FileId file, const OldText *old,
                         Facts *facts, Diagnostics *diagnostics);

// Adds the code that stands in other files of SOURCES, and finds it in those that are SOURCE_EMBEDDED. LANGUAGE may
// have no way to say so (`embedded` is NULL): nothing happens.
void facts_embed(Sources *sources, const Language *language);

// Parses all readable files of SOURCES that LANGUAGE reads in parallel, and merges their facts in path
// order. Files that fail are marked SOURCE_UNPARSABLE. FACTS is initialised here. PATTERNS are of
// LANGUAGE and may be NULL; a rule that takes too long is an E412.
void facts_extract(Sources *sources, const Language *language, const PatternProgram *patterns,
                   unsigned threads, Facts *facts, Diagnostics *diagnostics);

// Of the files that LANGUAGE reads every PART.count-th one, from number PART.number on in path order: its facts go to
// SOURCES->made and to the cache. How many these are. A file that does not parse is passed over.
uint32_t facts_keep_part(Sources *sources, const Language *language, const PatternProgram *patterns, unsigned threads,
                         ShardPart part);

// What facts_load needs.
typedef struct FactsInput {
    Sources *sources;
    const Languages *languages;
    const PatternProgram *patterns; // of languages_with_patterns; NULL when there are none
    unsigned threads;
    bool uncompiled;                // no compiler is asked: names mean what has them
    const Str *databases;           // of CompileInput
    uint32_t database_count;
    // Called for the facts of each language once its imports are resolved, with CONTEXT; may be NULL.
    void (*declare)(Facts *facts, const void *context);
    const void *context;
} FactsInput;

// The resolved facts of a tree in several languages: each front end extracts and resolves its own files,
// and the tables become one. FACTS is initialised here.
void facts_load(const FactsInput *input, Facts *facts, Diagnostics *diagnostics);

// What the patterns match in one file.
typedef struct FileMatches {
    FileId file;
    PatternMatches matches;
} FileMatches;
typedef struct SearchResult {
    Vec(FileMatches) files; // in path order; those without a match have empty lists
} SearchResult;

// Matches PATTERNS in all readable files of SOURCES in parallel, without facts; adds E412.
void patterns_search(const Sources *sources, const Language *language,
                     const PatternProgram *patterns, unsigned threads, SearchResult *result,
                     Diagnostics *diagnostics);
void search_release(SearchResult *result);

#endif
