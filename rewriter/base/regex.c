// PCRE2 behind three functions. In: an expression, then texts. Out: yes, no or stopped. Must never
// run without its limits.
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/bug.h"

enum {
    LENGTH_MAX = 10000,  // bytes of an expression
    NESTING_MAX = 100,   // of parentheses
    MATCH_MAX = 100000,  // steps of backtracking: about a millisecond
    DEPTH_MAX = 10000,   // of nested backtracking, where there is no JIT
    HEAP_MAX = 16 * 1024 // KiB
};

struct Regex {
    pcre2_code *code;
    pcre2_match_context *context; // the limits
};

static pcre2_code *compile(Str expression, int *error, PCRE2_SIZE *offset) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) memory_gone(0);
    pcre2_set_max_pattern_length(context, LENGTH_MAX);
    pcre2_set_parens_nest_limit(context, NESTING_MAX);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(expression.data ? expression.data : ""),
                                     expression.length,
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, error,
                                     offset, context);
    pcre2_compile_context_free(context);
    return code;
}

Regex *regex_compile(Str expression, RegexError *error) {
    int code_of_error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = compile(expression, &code_of_error, &offset);
    if (!code) {
        if (code_of_error == PCRE2_ERROR_HEAP_FAILED) memory_gone(0);
        *error = (RegexError){.offset = offset < expression.length ? offset : expression.length};
        pcre2_get_error_message(code_of_error, (PCRE2_UCHAR *)error->message,
                                sizeof error->message);
        return NULL;
    }
    // Where there is no JIT, or the expression is not for it, the interpreter does the same.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (!context) memory_gone(0);
    pcre2_set_match_limit(context, MATCH_MAX);
    pcre2_set_depth_limit(context, DEPTH_MAX);
    pcre2_set_heap_limit(context, HEAP_MAX);
    Regex *regex = memory_alloc(sizeof *regex);
    *regex = (Regex){code, context};
    return regex;
}

void regex_free(Regex *regex) {
    if (!regex) return;
    pcre2_match_context_free(regex->context);
    pcre2_code_free(regex->code);
    free(regex);
}

RegexResult regex_search(const Regex *regex, Str subject) {
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (!data) memory_gone(0);
    int result = pcre2_match(regex->code, (PCRE2_SPTR)(subject.data ? subject.data : ""),
                             subject.length, 0, 0, data, regex->context);
    pcre2_match_data_free(data);
    if (result >= 0) return REGEX_YES;
    switch (result) {
    case PCRE2_ERROR_NOMEMORY: memory_gone(0);
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
    case PCRE2_ERROR_RECURSELOOP: return REGEX_STOPPED;
    default: return REGEX_NO; // also a text that is not UTF-8
    }
}
