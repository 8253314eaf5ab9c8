// Exit statuses, the same for every command (README, "Exit codes"). When several apply, the status
// of a failure comes first: 6, 5, 4, 2, then 3, then 1.
#ifndef WEFT_CLI_EXIT_H
#define WEFT_CLI_EXIT_H

enum ExitStatus {
    EXIT_DONE = 0,
    EXIT_FOUND = 1,       // `diff --exit-code` found changes, or a gate failed
    EXIT_WRONG = 2,       // command line, configuration or rules; or no sound plan could be made
    EXIT_INCOMPLETE = 3,  // done, but some files could not be read or parsed
    EXIT_STALE = 4,       // the plan no longer fits the tree
    EXIT_ROLLED_BACK = 5, // apply failed; the tree is as it was
    EXIT_INTERRUPTED = 6, // interrupted, can be resumed
    EXIT_RULE_TEST = 7,   // a rule test failed
};

#endif
