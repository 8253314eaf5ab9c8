// getattr(x, name) with a computed name: which methods may be meant.
// Comes in: TYPE_DYNAMIC terms that are called or handed on. Goes out: EDGE_ESCAPE rows with
// EdgeFact.by_name. Must never make a call edge: the next name may be that of something else.
#include "python/resolve/resolver.h"

// What is known of the name: how it begins and ends.
typedef struct NamePattern {
    Str prefix, suffix;
} NamePattern;

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) {
    return facts_expr(resolver->facts, expr);
}

static Str literal_text(const Resolver *resolver, ExprId expr) {
    const ExprFact *row = row_of(resolver, expr);
    return row->kind == EXPR_STRING && row->name.index ? facts_name(resolver->facts, row->name)
                                                       : STR_NONE;
}

static bool is_word(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// f"on_{kind}_event": the words before the first and behind the last interpolation.
static NamePattern interpolated_pattern(const Resolver *resolver, ExprId expr) {
    const ExprFact *row = row_of(resolver, expr);
    Str text = facts_text(resolver->facts, facts_expr_module(resolver->facts, expr), row->start,
                          row->end);
    NamePattern pattern = {STR_NONE, STR_NONE};
    ptrdiff_t open = str_find(text, '{'), close = str_find_last(text, '}');
    if (open < 0 || close < open) return pattern;
    size_t from = (size_t)open, to = (size_t)close + 1;
    while (from > 0 && is_word(text.data[from - 1])) from--;
    while (to < text.length && is_word(text.data[to])) to++;
    bool quoted = from > 0 && (text.data[from - 1] == '"' || text.data[from - 1] == '\'');
    if (quoted) pattern.prefix = str_slice(text, from, (size_t)open);
    if (to < text.length && (text.data[to] == '"' || text.data[to] == '\''))
        pattern.suffix = str_slice(text, (size_t)close + 1, to);
    return pattern;
}

static NamePattern pattern_of(const Resolver *resolver, ExprId name) {
    const ExprFact *row = row_of(resolver, name);
    NamePattern pattern = {STR_NONE, STR_NONE};
    if (row->kind == EXPR_STRING && fact_is(row->first_child))
        return interpolated_pattern(resolver, name);
    if (row->operator_ != OPERATOR_ARITHMETIC || !fact_is(row->first_child)) return pattern;
    Str text = facts_text(resolver->facts, facts_expr_module(resolver->facts, name), row->start,
                          row->end);
    if (str_find(text, '%') >= 0 || str_find(text, '*') >= 0) return pattern;
    ExprId last = row->first_child; // "on_" + kind + "_event"
    pattern.prefix = literal_text(resolver, last);
    while (fact_is(row_of(resolver, last)->next_sibling))
        last = row_of(resolver, last)->next_sibling;
    pattern.suffix = literal_text(resolver, last);
    return pattern;
}

static bool may_match(NamePattern pattern, Str name) {
    return name.length >= pattern.prefix.length + pattern.suffix.length &&
           str_starts_with(name, pattern.prefix) &&
           str_equal(str_slice(name, name.length - pattern.suffix.length, name.length),
                     pattern.suffix);
}

static void escape_methods(Resolver *resolver, ExprId expr, ClassId klass, NamePattern pattern) {
    Facts *facts = resolver->facts;
    const uint32_t never = FUNCTION_CONSTRUCTOR | FUNCTION_SPECIAL | FUNCTION_CREATOR |
                           FUNCTION_PROPERTY | FUNCTION_OVERLOAD;
    ScopeId body = facts_class(facts, klass)->body;
    for (SymbolId s = facts_scope(facts, body)->first_symbol; fact_is(s);
         s = facts_symbol(facts, s)->next_in_scope) {
        FunctionId function = resolver_function_of_symbol(resolver, s);
        if (!fact_is(function) || (facts_function(facts, function)->flags & never)) continue;
        if (!may_match(pattern, facts_name(facts, facts_symbol(facts, s)->name))) continue;
        EdgeFact edge = {.kind = EDGE_ESCAPE,
                         .evidence = EVIDENCE_INFERRED,
                         .expr = expr,
                         .callee = function,
                         .by_name = true};
        vec_add(&facts->edges, edge);
    }
}

void dynamic_add_escapes(Resolver *resolver, ExprId expr, TypeTerm term) {
    const Facts *facts = resolver->facts;
    NamePattern pattern = pattern_of(resolver, (ExprId){term.b});
    const ClassFact row = facts->classes.items[term.a];
    for (uint32_t i = 0; i < row.ancestor_count; i++)
        escape_methods(resolver, expr, facts->ancestors.items[row.first_ancestor + i], pattern);
    for (uint32_t i = resolver->first_child_class[term.a];
         i < resolver->first_child_class[term.a + 1]; i++)
        escape_methods(resolver, expr, resolver->child_classes[i], pattern);
}

// Calls that only look at a value, or write it down.
static bool only_reads(Str name) {
    static const char *const READERS[] = {"debug", "info", "warning", "error", "exception",
                                          "critical", "log", "print", "format", "join", "write",
                                          "dumps", "dump", "append", "add", "setattr"};
    for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++)
        if (str_is(name, READERS[i])) return true;
    return false;
}

static bool leaves_tree(Resolver *resolver, const CallFact *call) {
    const ExprFact *callee = row_of(resolver, call->callee);
    Str name = facts_name(resolver->facts, callee->name);
    if (only_reads(name)) return false;
    TypeId type = value_of(resolver, call->callee);
    TypeTerm term = resolver->types.terms.items[type.index];
    if (term.kind == TYPE_EXTERNAL)
        return str_find(facts_name(resolver->facts, (Name){term.a}), '.') >= 0;
    return term.kind == TYPE_UNKNOWN || term.kind == TYPE_FOREIGN;
}

void resolve_dynamic_arguments(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    bool any = false;
    for (uint32_t i = 0; i < types->terms.count && !any; i++)
        any = types->terms.items[i].kind == TYPE_DYNAMIC;
    for (uint32_t i = 1; any && i < facts->arguments.count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[i];
        const CallFact *call = facts_call(facts, argument->call);
        TypeId value = value_of(resolver, argument->value);
        for (uint32_t k = 0; k < type_member_count(types, value); k++) {
            TypeTerm term = types->terms.items[type_member(types, value, k).index];
            if (term.kind == TYPE_DYNAMIC && leaves_tree(resolver, call))
                dynamic_add_escapes(resolver, argument->value, term);
        }
    }
}

Name dynamic_literal(const Resolver *resolver, ExprId callee) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = row_of(resolver, callee);
    if (row->kind != EXPR_CALL) return NAME_NONE;
    const ExprFact *inner = row_of(resolver, row->base);
    const CallFact *call = facts_call(facts, row->call);
    if (inner->kind != EXPR_NAME || !name_equal(inner->name, resolver->known.getattr) ||
        call->argument_count < 2)
        return NAME_NONE;
    const ExprFact *name =
        row_of(resolver, facts->arguments.items[call->first_argument + 1].value);
    return name->kind == EXPR_STRING ? name->name : NAME_NONE;
}
