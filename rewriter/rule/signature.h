// What a person asks of the signature of some functions: a parameter more, one less, or another name for one. On a command
// line, or as an entry of `thread:` in rules.
#ifndef WEFT_RULE_SIGNATURE_H
#define WEFT_RULE_SIGNATURE_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/span.h"

typedef enum SignatureAction { SIGNATURE_ADD, SIGNATURE_REMOVE, SIGNATURE_RENAME } SignatureAction;

// Where a new parameter goes among those that take arguments by position; the receiver is not counted.
enum { POSITION_KEYWORD = 0, POSITION_FIRST = 1, POSITION_LAST = INT32_MAX };
// However far away.
#define HOPS_ALL UINT32_MAX

typedef struct SignatureSource {
    Str until; // a glob over functions
    Str from;
} SignatureSource;

// Texts are code of the language of the tree; dotted names in them are imported where the place does not know their
// first part.
typedef struct SignatureRequest {
    SignatureAction action;
    Vec(Str) functions; // names, ends of names, or globs; a class stands for its constructor
    Str parameter;
    Str type;           // of a new parameter; may be empty
    Str about;          // what docstrings that list parameters say of it; empty: nothing
    Str new_name;       // SIGNATURE_RENAME
    int32_t position;   // POSITION_KEYWORD, POSITION_LAST, or counted from POSITION_FIRST
    Str default_value;  // of the parameter, so that calls may leave it out; empty: it is required
    Str value;          // what is passed by callers that do not gain the parameter; may be empty
    uint32_t hops;      // how many calls away from the functions callers gain it, too
    Vec(SignatureSource) sources; // functions that do not gain it, and what they pass; the first that fits counts
    Str replace;        // what in functions that have the parameter becomes it: "pkg.user", "pkg.current()", with the
                        // same arguments; "pkg.current(...)": with any
    bool by_name;       // calls pass it by name wherever they can
    Vec(Str) closed;    // globs over bases outside the tree that do not call what overrides their methods
    bool everywhere;    // calls of the name that do not resolve pass it, too
} SignatureRequest;

// An entry of `thread:`.
typedef struct ThreadRule {
    Str id;
    SignatureRequest request;
    Span span;
} ThreadRule;

void signature_request_release(SignatureRequest *request);

// "NAME" or "NAME: TYPE": the parameter and its type, which borrow from TEXT. False when it is neither.
bool signature_read_parameter(Str text, SignatureRequest *request);
// "keyword", "first", "last", or a number from 1 to 1000. False when it is none of them.
bool signature_read_position(Str text, int32_t *position);
// How far callers are followed when nobody says so: not at all when they are told what to pass, or may leave it out.
uint32_t signature_default_hops(const SignatureRequest *request);
// NULL, or why the parts of REQUEST do not go together; in the words of rules and command line alike.
const char *signature_mistake(const SignatureRequest *request);

#endif
