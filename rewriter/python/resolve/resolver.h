// Private to the resolution files of python/: the state they share.
//
// Order of work (resolve.c): modules -> names -> imports -> classes -> values to a fixpoint ->
// calls and families. Each file fills its part and only reads those before it.
#ifndef WEFT_PYTHON_RESOLVER_H
#define WEFT_PYTHON_RESOLVER_H

#include "facts/facts.h"
#include "facts/parameter_index.h"
#include "python/resolve/stars.h"
#include "python/resolve/memo.h"
#include "python/resolve/narrow.h"
#include "python/resolve/types.h"

// Names the resolver compares with, interned once.
typedef struct KnownNames {
#define KNOWN_NAME(field, text) Name field;
#include "python/resolve/known_names.def"
#undef KNOWN_NAME
} KnownNames;


typedef struct GenericMemo GenericMemo;

typedef Vec(uint32_t) EquationList;

// A type variable: a symbol, an attribute slot, a function's result.
typedef struct Variable {
    TypeId type;
    bool declared; // an annotation said it; assignments do not add
    uint32_t grown; // Resolver.growth when it last learnt something
    EquationList readers; // equations to run again when the type grows
} Variable;

typedef enum EquationKind {
    EQUATION_BINDING, // bindings[id]
    EQUATION_RETURN,  // statements[id]
    EQUATION_YIELD,   // exprs[id]
    EQUATION_LAMBDA,  // exprs[id]: what it gives
    EQUATION_DECORATORS, // bindings[id]: what it defines flows into its decorators
    EQUATION_CALL,    // calls[id]: arguments flow into parameters, container methods store
} EquationKind;

typedef struct Equation {
    EquationKind kind;
    uint32_t id;
    bool queued;
} Equation;

struct Resolver {
    Facts *facts;
    KnownNames known;
    Types types;

    Map modules;          // Name.index -> ModuleId.index (source modules win over stubs)
    Map packages;         // Name.index of every dotted prefix of a module -> 1
    Vec(Name) roots;      // dotted prefixes of folders that act as import roots ("src" in src layouts)
    Stars stars;          // `from x import *` rows

    SymbolId *canonical;  // by symbol: what a global/nonlocal declaration means; itself otherwise
    ImportId *symbol_import;  // by symbol: the import that binds it, if any
    FunctionId *scope_owner;  // by scope: nearest function outwards

    Vec(Narrowing) narrowings; // [0] unused
    NarrowIndex narrow_index;
    uint32_t *first_child_class;  // by class: its proper subclasses, all depths, are
    ClassId *child_classes;       // child_classes[first_child_class[c] .. first_child_class[c + 1])
    bool *class_shut;         // by class: so does a call of its name
    bool *wrapped_shut;       // by function: a call reaches a wrapper that takes no keywords
    uint32_t *first_handing, *next_handing; // by maker and call: calls that hand a wrapper's **kwargs on
    bool *partial_functions, *partial_classes; // by function, by class: some partial() binds arguments of it
    bool *fake_functions;     // by function: a test puts it in the place of another one
    bool *makes_wrapper;      // by function: gives such a wrapper for its parameter
    bool *foreign_first;      // by class: one of its bases is outside the tree and comes before one of the tree
    Map open_methods;         // Name.index of the methods of classes that inherit from outside -> 1
    Map annotated_values;     // expr -> the annotated binding whose value it is
    ParameterIndex parameters;

    // values
    Vec(Variable) variables;  // [0] unused
    uint32_t *symbol_variable;   // by symbol
    uint32_t *result_variable;   // by function
    Map attribute_variables;     // (class, name) -> variable
    uint8_t *member_names;       // by name: MEMBER_DEFINED and MEMBER_STORED
    uint32_t member_name_count;  // a name that came later is neither
    Vec(Equation) equations;
    Vec(uint32_t) queue;
    uint32_t queue_head;
    uint32_t current;         // equation that runs now (UINT32_MAX: none, reads leave no trace)
    uint32_t depth;           // of nested evaluation
    uint32_t deepest;         // that it has reached since the memo asked
    uint32_t growth;          // how often some variable has learnt something
    bool settled;             // the fixpoint is reached
    bool noting;              // what is passed is noted in Facts.special_arguments, and flows no more
    Memo memo;
    GenericMemo *generic_memo; // generics.c
};

