// What tests put in the place of something: mock.patch("app.send", fake), monkeypatch.setattr(app, "send", fake).
// Private to python/.
#ifndef WEFT_PYTHON_FAKES_H
#define WEFT_PYTHON_FAKES_H

#include "python/resolve/resolver.h"

// One name that a call gives another value.
typedef struct Fake {
    TypeId owner; // whose attribute it is; unknown: `container` is filled instead
    Name name;    // the attribute
    SymbolId
        symbol; // the name of a module that the call spells in a string; none when it spells none
    ExprId container;
    ExprId given; // the new value; none: the library makes a mock
    bool calls;   // the mock runs `given` when it is called: side_effect=given
} Fake;

enum { FAKES_LIMIT = 16 }; // names that one call may replace

// Fills FAKES (FAKES_LIMIT of them) with what CALL replaces; returns how many.
uint32_t fakes_of_call(Resolver *resolver, const CallFact *call, Fake *fakes);
// What CALL replaces may be what it puts there: the new values flow into the old names.
void fakes_flow(Resolver *resolver, const CallFact *call);
// BINDING is `fake.side_effect = given` of a mock that such a call made: so does what it runs.
void fakes_flow_effect(Resolver *resolver, const BindingFact *binding);
// What a mock gives for its functions: that which `side_effect` of the CALL that makes it names; a double that
// is made after another value (create_autospec) is taken for it. Unknown for other calls.
TypeId fakes_made(Resolver *resolver, CallId call, Name dotted);
// Marks, by function, what such calls put somewhere: a fake need not take all that the original takes.
void fakes_mark(Resolver *resolver, bool *functions);
// True when DOTTED is the library's class of mocks, or makes one.
bool fakes_is_maker(Str dotted);

#endif
