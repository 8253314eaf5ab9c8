// In: rules, and the front ends that know what an expression is. Out: E410 for what a rule writes into the
// code and is none, before a rewritten file shows it.
#include "rule/expression.h"

typedef struct Checking {
    const Languages *languages;
    Diagnostics *diagnostics;
    StrBuf text, names;
} Checking;

// EXPRESSION with a name for each placeholder, between BEFORE and AFTER.
static bool parses(Checking *checking, const Language *language, const char *before, Str expression, const char *after) {
    strbuf_clear(&checking->text);
    strbuf_add_text(&checking->text, before);
    for (size_t at = 0; at < expression.length; at++) {
        Str rest = str_slice(expression, at, expression.length);
        ptrdiff_t close = rest.data[0] == '{' ? str_find(rest, '}') : -1;
        if (close > 0) {
            strbuf_add_char(&checking->text, 'x');
            at += (size_t)close;
        } else {
            strbuf_add_char(&checking->text, rest.data[0]);
        }
    }
    strbuf_add_text(&checking->text, after);
    uint32_t first;
    return language->count_errors(strbuf_str(&checking->text), &first) == 0;
}

// By itself it may be a statement, in parentheses it may begin with a closing one: an expression is both.
static void check(Checking *checking, const char *key, Str expression, Span span) {
    if (expression.length == 0) return;
    strbuf_clear(&checking->names);
    for (uint32_t i = 0; i < checking->languages->count; i++) {
        const Language *language = checking->languages->list[i];
        if (parses(checking, language, "", expression, "\n") &&
            parses(checking, language, "(", expression, ")\n"))
            return;
        strbuf_addf(&checking->names, "%s%s", i ? " or " : "", language->name);
    }
    diagnostic_add(checking->diagnostics, DIAGNOSTIC_E410, span,
                   "what '%s' says is no expression of %s", key, checking->names.data);
    diagnostic_help(checking->diagnostics,
                    "look for a parenthesis or a quote that is missing or too many");
}

bool rules_check_expressions(const Rules *rules, const Languages *languages,
                             Diagnostics *diagnostics) {
    uint32_t errors = diagnostics->error_count;
    Checking checking = {.languages = languages, .diagnostics = diagnostics};
    for (uint32_t i = 0; i < rules->sinks.count; i++) {
        const SinkRule *rule = &rules->sinks.items[i];
        if (rule->kind != SINK_PATTERN) // that is compiled, with its metavariables
            check(&checking, "replace", rule->replace, rule->replace_span);
    }
    for (uint32_t i = 0; i < rules->carriers.count; i++)
        check(&checking, "expression", rules->carriers.items[i].expression,
              rules->carriers.items[i].expression_span);
    for (uint32_t i = 0; i < rules->boundaries.count; i++)
        check(&checking, "create", rules->boundaries.items[i].create,
              rules->boundaries.items[i].create_span);
    if (rules->language.length) check(&checking, "ambient", rules->context.ambient, rules->context.span);
    check(&checking, "context", rules->regression.context, rules->regression.span);
    strbuf_release(&checking.text);
    strbuf_release(&checking.names);
    return diagnostics->error_count == errors;
}
