// What an expression may be, as hash-consed terms: equal types have equal ids.
//
// The terms are deliberately small: enough to know which function a call reaches, not enough to
// type-check. TYPE_UNKNOWN is the empty set; a union is a sorted set of at most TYPE_UNION_LIMIT
// members (what does not fit is dropped: less is known, nothing wrong is claimed).
#ifndef WEFT_PYTHON_TYPES_H
#define WEFT_PYTHON_TYPES_H

#include "facts/facts.h"

FACT_ID(TypeId);

typedef enum TypeKind {
    TYPE_UNKNOWN,
    TYPE_NONE,      // the null value
    TYPE_INSTANCE,  // of class a; b = its type arguments (a TYPE_TUPLE), 0 when none are known
    TYPE_CLASS,     // the class a itself; a = 0: some class, not known which
    TYPE_FUNCTION,  // function a; nothing bound
    TYPE_METHOD,    // function a bound to a receiver of type b
    TYPE_MODULE,    // dotted name a, in the tree
    TYPE_EXTERNAL,  // dotted name a, outside the tree: module, class or function
    TYPE_FOREIGN,   // a value from outside the tree; a = ForeignKind
    TYPE_LIST,      // anything that iterates over a: list, set, generator, async iterator
    TYPE_DICT,      // keys a, values b
    TYPE_TUPLE,     // parts
    TYPE_AWAITABLE, // of a
    TYPE_CONTEXT,   // context manager that gives a
    TYPE_SUPER,     // super() in a method of class a
    TYPE_MEMBER,    // method named b of the container type a
    TYPE_DYNAMIC,   // a method of class a whose name is computed by expression b (0: nothing known)
    TYPE_CALLABLE,  // declared callable, gives a; b = the list of its parameters (an expression), 0: any
    TYPE_PARAMETER, // the type parameter with symbol a, before it is replaced (generics.c); b = its bound
    TYPE_UNION,     // parts
} TypeKind;

// How far from the tree a TYPE_FOREIGN is. Unlike TYPE_UNKNOWN it is known to be from outside.
typedef enum ForeignKind {
    FOREIGN_DATA,   // text, a number, a truth value: nothing of the tree is inside
    FOREIGN_OBJECT, // made by code outside the tree
    FOREIGN_OPEN,   // declared as a class outside the tree: may be one of the tree that inherits it
} ForeignKind;

#define TYPE_UNION_LIMIT 96
#define TYPE_DEPTH_LIMIT 6 // containers deeper than this become unknown inside

typedef struct TypeTerm {
    TypeKind kind;
    uint32_t a, b;
    uint32_t first_part, part_count; // range of Types.parts (TYPE_TUPLE, TYPE_UNION)
    uint32_t depth;
    bool open; // a TYPE_PARAMETER is inside
} TypeTerm;

// A union that was asked for before. A fixpoint asks for few of them, and for these over and over.
typedef struct TypeJoin {
    TypeId a, b, result; // a 0: none yet
} TypeJoin;

typedef struct Types {
    Vec(TypeTerm) terms; // [0] is TYPE_UNKNOWN
    Vec(TypeId) parts;
    uint32_t *slots; // open addressing over terms
    uint32_t slot_count;
    TypeJoin *joins; // by a hash of the two; a newer one takes the place of an older one
} Types;

void types_init(Types *types);
void types_release(Types *types);

static inline TypeKind type_kind(const Types *types, TypeId type) {
    return types->terms.items[type.index].kind;
}
// The row of a type that a call gives: the call may add rows, and the table move.
static inline TypeTerm type_term(const Types *types, TypeId type) {
    return types->terms.items[type.index];
}

// The term with those parts, made on first use.
TypeId type_make(Types *types, TypeKind kind, uint32_t a, uint32_t b);
TypeId type_tuple(Types *types, const TypeId *parts, uint32_t count);
// Set union of two types (either may be a union or unknown).
TypeId type_join(Types *types, TypeId a, TypeId b);
// The same for many types, without a term for each step: MEMBERS, empty at first, take them one after the
// other, and the union of all is made at the end.
typedef struct TypeMembers {
    TypeId items[TYPE_UNION_LIMIT];
    uint32_t count;
} TypeMembers;
// The parts of a union, or the type itself, and the way back.
void type_add_members(const Types *types, TypeMembers *members, TypeId type);
TypeId type_of_members(Types *types, const TypeMembers *members);
// TYPE without TYPE_NONE.
TypeId type_without_none(Types *types, TypeId type);
// The members of a union, or the type itself as its only member; none for unknown.
uint32_t type_member_count(const Types *types, TypeId type);
TypeId type_member(const Types *types, TypeId type, uint32_t index);
// What iterating over TYPE gives.
TypeId type_element(Types *types, TypeId type);

#endif
