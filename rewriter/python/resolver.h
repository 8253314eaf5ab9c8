// Private to the resolution files of python/: the state they share.
//
// Order of work (resolve.c): modules -> names -> imports -> classes -> values to a fixpoint ->
// calls and families. Each file fills its part and only reads those before it.
#ifndef WEFT_PYTHON_RESOLVER_H
#define WEFT_PYTHON_RESOLVER_H

#include "facts/facts.h"
#include "python/types.h"

// Names the resolver compares with, interned once.
typedef struct KnownNames {
#define KNOWN_NAME(field, text) Name field;
#include "python/known_names.def"
#undef KNOWN_NAME
} KnownNames;


typedef Vec(uint32_t) EquationList;

// A type variable: a symbol, an attribute slot, a function's result.
typedef struct Variable {
    TypeId type;
    bool declared; // an annotation said it; assignments do not add
    EquationList readers; // equations to run again when the type grows
} Variable;

typedef enum EquationKind {
    EQUATION_BINDING, // bindings[id]
    EQUATION_RETURN,  // statements[id]
    EQUATION_YIELD,   // exprs[id]
    EQUATION_CALL,    // calls[id]: arguments flow into parameters, container methods store
} EquationKind;

typedef struct Equation {
    EquationKind kind;
    uint32_t id;
    bool queued;
} Equation;

typedef struct Resolver {
    Facts *facts;
    KnownNames known;
    Types types;

    Map modules;          // Name.index -> ModuleId.index (source modules win over stubs)
    Map packages;         // Name.index of every dotted prefix of a module -> 1
    Vec(Name) roots;      // dotted prefixes of folders that act as import roots ("src" in src layouts)
    Map symbols;          // (scope, name) -> symbol
    Vec(ImportId) stars;  // `from x import *` rows, by module order

    SymbolId *canonical;  // by symbol: what a global/nonlocal declaration means; itself otherwise
    ImportId *symbol_import;  // by symbol: the import that binds it, if any
    FunctionId *scope_owner;  // by scope: nearest function outwards

    Map annotated_values;     // expr -> the annotated binding whose value it is

    // values
    Vec(Variable) variables;  // [0] unused
    uint32_t *symbol_variable;   // by symbol
    uint32_t *result_variable;   // by function
    Map attribute_variables;     // (class, name) -> variable
    Vec(Equation) equations;
    Vec(uint32_t) queue;
    uint32_t queue_head;
    uint32_t current;         // equation that runs now (UINT32_MAX: none, reads leave no trace)
    uint32_t depth;           // of nested evaluation
} Resolver;

// ---- modules.c ----
void resolve_modules(Resolver *resolver);
ModuleId resolver_module(const Resolver *resolver, Name dotted);
bool resolver_is_package_prefix(const Resolver *resolver, Name dotted);
// a + "." + b, interned.
Name resolver_dotted(Resolver *resolver, Name a, Name b);

// ---- names.c ----
void resolve_names(Resolver *resolver);
SymbolId resolver_symbol(const Resolver *resolver, ScopeId scope, Name name);
// The symbol that NAME means in SCOPE (LEGB); none when nothing in the module binds it.
SymbolId resolver_lookup(const Resolver *resolver, ScopeId scope, Name name);

// ---- imports.c ----
void resolve_imports(Resolver *resolver);
// Symbol NAME of MODULE through its own definitions, imports and star imports.
SymbolId resolver_module_symbol(Resolver *resolver, ModuleId module, Name name);

// ---- classes.c ----
void resolve_classes(Resolver *resolver);
// The class that a base or annotation names, none when it is not in the tree.
ClassId resolver_class_of_symbol(const Resolver *resolver, SymbolId symbol);
FunctionId resolver_function_of_symbol(const Resolver *resolver, SymbolId symbol);
// First symbol NAME in the bodies of CLASS's ancestors from POSITION on (0 = the class itself);
// *OWNER receives the ancestor.
SymbolId resolver_member(Resolver *resolver, ClassId klass, uint32_t position, Name name,
                         ClassId *owner);
// Dotted name that an expression spells, through imports: "abc.ABC"; none when it is not a chain.
Name resolver_dotted_of(Resolver *resolver, ExprId expr);
// Last part of the dotted text, e.g. "Optional".
Name resolver_last_name(const Resolver *resolver, ExprId expr);

// ---- annotations.c ----
// The type of a value annotated with EXPR; SELF_CLASS is what `Self` means. Unknown when it says
// nothing useful.
TypeId annotation_type(Resolver *resolver, ExprId expr, ClassId self_class);

// ---- values.c / value_calls.c ----
TypeId value_of(Resolver *resolver, ExprId expr);
TypeId value_attribute(Resolver *resolver, TypeId base, Name name);
TypeId value_call_result(Resolver *resolver, CallId call, TypeId callee);
TypeId value_read(Resolver *resolver, uint32_t variable);
// The class whose method (or nested function of it) runs in SCOPE.
ClassId value_enclosing_class(const Resolver *resolver, ScopeId scope);
uint32_t value_symbol_variable(Resolver *resolver, SymbolId symbol);
uint32_t value_attribute_variable(Resolver *resolver, ClassId klass, Name name);
TypeId value_result_of(Resolver *resolver, FunctionId function, ClassId receiver);

// ---- flow.c ----
void resolve_values(Resolver *resolver);
// TYPE flows into VARIABLE; its readers run again when that says something new.
void flow_into(Resolver *resolver, uint32_t variable, TypeId type);

// ---- calls.c, references.c, families.c ----
void resolve_calls(Resolver *resolver);
void resolve_references(Resolver *resolver);
void resolve_families(Resolver *resolver);
// ---- idioms.c ----
void resolve_idioms(Resolver *resolver);

#endif
