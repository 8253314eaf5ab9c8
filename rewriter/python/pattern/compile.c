// Rules to a program. In: matchers as the rules have them. Out: parsed patterns, grammar symbols,
// compiled expressions, and for each kind of node the rules that it may match; or diagnostics. A
// program is read by all threads and never changes.
#include <string.h>

#include "base/bug.h"
#include "python/syntax/kinds.h"
#include "python/pattern/pattern.h"

typedef struct Compiler {
    PatternProgram *program;
    const PatternRules *rules;
    const Sources *sources;
    Diagnostics *diagnostics;
    const Str *variables; // of the rule at hand
    uint32_t variable_count;
    // By PatternRules.named, for the rule at hand, whose metavariables they share: NULL for not yet.
    const CompiledMatcher **named;
    bool *open; // by PatternRules.named: being compiled
    bool failed;
} Compiler;

// ---- kinds ---------------------------------------------------------------------------------------
static KindSet every_kind(void) { return (KindSet){.all = true}; }

static KindSet one_kind(TSSymbol symbol) {
    KindSet set = {0};
    if (symbol >= KIND_WORDS * 64) return every_kind(); // ERROR
    set.words[symbol / 64] = (uint64_t)1 << (symbol % 64);
    return set;
}

static void unite(KindSet *set, const KindSet *other) {
    set->all = set->all || other->all;
    for (int i = 0; i < KIND_WORDS; i++) set->words[i] |= other->words[i];
}

static void intersect(KindSet *set, const KindSet *other) {
    if (other->all) return;
    if (set->all) {
        *set = *other;
        return;
    }
    for (int i = 0; i < KIND_WORDS; i++) set->words[i] &= other->words[i];
}

static KindSet kinds_of_pattern(const ParsedPattern *pattern) {
    if (pattern->selected) return one_kind(pattern->selected);
    if (pattern->root->kind == PATTERN_VARIABLE) return every_kind();
    return one_kind(pattern->root->symbol);
}

static KindSet kinds_of(const CompiledMatcher *matcher) {
    KindSet set = every_kind();
    switch (matcher->kind) {
    case MATCHER_PATTERN: return kinds_of_pattern(&matcher->pattern);
    case MATCHER_KIND: return one_kind(matcher->symbol);
    case MATCHER_ALL:
        for (const CompiledMatcher *item = matcher->first; item; item = item->next)
            intersect(&set, &item->kinds);
        return set;
    case MATCHER_ANY:
        set = (KindSet){0};
        for (const CompiledMatcher *item = matcher->first; item; item = item->next)
            unite(&set, &item->kinds);
        return set;
    case MATCHER_NAMED: return matcher->first->kinds;
    case MATCHER_REGEX:
    case MATCHER_INSIDE:
    case MATCHER_HAS:
    case MATCHER_FOLLOWS:
    case MATCHER_PRECEDES:
    case MATCHER_NOT: return set;
    }
    return set;
}

// ---- mistakes ------------------------------------------------------------------------------------
// The part [start, end) of a matcher's text in the rule file, where it stands there as it is.
static Span part_of(const Compiler *compiler, const Matcher *matcher, uint32_t start,
                    uint32_t end) {
    Span span = matcher->span;
    if (span.file.index == 0) return span;
    Str file = source_file(compiler->sources, span.file)->text;
    for (uint32_t quote = 0; quote < 2; quote++) {
        uint32_t from = span.start + quote;
        Str there = str_slice(file, from, from + matcher->text.length);
        if (!str_equal(there, matcher->text)) continue;
        if (start == end && start < matcher->text.length) end++;
        return (Span){span.file, from + start, from + end};
    }
    return span;
}

static void report_pattern(Compiler *compiler, const Matcher *matcher, const PatternError *error) {
    compiler->failed = true;
    if (matcher->is_replacement) {
        diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E410, matcher->span,
                       "what 'replace' says is no expression: %s", error->message);
        return;
    }
    Span span = part_of(compiler, matcher, error->start, error->end);
    diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E410, span,
                   "the pattern '%.*s' does not parse: %s", STR_ARG(str_slice(matcher->text, 0, 80)),
                   error->message);
    if (error->help) diagnostic_help(compiler->diagnostics, "%s", error->help);
}