// ---- members.c ----
enum {
    MEMBER_DEFINED = 1 << 0, // some body of a class binds the name
    MEMBER_STORED = 1 << 1,  // something may be put into an attribute of that name
};
// Fills Resolver.member_names: these bits, by name.
void resolve_member_names(Resolver *resolver);
static inline uint8_t resolver_member_marks(const Resolver *resolver, Name name) {
    return name.index < resolver->member_name_count ? resolver->member_names[name.index] : 0;
}

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
// What the absolute PATH is called in the facts, for who says it in MODULE; PATH itself when the tree has no such
// module.
Name resolver_absolute(Resolver *resolver, const ModuleFact *module, Name path);
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
// The field of a dataclass or named tuple that takes the positional argument INDEX; none when there
// are fewer.
SymbolId classes_field(const Facts *facts, ClassId klass, uint32_t index);
// Dotted name that an expression spells, through imports: "abc.ABC"; none when it is not a chain.
Name resolver_dotted_of(Resolver *resolver, ExprId expr);
// A base in a class header that is outside the tree, and says something about construction.
bool resolver_is_foreign_base(Resolver *resolver, ExprId base);
// Last part of the dotted text, e.g. "Optional".
Name resolver_last_name(const Resolver *resolver, ExprId expr);

// ---- given_bases.c ----
// The values of the bases of KLASS, and of its ancestors, that name no class of the tree.
TypeId given_bases(Resolver *resolver, ClassId klass);
// try: from app.base import Base / except ImportError: Base = object: a base of KLASS may be another one.
bool bases_replaced(const Resolver *resolver, ClassId klass);
// NAME of what `metaclass=` says in the header of KLASS or of an ancestor.
TypeId metaclass_attribute(Resolver *resolver, ClassId klass, Name name);

// ---- annotations.c ----
// The type of a value annotated with EXPR; SELF_CLASS is what `Self` means. Unknown when it says
// nothing useful.
TypeId annotation_type(Resolver *resolver, ExprId expr, ClassId self_class);

// An instance of the class with that qualified name; unknown when the tree has none.
TypeId annotation_named(Resolver *resolver, Name qualified);

// What a subscripted annotation means: Optional[X], list[X], Class[X].
typedef enum AnnotationForm {
    FORM_PLAIN,     // a class
    FORM_OPTIONAL,
    FORM_UNION,
    FORM_LIST,      // first argument is the element
    FORM_DICT,
    FORM_TUPLE,
    FORM_CLASS,
    FORM_AWAITABLE, // last argument is the result
    FORM_WRAPPER,   // first argument is the type itself
    FORM_CONTEXT,
    FORM_CALLABLE,  // second argument is the result
} AnnotationForm;
// What `Name[...]` says, when Name is a word of annotations: Optional, Callable.
AnnotationForm annotation_form(const Resolver *resolver, ExprId subscript);
// The argument at INDEX (0-based) of a subscripted annotation; none when there are fewer.
ExprId annotation_argument(const Facts *facts, ExprId subscript, uint32_t index);

// ---- generics.c ----
enum { GENERIC_LIMIT = 6 }; // type parameters of a class or function that are looked at
// True for `T = TypeVar("T")` and for the T of `class C[T]` and `def f[T]()`.
bool generic_is_parameter(const Resolver *resolver, SymbolId symbol);
// The annotation after `bound=` or `T:`; none when there is none.
ExprId generic_bound(const Resolver *resolver, SymbolId symbol);
// Fills PARAMETERS (GENERIC_LIMIT of them) with the type parameters of KLASS in order; returns how many.
uint32_t generic_parameters(Resolver *resolver, ClassId klass, SymbolId *parameters);
// TYPE, which the class OWNER declares, as it is for RECEIVER (TYPE_INSTANCE or TYPE_CLASS of OWNER or
// of a class that inherits it): type parameters are replaced by what they stand for there.
TypeId generic_for_receiver(Resolver *resolver, TypeId type, TypeId receiver, ClassId owner);
// TYPE, which FUNCTION declares as its result, as it is for CALL; SKIP parameters are bound already.
TypeId generic_for_call(Resolver *resolver, TypeId type, CallId call, FunctionId function,
                        uint32_t skip);

// ---- captures.c ----
// What metavariables of matches stand for.
void resolve_captures(Resolver *resolver);

