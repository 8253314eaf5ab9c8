// Code patterns as data: what rules look for in the syntax of a file, and what was found.
//
// A matcher is a question about one syntax node; the rules build it, a front end compiles it
// (facts/language.h) and answers it for every node of a file in one walk. Patterns are code of the
// language with metavariables:
//     $NAME     any one node; the same name twice means the same code twice
//     $_, $_X   any one node
//     $$$NAME   any number of arguments, statements or elements, also none; $$$ without keeping them
// Semantics are those of ast-grep (https://ast-grep.github.io/guide/pattern-syntax.html), and so are
// the names of strictness and of relations. docs/rules.md is the reference.
#ifndef WEFT_FACTS_PATTERN_H
#define WEFT_FACTS_PATTERN_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/source.h"

typedef enum MatcherKind {
    MATCHER_PATTERN,  // text: looks like this code
    MATCHER_KIND,     // text: is a node of this kind of the grammar
    MATCHER_REGEX,    // text: some part of its text matches
    MATCHER_INSIDE,   // operand matches a node around it
    MATCHER_HAS,      // operand matches a node in it
    MATCHER_FOLLOWS,  // operand matches a node before it, among those beside it
    MATCHER_PRECEDES, // operand matches a node after it, among those beside it
    MATCHER_ALL,      // all operands match
    MATCHER_ANY,      // one of them does; the first counts
    MATCHER_NOT,      // operand does not
    MATCHER_NAMED,    // text: what the named matcher of that name says
} MatcherKind;

// What may be left over when code is compared with a pattern.
typedef enum Strictness {
    STRICTNESS_SMART,     // punctuation of the code, and comments; the default
    STRICTNESS_CST,       // nothing
    STRICTNESS_AST,       // punctuation of both
    STRICTNESS_RELAXED,   // punctuation of both, and comments
    STRICTNESS_SIGNATURE, // the same, and the texts of names and literals
} Strictness;

// How far a relation looks.
typedef enum MatcherReach {
    REACH_NEIGHBOR, // the next node only
    REACH_END,      // all the way
    REACH_UNTIL,    // until a node that `until` matches; that node still counts
} MatcherReach;

typedef struct Matcher Matcher;
struct Matcher {
    MatcherKind kind;
    Str text;
    Span span;              // of the text in the rule file
    Strictness strictness;  // MATCHER_PATTERN
    Str selector;           // MATCHER_PATTERN: the node of this kind in the text is the pattern
    const Matcher *first;   // operands, linked through `next`
    const Matcher *next;
    MatcherReach reach;     // relations
    const Matcher *until;
    bool is_replacement;    // MATCHER_PATTERN: the text was made from what a rule writes
    Str field;              // MATCHER_INSIDE, MATCHER_HAS: the field of the outer node; may be empty
};

// A matcher with a name, for MATCHER_NAMED.
typedef struct NamedMatcher {
    Str name;
    Span span;
    const Matcher *matcher;
} NamedMatcher;

// A question about what one metavariable stands for.
typedef struct PatternConstraint {
    uint32_t variable; // index into PatternRule.variables
    const Matcher *matcher;
} PatternConstraint;

#define PATTERN_VARIABLES_MAX 32

// One thing to look for.
typedef struct PatternRule {
    const Matcher *matcher;
    Vec(Str) variables; // names of all metavariables in it, without '$'
    Vec(PatternConstraint) constraints;
    // The code that stands there once the rule was applied, as a pattern: a match inside such code, or
    // that is such code, was replaced already. NULL when a rule does not replace. `$WEFT_CONTEXT`
    // stands for the context, `$WEFT_HEAD` for the dotted name that it begins with.
    const Matcher *replaced;
    bool is_expression; // it must be able to match an expression
} PatternRule;

typedef struct PatternRules {
    Vec(PatternRule) list;
    Vec(NamedMatcher) named;
} PatternRules;

void pattern_rules_release(PatternRules *rules);

// Adds the metavariables of the pattern TEXT that have a name to NAMES, each once.
typedef Vec(Str) StrList;
void pattern_variables(Str text, StrList *names);
// Has the pattern TEXT `$$$NAME`?
bool pattern_has_many(Str text, Str name);
// Index of NAME, -1 when it is not among the rule's variables.
int pattern_variable_index(const PatternRule *rule, Str name);

// ---- what was found -----------------------------------------------------------------------------
typedef struct PatternCapture {
    uint32_t variable;   // index into PatternRule.variables
    bool many;           // `$$$NAME`
    bool keywords;       // has arguments by name, which none by position may follow
    bool tight;          // needs no parentheses wherever it stands
    uint32_t start, end; // bytes; start == end: nothing was there
} PatternCapture;

typedef struct PatternMatch {
    uint32_t rule;       // index into PatternRules.list
    uint32_t start, end;
    uint32_t first_capture, capture_count; // range of PatternMatches.captures, by variable
    bool loose;          // what the rule writes there needs parentheses around it
    bool replaced;       // by PatternRule.replaced; the next five say what stood there
    bool replaced_itself;// the match is that code; otherwise it stands inside
    uint32_t head_start, head_end;       // `$WEFT_HEAD`; equal: it has none
    uint32_t context_start, context_end; // `$WEFT_CONTEXT`
} PatternMatch;

// A rule, or a regular expression in it, that took too long in a file and was not asked any further.
typedef struct PatternStop {
    Span rule; // where the rule file has it
    bool regex;
    Span at;   // the node that was too much
} PatternStop;

// The matches of one file, by start, then longest first, then rule.
typedef struct PatternMatches {
    Vec(PatternMatch) list;
    Vec(PatternCapture) captures;
    Vec(PatternStop) stops;
} PatternMatches;

void pattern_matches_release(PatternMatches *matches);

// Adds E412 for each rule among the COUNT stops, at the first place that was too much for it.
void pattern_stops_report(const PatternStop *stops, uint32_t count, const Sources *sources,
                          Diagnostics *diagnostics);

#endif