static void report_regex(Compiler *compiler, const Matcher *matcher, const RegexError *error) {
    compiler->failed = true;
    uint32_t offset = (uint32_t)error->offset;
    Span span = part_of(compiler, matcher, offset, offset);
    diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E411, span,
                   "the regular expression '%.*s' is wrong at its byte %u: %s",
                   STR_ARG(str_slice(matcher->text, 0, 80)), offset + 1, error->message);
    diagnostic_help(compiler->diagnostics, "the syntax is that of PCRE2: man pcre2pattern");
}

// The named rule of the grammar, or the field, whose name is nearest to GIVEN; NULL when none is near.
static const char *nearest(Str given, bool field) {
    const TSLanguage *language = kinds_language();
    uint32_t count = field ? ts_language_field_count(language) + 1
                           : ts_language_symbol_count(language);
    const char *best = NULL;
    size_t least = given.length / 2 < 4 ? given.length / 2 + 1 : 4;
    for (uint32_t i = 1; i < count; i++) {
        if (!field && ts_language_symbol_type(language, (TSSymbol)i) != TSSymbolTypeRegular)
            continue;
        const char *name = field ? ts_language_field_name_for_id(language, (TSFieldId)i)
                                 : ts_language_symbol_name(language, (TSSymbol)i);
        size_t distance = str_distance(given, str_from(name));
        if (distance >= least) continue;
        least = distance;
        best = name;
    }
    return best;
}

static void report_unknown(Compiler *compiler, Span span, const char *what, Str given) {
    compiler->failed = true;
    diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E407, span, "unknown %s '%.*s'", what,
                   STR_ARG(str_slice(given, 0, 80)));
    const char *near = nearest(given, what[0] == 'f');
    if (near)
        diagnostic_help(compiler->diagnostics, "did you mean '%s'?", near);
    else
        diagnostic_help(compiler->diagnostics,
                        "the names are those of tree-sitter-python; weft scan --debug-pattern "
                        "shows the kinds in a pattern");
}

// ---- matchers ------------------------------------------------------------------------------------
static const CompiledMatcher *compile_matcher(Compiler *compiler, const Matcher *matcher);

static void compile_pattern(Compiler *compiler, const Matcher *matcher, CompiledMatcher *to) {
    static const PatternNode nothing = {.kind = PATTERN_LEAF};
    PatternError error;
    to->strictness = matcher->strictness;
    if (matcher->selector.length > 0 &&
        !ts_language_symbol_for_name(kinds_language(), matcher->selector.data,
                                     (uint32_t)matcher->selector.length, true)) {
        report_unknown(compiler, matcher->span, "kind", matcher->selector);
    } else if (pattern_parse(&compiler->program->arena, matcher->text, matcher->selector,
                             compiler->variables, compiler->variable_count, &to->pattern,
                             &error)) {
        return;
    } else {
        report_pattern(compiler, matcher, &error);
    }
    to->pattern = (ParsedPattern){.root = &nothing};
}

static void compile_regex(Compiler *compiler, const Matcher *matcher, CompiledMatcher *to) {
    RegexError error;
    to->regex = regex_compile(matcher->text, &error);
    to->regex_index = compiler->program->regexes.count;
    if (!to->regex) {
        report_regex(compiler, matcher, &error);
        return;
    }
    CompiledRegex *row = vec_push(&compiler->program->regexes);
    *row = (CompiledRegex){(Regex *)to->regex, matcher->span};
}

static void compile_kind(Compiler *compiler, const Matcher *matcher, CompiledMatcher *to) {
    to->symbol = ts_language_symbol_for_name(kinds_language(), matcher->text.data,
                                             (uint32_t)matcher->text.length, true);
    if (to->symbol == 0) report_unknown(compiler, matcher->span, "kind", matcher->text);
}

static void compile_field(Compiler *compiler, const Matcher *matcher, CompiledMatcher *to) {
    if (matcher->field.length == 0) return;
    to->field = ts_language_field_id_for_name(kinds_language(), matcher->field.data,
                                              (uint32_t)matcher->field.length);
    if (to->field == 0) report_unknown(compiler, matcher->span, "field", matcher->field);
}

