// Regular expressions of rules: PCRE2, compiled once, used by several threads.
//
// Rules are untrusted: a search gives up after a bounded amount of work instead of backtracking for
// ever, and says so. Syntax: pcre2pattern(3); texts are UTF-8, `\w` and the like know Unicode.
#ifndef WEFT_BASE_REGEX_H
#define WEFT_BASE_REGEX_H

#include "base/str.h"

typedef struct Regex Regex;

typedef struct RegexError {
    size_t offset;     // bytes into the expression
    char message[160]; // PCRE2's own words
} RegexError;

typedef enum RegexResult {
    REGEX_NO,
    REGEX_YES,
    REGEX_STOPPED, // over the limit: nobody knows
} RegexResult;

// NULL when EXPRESSION is wrong; *ERROR then says where and why. The caller frees it.
Regex *regex_compile(Str expression, RegexError *error);
void regex_free(Regex *regex); // NULL is fine

// Does some part of SUBJECT match? Safe from several threads at once.
RegexResult regex_search(const Regex *regex, Str subject);

#endif
