// Shared by the files that say what the language hands to special methods (special.c). Private to them.
#ifndef WEFT_PYTHON_RESOLVE_SPECIAL_H
#define WEFT_PYTHON_RESOLVE_SPECIAL_H

#include "python/resolve/resolver.h"

// The special methods of one kind of operation; of names that the tree does not have, none.
typedef struct Methods {
    Name names[48];
    uint32_t count;
} Methods;

typedef struct Specials {
    Resolver *resolver;
    Methods arithmetic, added, comparing, formatting;
    Name deepcopy, setattr_, getattr_, getattribute, set, get, missing, class_getitem, leave, leave_async, init_subclass;
} Specials;

// The method NAME of the member at *AT of TYPE, or of one behind it; *AT is then the one that follows. None: no more.
FunctionId special_next_method(Resolver *resolver, TypeId type, Name name, uint32_t *at);
SpecialArgument special_of_value(ExprId value, ExprId result);

// ---- special_member.c: items and attributes ----
// NAME of what stands before AT, a subscript, gets the key and VALUE; VALUE is none where it is read or deleted.
void special_run_item(const Specials *specials, ExprId at, Name name, ExprId value);
// AT, an attribute, is read, or gets VALUE.
void special_run_attribute(const Specials *specials, ExprId at, ExprId value);
// BINDING stores in an attribute: self.__dict__ = cls.shared makes all objects of the class one.
void special_share_state(const Specials *specials, const BindingFact *binding);

// ---- special_class.c: classes, decorators, copies ----
void special_run_class(const Specials *specials, ClassId klass);
void special_run_comparing(const Specials *specials, FunctionId function);
void special_run_decorators(const Specials *specials, FunctionId function);
void special_run_type(const Specials *specials, const CallFact *call);
void special_run_copy(const Specials *specials, const CallFact *call);

#endif