static const CompiledMatcher *compile_operands(Compiler *compiler, const Matcher *first) {
    const CompiledMatcher *list = NULL, **end = &list;
    for (const Matcher *item = first; item; item = item->next) {
        CompiledMatcher *compiled = (CompiledMatcher *)compile_matcher(compiler, item);
        *end = compiled;
        end = &compiled->next;
    }
    return list;
}

static int find_named(const PatternRules *rules, Str name) {
    for (uint32_t i = 0; i < rules->named.count; i++)
        if (str_equal(rules->named.items[i].name, name)) return (int)i;
    return -1;
}

static void report_named(Compiler *compiler, const Matcher *matcher, bool loop) {
    compiler->failed = true;
    diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E407, matcher->span,
                   loop ? "the matcher '%.*s' is defined by itself" : "unknown matcher '%.*s'",
                   STR_ARG(str_slice(matcher->text, 0, 80)));
    Str near = STR_NONE;
    for (uint32_t i = 0; i < compiler->rules->named.count && !loop; i++) {
        Str name = compiler->rules->named.items[i].name;
        if (str_distance(name, matcher->text) < 4) near = name;
    }
    if (near.length > 0)
        diagnostic_help(compiler->diagnostics, "did you mean '%.*s'?", STR_ARG(near));
    else if (!loop)
        diagnostic_help(compiler->diagnostics, "name it under 'matchers'");
}

static void compile_named(Compiler *compiler, const Matcher *matcher, CompiledMatcher *to) {
    static const CompiledMatcher nothing = {.kind = MATCHER_KIND};
    int index = find_named(compiler->rules, matcher->text);
    to->first = &nothing;
    if (index < 0 || compiler->open[index]) {
        report_named(compiler, matcher, index >= 0);
        return;
    }
    if (!compiler->named[index]) {
        compiler->open[index] = true;
        compiler->named[index] =
            compile_matcher(compiler, compiler->rules->named.items[index].matcher);
        compiler->open[index] = false;
    }
    to->first = compiler->named[index];
}

static const CompiledMatcher *compile_matcher(Compiler *compiler, const Matcher *matcher) {
    CompiledMatcher *to = arena_alloc(&compiler->program->arena, sizeof *to);
    to->kind = matcher->kind;
    to->reach = matcher->reach;
    switch (matcher->kind) {
    case MATCHER_PATTERN: compile_pattern(compiler, matcher, to); break;
    case MATCHER_KIND: compile_kind(compiler, matcher, to); break;
    case MATCHER_REGEX: compile_regex(compiler, matcher, to); break;
    case MATCHER_NAMED: compile_named(compiler, matcher, to); break;
    case MATCHER_INSIDE:
    case MATCHER_HAS:
    case MATCHER_FOLLOWS:
    case MATCHER_PRECEDES:
        compile_field(compiler, matcher, to);
        if (matcher->until) to->until = compile_matcher(compiler, matcher->until);
        to->first = compile_operands(compiler, matcher->first);
        break;
    case MATCHER_ALL:
    case MATCHER_ANY:
    case MATCHER_NOT: to->first = compile_operands(compiler, matcher->first); break;
    }
    to->kinds = kinds_of(to);
    return to;
}

// ---- expressions ---------------------------------------------------------------------------------
static void add_subtypes(KindSet *set, const char *supertype) {
    const TSLanguage *language = kinds_language();
    TSSymbol symbol = ts_language_symbol_for_name(language, supertype, (uint32_t)strlen(supertype),
                                                  true);
    uint32_t count = 0;
    const TSSymbol *subtypes = ts_language_subtypes(language, symbol, &count);
    for (uint32_t i = 0; i < count; i++) {
        KindSet one = one_kind(subtypes[i]);
        unite(set, &one);
    }
}

