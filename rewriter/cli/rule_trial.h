// Carrying out the tests of a pack (rule/rule_test.h): each in a folder of its own that is gone afterwards.
#ifndef WEFT_CLI_RULE_TRIAL_H
#define WEFT_CLI_RULE_TRIAL_H

#include "cli/options.h"
#include "rule/rule_test.h"

typedef struct Trial {
    const Pack *pack;
    const RuleTest *test;
    bool passed;
    bool differs;    // the files afterwards are not those that the test expects
    bool broken;     // something else is wrong, which no other expectation would mend
    StrBuf fault;    // what is wrong, for a person; lines
    Arena arena;
    TestFiles after; // files that weft changed, and with a folder test all files
} Trial;

// Runs the trial: the tree of the test through the whole pipeline. It passes when the result is what
// the test expects, a second run changes nothing, and taking it back restores every byte. MODE as for
// any other command. Safe to call from several threads on different trials.
void trial_run(Trial *trial, const Options *options);
void trial_release(Trial *trial);

// Writes what weft makes of the tree into the test: folder after/, or `expect:` of the rule file. TEXT
// is the rule file; the spans of tests are those of the file as it was read, so accept from the last
// to the first. False when the test cannot hold it; FAULT says why.
bool trial_accept(Trial *trial, StrBuf *text);

#endif