// ---- values.c / value_calls.c ----
TypeId value_of(Resolver *resolver, ExprId expr);
TypeId value_attribute(Resolver *resolver, TypeId base, Name name);
TypeId value_call_result(Resolver *resolver, CallId call, TypeId callee);
TypeId value_read(Resolver *resolver, uint32_t variable);
// What awaiting gives.
TypeId value_awaited(Types *types, TypeId type);
// The field at a position of a dataclass or named tuple; unknown for other classes.
TypeId value_field(Resolver *resolver, ClassId klass, uint32_t index);
// The class whose method (or nested function of it) runs in SCOPE.
ClassId value_enclosing_class(const Resolver *resolver, ScopeId scope);
uint32_t value_symbol_variable(Resolver *resolver, SymbolId symbol);
uint32_t value_attribute_variable(Resolver *resolver, ClassId klass, Name name);
// What CALL (none: a call that is not in the text) of FUNCTION gives; RECEIVER is what the function is
// bound to (unknown: nothing).
TypeId value_result_of(Resolver *resolver, FunctionId function, TypeId receiver, CallId call);
// The instances of the classes in TYPE.
TypeId value_instances_of(Types *types, TypeId type);

// ---- narrow.c / narrow_type.c ----
void resolve_narrowings(Resolver *resolver);
// TYPE of EXPR after the tests that it stands behind.
TypeId narrow_value(Resolver *resolver, ExprId expr, TypeId type);
// What BINDING gives its name.
TypeId flow_bound_value(Resolver *resolver, const BindingFact *binding);
// What a test is about; none when it is no name or attribute of one.
ExprId narrow_subject(const Resolver *resolver, ExprId test);
// The name that a chain of attributes starts with; none when it starts with anything else.
ExprId narrow_chain_root(const Facts *facts, ExprId expr);

// ---- overloads.c ----
void resolve_overloads(Resolver *resolver);

// ---- foreign.c ----
void resolve_open_methods(Resolver *resolver);
TypeId foreign_type(Resolver *resolver, ForeignKind kind);
// What a value is that is declared as a class of that name from outside the tree.
ForeignKind foreign_declared_kind(Str name);
TypeId foreign_call_result(Resolver *resolver, CallId call, Name dotted);
TypeId foreign_method_result(Resolver *resolver, CallId call, TypeId foreign);
TypeId foreign_attribute(Resolver *resolver, TypeId foreign, Name name);
// What the tree stores under NAME in objects from outside.
uint32_t foreign_attribute_variable(Resolver *resolver, Name name);

// ---- arguments.c ----
// The parameter of FUNCTION that takes ARGUMENT, which stands at POSITION (0-based, bound parameters
// counted); NULL when none does.
const ParameterFact *argument_parameter(const Resolver *resolver, FunctionId function,
                                        const ArgumentFact *argument, uint32_t position);
// The arguments of CALL flow into the parameters of FUNCTION, the first SKIP of which are bound.
void argument_pass_all(Resolver *resolver, const CallFact *call, FunctionId function, uint32_t skip);
// TYPE becomes the argument of a call of FUNCTION that is not in the text, after SKIP bound ones.
void argument_pass_value(Resolver *resolver, FunctionId function, uint32_t skip, TypeId type);
// The arguments of CALL flow into the fields of KLASS, a dataclass or named tuple.
void argument_pass_fields(Resolver *resolver, const CallFact *call, ClassId klass);

// ARGUMENT, which stands at POSITION as above, flows into the parameter of FUNCTION that takes it.
void argument_pass(Resolver *resolver, FunctionId function, uint32_t position,
                   const ArgumentFact *argument);

// ---- handed.c ----
// CALL, of DOTTED outside the tree or of a method of whatever object, hands functions over with their arguments.
void handed_flow(Resolver *resolver, const CallFact *call, Str dotted);

// ---- flow.c ----
void resolve_values(Resolver *resolver);
// TYPE flows into VARIABLE; its readers run again when that says something new.
void flow_into(Resolver *resolver, uint32_t variable, TypeId type);
// TYPE flows into the attribute NAME of what OWNER may be, or into what the expression TARGET names.
void flow_into_attribute(Resolver *resolver, TypeId owner, Name name, TypeId type);
void flow_into_expr(Resolver *resolver, ExprId target, TypeId type);

// ---- dynamic.c: getattr with a computed name ----
// Every method of the class of TERM (TYPE_DYNAMIC) whose name may be meant escapes at EXPR.
void dynamic_add_escapes(Resolver *resolver, ExprId expr, TypeTerm term);
// Computed methods that are handed to code outside the tree escape, too.
void resolve_dynamic_arguments(Resolver *resolver);
// Functions of modules that are asked for by a computed name, or in a text of code, escape, too.
void resolve_dynamic_names(Resolver *resolver);
// EXPR may give every function and class that the module itself defines.
void dynamic_escape_module(Resolver *resolver, ExprId expr, ModuleId module);