// A rule that replaces accesses must be able to match an expression.
static void check_expression(Compiler *compiler, const PatternRule *rule,
                             const CompiledMatcher *matcher) {
    KindSet expressions = {0}, both = matcher->kinds;
    if (both.all) return;
    add_subtypes(&expressions, "expression");
    add_subtypes(&expressions, "primary_expression");
    intersect(&both, &expressions);
    for (int i = 0; i < KIND_WORDS; i++)
        if (both.words[i]) return;
    compiler->failed = true;
    diagnostic_add(compiler->diagnostics, DIAGNOSTIC_E407, rule->matcher->span,
                   "a sink is an expression, but this matches none");
    diagnostic_help(compiler->diagnostics, "match the expression, and say with 'inside' which "
                                           "statement it is part of");
}

// ---- rules ---------------------------------------------------------------------------------------
static void compile_rule(Compiler *compiler, const PatternRule *rule) {
    compiler->variables = rule->variables.items;
    compiler->variable_count = rule->variables.count;
    BUG_UNLESS(rule->variables.count <= PATTERN_VARIABLES_MAX);
    memset(compiler->named, 0, compiler->rules->named.count * sizeof *compiler->named);
    bool failed_before = compiler->failed;
    compiler->failed = false;
    CompiledRule compiled = {.matcher = compile_matcher(compiler, rule->matcher),
                             .variable_count = rule->variables.count,
                             .span = rule->matcher->span};
    if (rule->is_expression && !compiler->failed) check_expression(compiler, rule, compiled.matcher);
    if (rule->replaced) compiled.replaced = compile_matcher(compiler, rule->replaced);
    for (uint32_t i = 0; i < rule->constraints.count; i++) {
        const PatternConstraint *constraint = &rule->constraints.items[i];
        vec_add(&compiled.constraints,
                ((CompiledConstraint){constraint->variable,
                                      compile_matcher(compiler, constraint->matcher)}));
    }
    compiler->failed = compiler->failed || failed_before;
    vec_add(&compiler->program->rules, compiled);
}

// Which rules a node of each kind may match.
static void index_rules(PatternProgram *program) {
    program->symbol_count = ts_language_symbol_count(kinds_language());
    BUG_UNLESS(program->symbol_count <= KIND_WORDS * 64);
    program->first_rule = arena_alloc(&program->arena, (program->symbol_count + 1) *
                                                           sizeof *program->first_rule);
    for (uint32_t symbol = 0; symbol < program->symbol_count; symbol++) {
        program->first_rule[symbol] = program->by_symbol.count;
        for (uint32_t i = 0; i < program->rules.count; i++)
            if (kind_set_has(&program->rules.items[i].matcher->kinds, (TSSymbol)symbol))
                vec_add(&program->by_symbol, i);
    }
    program->first_rule[program->symbol_count] = program->by_symbol.count;
    for (uint32_t i = 0; i < program->rules.count; i++)
        if (program->rules.items[i].matcher->kinds.all) vec_add(&program->for_any, i);
}

PatternProgram *python_compile_patterns(const PatternRules *rules, const Sources *sources,
                                        Diagnostics *diagnostics) {
    PatternProgram *program = memory_alloc_zeroed(1, sizeof *program);
    Compiler compiler = {.program = program,
                         .rules = rules,
                         .sources = sources,
                         .diagnostics = diagnostics};
    compiler.open = memory_alloc_zeroed(rules->named.count + 1, sizeof *compiler.open);
    compiler.named = memory_alloc_zeroed(rules->named.count + 1, sizeof *compiler.named);
    for (uint32_t i = 0; i < rules->list.count; i++) compile_rule(&compiler, &rules->list.items[i]);
    free(compiler.open);
    free(compiler.named);
    index_rules(program);
    if (!compiler.failed) return program;
    python_free_patterns(program);
    return NULL;
}

void python_free_patterns(PatternProgram *program) {
    if (!program) return;
    for (uint32_t i = 0; i < program->regexes.count; i++)
        regex_free(program->regexes.items[i].regex);
    for (uint32_t i = 0; i < program->rules.count; i++)
        vec_release(&program->rules.items[i].constraints);
    vec_release(&program->rules);
    vec_release(&program->regexes);
    vec_release(&program->by_symbol);
    vec_release(&program->for_any);
    arena_release(&program->arena);
    free(program);
}
