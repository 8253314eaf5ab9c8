// Private to the pattern files of python/: patterns as trees of the grammar, and one matching.
//
// Reading order: pattern_parse.c (text to tree), pattern_compile.c (rules to a program),
// pattern_compare.c (a tree against a node), pattern_match.c (matchers), pattern_walk.c (a file),
// pattern_show.c (why not). The algorithm of the comparison is that of ast-grep
// (https://github.com/ast-grep/ast-grep, crates/core/src/match_tree), so that a pattern means the
// same in both.
#ifndef WEFT_PYTHON_PATTERN_H
#define WEFT_PYTHON_PATTERN_H

#include <tree_sitter/api.h>
#include "base/regex.h"
#include "facts/language.h"

enum {
    PATTERN_LENGTH_MAX = 8192, // bytes of a pattern
    PATTERN_DEPTH_MAX = 128,   // levels of its tree
    COMPARE_DEPTH_MAX = 1000,  // levels of code that two uses of one metavariable may have
    KIND_WORDS = 8,            // symbols of the grammar, 64 a word
    // Metavariables that weft adds to those of a rule.
    VARIABLE_HEAD = PATTERN_VARIABLES_MAX,
    VARIABLE_CONTEXT,
    VARIABLE_COUNT,
};

typedef enum PatternNodeKind {
    PATTERN_VARIABLE, // a metavariable
    PATTERN_LEAF,     // a token: its kind and text
    PATTERN_TREE,     // its kind and children
} PatternNodeKind;

typedef struct PatternNode PatternNode;
struct PatternNode {
    PatternNodeKind kind;
    TSSymbol symbol;
    bool named;         // a rule of the grammar; else punctuation or a keyword
    bool many;          // PATTERN_VARIABLE: any number of nodes
    bool any_token;     // PATTERN_VARIABLE: `$$NAME`, also punctuation
    int32_t variable;   // PATTERN_VARIABLE: what keeps it, -1 for none
    Str text;           // as written: `$NAME`, `foo`
    const PatternNode *children;
    uint32_t child_count;
};

// A parsed pattern.
typedef struct ParsedPattern {
    const PatternNode *root;
    TSSymbol selected; // with a selector: only nodes of this kind; else 0
} ParsedPattern;

// What is wrong with the text of a pattern.
typedef struct PatternError {
    uint32_t start, end; // bytes of the text
    char message[120];
    const char *help;
} PatternError;

// Symbols of the grammar that a node must have to match; a set with `all` holds every one.
typedef struct KindSet {
    bool all;
    uint64_t words[KIND_WORDS];
} KindSet;

typedef struct CompiledMatcher CompiledMatcher;
struct CompiledMatcher {
    MatcherKind kind;
    ParsedPattern pattern;
    Strictness strictness;
    TSSymbol symbol;      // MATCHER_KIND
    const Regex *regex;
    uint32_t regex_index; // into PatternProgram.regexes
    const CompiledMatcher *first, *next; // MATCHER_NAMED: first = what it names
    MatcherReach reach;
    const CompiledMatcher *until;
    TSFieldId field; // 0: none
    KindSet kinds;
};

typedef struct CompiledConstraint {
    uint32_t variable;
    const CompiledMatcher *matcher;
} CompiledConstraint;

typedef struct CompiledRule {
    const CompiledMatcher *matcher;
    const CompiledMatcher *replaced; // NULL when there is none
    uint32_t variable_count;
    Vec(CompiledConstraint) constraints;
    Span span;
} CompiledRule;

typedef struct CompiledRegex {
    Regex *regex;
    Span span;
} CompiledRegex;

struct PatternProgram {
    Arena arena;
    Vec(CompiledRule) rules;
    Vec(CompiledRegex) regexes;
    uint32_t symbol_count;
    uint32_t *first_rule; // by symbol: rules that a node of it may match are
    Vec(uint32_t) by_symbol; // by_symbol[first_rule[s] .. first_rule[s + 1])
    Vec(uint32_t) for_any;   // rules that any node may match; also in by_symbol
};

// What a metavariable stands for: a range of Matching.bound.
typedef struct BoundVariable {
    bool bound, many;
    uint32_t first, count;
} BoundVariable;

// Where a comparison failed, for pattern_show.c: the place that is furthest into the code.
typedef struct Mismatch {
    const PatternNode *wanted; // NULL: nothing more was wanted
    TSNode found;
    bool nothing_left;         // the code ended in `found`
    bool other_text;           // a metavariable stood for other code before
    uint32_t offset;           // of `found`
    bool is_set;
} Mismatch;

// The state of matching in one file.
typedef struct Matching {
    const PatternProgram *program;
    Str text;
    uint32_t variable_count;
    BoundVariable variables[VARIABLE_COUNT];
    Vec(TSNode) bound;
    Vec(TSNode) nodes;  // stack of listed children
    Vec(TSNode) path;   // the node at hand and those around it, the root first
    TSTreeCursor cursor; // for listing children only
    bool *stopped;      // by regex: it went over its limit in this file
    uint64_t steps_left; // of the rule at hand, in this file: nodes that are looked at
    Mismatch *mismatch; // NULL unless somebody asks
} Matching;

// Children of a node: a range of Matching.nodes. children_end gives it back, last opened first.
typedef struct Children {
    uint32_t first, count;
} Children;

// ---- pattern_parse.c ----
// The tree of TEXT, in ARENA. VARIABLES are the names that its metavariables may have. False when
// TEXT is no pattern.
bool pattern_parse(Arena *arena, Str text, Str selector, const Str *variables, uint32_t count,
                   ParsedPattern *parsed, PatternError *error);

// ---- pattern_compare.c ----
// Counts a node that is looked at; false when the rule has looked at too many.
static inline bool matching_step(Matching *matching) {
    return matching->steps_left > 0 && matching->steps_left-- > 0;
}
// One tree at a time: what was bound for another one is gone.
void matching_start(Matching *matching, const PatternProgram *program, TSNode root, Str text,
                    bool *stopped);
void matching_release(Matching *matching);
// All children of a node, behind those that are in use; they are given back in the opposite order.
Children children_of(Matching *matching, TSNode node);
void children_end(Matching *matching, Children children);
Str node_code(const Matching *matching, TSNode node);
// Does NODE look like PATTERN? Metavariables of a failed comparison are as they were before.
bool pattern_compare(Matching *matching, const ParsedPattern *pattern, Strictness strictness,
                     TSNode node);

// ---- pattern_match.c ----
// Does NODE match? Metavariables of a failed match are as they were before.
bool matcher_matches(Matching *matching, const CompiledMatcher *matcher, TSNode node);
bool kind_set_has(const KindSet *set, TSSymbol symbol);
// The node around NODE; a null node for the root.
TSNode node_around(const Matching *matching, TSNode node);

// ---- pattern_compile.c, pattern_walk.c, pattern_show.c: see LanguagePatterns ----
PatternProgram *python_compile_patterns(const PatternRules *rules, const Sources *sources,
                                        Diagnostics *diagnostics);
void python_free_patterns(PatternProgram *program);
void python_search(const PatternProgram *program, const SourceFile *file, FileId id,
                   PatternMatches *matches);
// The same for a tree that is there already.
void pattern_walk_tree(const PatternProgram *program, const TSTree *tree, Str text, FileId id,
                       PatternMatches *matches);
void python_show_pattern(const PatternProgram *program, StrBuf *out);
void python_explain_pattern(const PatternProgram *program, const SourceFile *file,
                            uint32_t line, StrBuf *out);

#endif