// ---- rows.c ----
// Sets CLASS_MADE_OUTSIDE of classes whose objects a library makes without their constructor.
void resolve_rows_of_tables(Resolver *resolver);

// ---- enumerated.c ----
// Adds EDGE_ESCAPE rows for what is found in modules that are read as a whole, or imported by a computed name.
void resolve_enumerated_modules(Resolver *resolver);
// The name in `getattr(x, "name")`, none for other expressions.
Name dynamic_literal(const Resolver *resolver, ExprId callee);

// ---- reflection.c: modules that are asked for by name ----
// The module of the tree that the expression NAME says, a string or `__name__`.
TypeId reflection_module(Resolver *resolver, ExprId name);
// What SUBSCRIPT finds in DOTTED, a name of the library: sys.modules[__name__].
TypeId reflection_subscript(Resolver *resolver, const ExprFact *subscript, Name dotted);
// The value of globals()["name"]; unknown for other subscripts.
TypeId reflection_global(Resolver *resolver, const ExprFact *subscript);

// ---- decorators.c ----
// Finds the functions whose decorator replaces them by a wrapper that takes no further keywords.
void resolve_wrappers(Resolver *resolver);
void resolve_class_wrappers(Resolver *resolver);
// True when the decorator is from outside the tree and not known to leave the function alone.
bool decorator_hands_on(Resolver *resolver, ExprId decorator);
// By symbol: a parameter whose value is put into something else. The caller frees it.
bool *decorators_find_stored(const Facts *facts);
// The decorator is of the tree and puts what it decorates away, STORED says.
bool decorator_stores(Resolver *resolver, ExprId decorator, const bool *stored);

// ---- calls.c, references.c, families.c ----
void resolve_calls(Resolver *resolver);
void resolve_references(Resolver *resolver);
// ---- memory_holders.c ----
// By name: a variable or an attribute is bound to a buffer, a temporary file or a database in memory. The caller frees it.
bool *memory_holders_find(const Facts *facts);
// The FLAGS of CALL, and what is known of such holders besides.
uint32_t memory_holder_flags(const Facts *facts, const CallFact *call, uint32_t flags, const bool *holders);
// ---- mistyped.c ----
// Marks the edges of CALL, from FIRST on, whose callees declare something else than what the call gives them.
void mistyped_mark(Resolver *resolver, CallId call, uint32_t first);
// ---- special.c, special_handed.c: Facts.special_arguments ----
// What the language hands to special methods, setters and descriptors.
void resolve_special(Resolver *resolver);
// What calls that leave the tree hand to the functions and objects that they are given.
void resolve_special_handed(Resolver *resolver);
// PARAMETER of FUNCTION, counted with the receiver, gets VALUE, and what the function gives is RESULT.
void special_pass(Resolver *resolver, FunctionId function, uint32_t parameter, SpecialArgument row);
// ---- hops.c ----
void resolve_hops(Resolver *resolver);
// ---- replacements.c ----
void resolve_replacements(Resolver *resolver);
void resolve_families(Resolver *resolver);
// F of the expression `F.register`, when functools.singledispatch made F; none for others.
FunctionId families_dispatcher(Resolver *resolver, ExprId asked);
// ---- keeping.c ----
// What calls of code outside the tree do with their arguments: CALL_FILLS and the like.
void resolve_keeping(Resolver *resolver);
// The name of the method says that its receiver keeps the arguments: append, update...
bool keeping_fills(const Facts *facts, CallId call);
// By call: it may run something of the tree. The caller frees it.
bool *keeping_find_own(const Facts *facts);
// ---- touching.c ----
// What such calls do with files: CALL_CHANGES and the like. After resolve_keeping.
void resolve_touching(Resolver *resolver);
// ---- idioms.c ----
void resolve_idioms(Resolver *resolver);

// ---- waits.c ----
void resolve_waits(Resolver *resolver);

// ---- signatures.c ----
// The parameters of FUNCTION stay as they are.
void signature_fix(Facts *facts, FunctionId function);
// reflected.c: those of functions whose parameters the tree itself asks for.
void reflected_fix(Resolver *resolver);
void resolve_signatures(Resolver *resolver);

#endif
