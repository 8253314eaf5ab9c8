// Why weft decided what it decided, for one thing that a person asks about: the model, and who fills
// and prints it.
//
// A query names a function, class or sink symbol (by full or partial dotted name), a line of a file, or
// a diagnostic code. The answer is a list of subjects, each with its decision, the reasons, and the
// shortest chains over calls: down to an access, and here from each origin of the context.
#ifndef WEFT_EXPLAIN_EXPLAIN_H
#define WEFT_EXPLAIN_EXPLAIN_H

#include <stdio.h>
#include "solve/solution.h"
#include "source/place.h"

// All stages up to the solution have run, and the diagnostics are sorted. For a code, the sources and
// diagnostics are enough.
typedef struct ExplainInput {
    const Sources *sources;
    const Program *program;
    const Solution *solution;
    const Diagnostics *diagnostics;
} ExplainInput;

// How a chain goes on, read from the origin towards the access.
typedef enum StepKind {
    STEP_START,     // it begins here
    STEP_CALL,      // calls a function
    STEP_MAKE,      // makes an instance of a class
    STEP_HAND_OVER, // hands a function over to be run
    STEP_KEEP,      // the constructor keeps the context in the object
    STEP_METHOD,    // a method uses what its object keeps
    STEP_CARRY,     // a function gets the object as a parameter
    STEP_INNER,     // a nested function uses the variable
    STEP_OVERRIDE,  // a function of the same override family runs
    STEP_GET,       // asks a singleton's accessor, which makes the instance
    STEP_ACCESS,    // the access itself
} StepKind;

typedef struct ExplainStep {
    StepKind kind;
    Str name;             // what is called, made, ...
    Str brief;            // the same without its module
    SinkKind access;      // STEP_ACCESS
    Place place;          // of the call or access; of the definition where there is none
    const char *evidence; // how the target is known; NULL where nothing had to be found out
    Str remark;           // of the first and the last step
} ExplainStep;

typedef struct ExplainChain {
    uint32_t origin; // Origin bit; 0 for the chain down to an access
    Vec(ExplainStep) steps;
} ExplainChain;

// A place that belongs to a subject: a construction of a class, an access of a symbol.
typedef struct ExplainSite {
    Place place;
    Str where;           // the function that runs it, or "module level"; of a code: the message
    Str brief;           // the same in few words
    const char *outcome; // one word
    DiagnosticCode code; // valid when has_code
    bool has_code;
} ExplainSite;

typedef enum SubjectKind {
    SUBJECT_FUNCTION,
    SUBJECT_CLASS,
    SUBJECT_SYMBOL,  // what a sink rule names, or a singleton that was found
    SUBJECT_ACCESS,  // one sink
    SUBJECT_CALL,    // one call, construction or hand-over that passes the context
    SUBJECT_MESSAGE, // a diagnostic about a place that is none of these
    SUBJECT_CODE,    // a diagnostic code
} SubjectKind;

typedef struct Subject {
    SubjectKind kind;
    const char *noun; // "method", "constructor", "class", ...
    Str name;
    Place place;
    const char *decision; // one stable word
    Vec(Str) changes;     // what happens to it, as phrases
    Vec(Str) reasons;     // why
    uint32_t origins;     // Origin bits of the context that arrives
    DiagnosticCode code;  // valid when has_code
    bool has_code;
    Str remedy; // what a person can do; of the code
    Vec(ExplainChain) chains;
    const char *site_title; // what the sites are; NULL when there are none to speak of
    Vec(ExplainSite) sites;
    Str meaning, example; // SUBJECT_CODE
} Subject;

typedef enum AnswerKind {
    ANSWER_SUBJECTS,
    ANSWER_CANDIDATES, // the name is ambiguous: the subjects have name, place and decision only
    ANSWER_NOTHING,    // nothing is decided on the line
} AnswerKind;

typedef struct Explanation {
    Arena arena;
    Str query;
    AnswerKind answer;
    Vec(Subject) subjects;
    Place nearest; // ANSWER_NOTHING: the nearest line on which something is decided
    Str inside;    // ANSWER_NOTHING: the function around the line; may be empty
} Explanation;

// True when QUERY is written like a diagnostic code.
bool explain_is_code(Str query);
// Answers QUERY. False after an error in MISTAKES when it names nothing.
bool explain_build(const ExplainInput *input, Str query, Diagnostics *mistakes,
                   Explanation *explanation);
void explain_release(Explanation *explanation);

// For people; COLOR as on a terminal.
void explain_write_text(const Explanation *explanation, bool color, FILE *out);
// The chains as a graph for Graphviz: a node for each function, class and access on them, an ellipse for each origin, an
// arrow for each step with its place. What several chains have in common is there once.
void explain_write_dot(const Explanation *explanation, FILE *out);
// One object: schema_version, query, answer, subjects. Keys are in a fixed order.
void explain_write_json(const Explanation *explanation, FILE *out);

// "calls", "makes", ...: the step's verb in text, and its stable word in JSON.
const char *step_verb(const ExplainStep *step);
const char *step_word(StepKind kind);

#endif
