// The tests of a pack: small trees, and what weft must make of them.
//
// A test stands in the rule file (`tests:`), or is a folder tests/<name>/ beside it with before/,
// after/ (absent: unchanged) and, if wanted, a file `refused` with codes.
#ifndef WEFT_RULE_RULE_TEST_H
#define WEFT_RULE_RULE_TEST_H

#include "rule/pack.h"

typedef struct TestFile {
    Str path; // below the root of the tree, '/'-separated
    Str text;
} TestFile;
typedef Vec(TestFile) TestFiles;

typedef struct RuleTest {
    Str name;
    Str folder;       // of a test that is a folder; empty: it stands in the rule file
    Span span;        // of the test in the rule file
    Span expect_span; // of its `expect:`, from the first key to the end of the last value
    uint32_t indent;  // columns before an entry of `expect:` on a line of its own
    bool in_braces;   // `expect: { ... }`, which the span includes
    TestFiles before;
    TestFiles expect; // files that must be so afterwards; in a folder test all but the runtime
    bool unchanged;   // nothing may change
    bool checks_refused;
    Vec(Str) refused; // codes W2xx that must be reported, and no others
} RuleTest;

typedef struct RuleTests {
    Arena arena;
    FileId file; // the rule file, auxiliary in the sources it was read into
    Str text;    // of the rule file
    Vec(RuleTest) list; // those of the file in its order, then folders by name
} RuleTests;

// Reads the tests of PACK. The rule file becomes an auxiliary file of SOURCES, for messages. False
// after E4xx.
bool rule_tests_read(const Pack *pack, Sources *sources, RuleTests *tests,
                     Diagnostics *diagnostics);
void rule_tests_release(RuleTests *tests);

#endif
