// getattr(x, name) with a computed name: which methods, or functions of a module, may be meant.
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
    Str text =
        facts_text(resolver->facts, facts_expr_module(resolver->facts, expr), row->start, row->end);
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
    Str text =
        facts_text(resolver->facts, facts_expr_module(resolver->facts, name), row->start, row->end);
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
    static const char *const READERS[] = {
        "debug",  "info", "warning", "error", "exception", "critical", "log", "print",
        "format", "join", "write",   "dumps", "dump",      "append",   "add", "setattr"};
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
    const ExprFact *name = row_of(resolver, facts->arguments.items[call->first_argument + 1].value);
    return name->kind == EXPR_STRING ? name->name : NAME_NONE;
}

// ---- functions of modules ----------------------------------------------------------------------------
static NamePattern exact_pattern(Str name) { return (NamePattern){name, STR_NONE}; }

// The module keeps the name: an import of it is read here.
static void escape_function(Resolver *resolver, ExprId expr, SymbolId symbol) {
    Facts *facts = resolver->facts;
    SymbolId definition = facts->symbol_definitions.items[symbol.index];
    FunctionId function = resolver_function_of_symbol(resolver, definition);
    ClassId klass = resolver_class_of_symbol(resolver, definition);
    if (!fact_is(function) && !fact_is(klass)) return;
    if (fact_is(resolver->symbol_import[symbol.index]))
        vec_add(&facts->passed_names, ((PassedName){expr, symbol}));
    EdgeFact edge = {.kind = EDGE_ESCAPE,
                     .evidence = EVIDENCE_INFERRED,
                     .expr = expr,
                     .callee = fact_is(klass) ? facts_class(facts, klass)->constructor : function,
                     .klass = klass,
                     .by_name = true};
    vec_add(&facts->edges, edge);
}

void dynamic_escape_module(Resolver *resolver, ExprId expr, ModuleId module) {
    SymbolId symbol = facts_scope(resolver->facts, facts_module(resolver->facts, module)->scope)->first_symbol;
    for (; fact_is(symbol); symbol = facts_symbol(resolver->facts, symbol)->next_in_scope)
        if (!fact_is(resolver->symbol_import[symbol.index])) escape_function(resolver, expr, symbol);
}

// What the module has under a name that PATTERN fits; with EXACT, under that name.
static void escape_functions(Resolver *resolver, ExprId expr, ModuleId module, NamePattern pattern,
                             bool exact) {
    const Facts *facts = resolver->facts;
    ScopeId scope = facts_module(facts, module)->scope;
    for (SymbolId s = facts_scope(facts, scope)->first_symbol; fact_is(s);
         s = facts_symbol(facts, s)->next_in_scope) {
        Str name = facts_name(facts, facts_symbol(facts, s)->name);
        if (exact ? str_equal(name, pattern.prefix) : may_match(pattern, name))
            escape_function(resolver, expr, s);
    }
}

// globals(), vars(module), module.__dict__: whose names they are; none for anything else.
static ModuleId module_of_names(Resolver *resolver, ExprId names) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = row_of(resolver, names);
    ExprId object = FACT_NONE(ExprId);
    if (row->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, row->name), "__dict__"))
        object = row->base;
    if (row->kind == EXPR_CALL) {
        const CallFact *call = facts_call(facts, row->call);
        Str callee = facts_name(facts, row_of(resolver, call->callee)->name);
        if (str_is(callee, "globals") && !call->argument_count)
            return facts_expr_module(facts, names);
        if (str_is(callee, "vars") && call->argument_count == 1)
            object = facts->arguments.items[call->first_argument].value;
    }
    TypeTerm term =
        type_term(&resolver->types, fact_is(object) ? value_of(resolver, object) : (TypeId){0});
    return term.kind == TYPE_MODULE ? resolver_module(resolver, (Name){term.a})
                                    : FACT_NONE(ModuleId);
}

static void escape_key(Resolver *resolver, ExprId expr, ModuleId module, ExprId key) {
    Str text = literal_text(resolver, key);
    if (!fact_is(module) || !fact_is(key)) return;
    escape_functions(resolver, expr, module,
                     text.length ? exact_pattern(text) : pattern_of(resolver, key),
                     text.length > 0);
}

// eval("label(6)"): every word of it may be a name of the module.
static void escape_words(Resolver *resolver, ExprId expr, Str code) {
    ModuleId module = facts_expr_module(resolver->facts, expr);
    for (size_t at = 0, end; at < code.length; at = end + 1) {
        for (end = at; end < code.length && is_word(code.data[end]);) end++;
        if (end > at)
            escape_functions(resolver, expr, module, exact_pattern(str_slice(code, at, end)), true);
    }
}

static void escape_by_call(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    const ExprFact *callee = row_of(resolver, call->callee);
    Str name = facts_name(facts, callee->name);
    if (!call->argument_count) return;
    ExprId first = facts->arguments.items[call->first_argument].value;
    if (callee->kind == EXPR_ATTRIBUTE && str_is(name, "get")) {
        escape_key(resolver, call->expr, module_of_names(resolver, callee->base), first);
    } else if (callee->kind == EXPR_NAME && str_is(name, "getattr") && call->argument_count > 1) {
        TypeTerm term = type_term(&resolver->types, value_of(resolver, first));
        ExprId asked = facts->arguments.items[call->first_argument + 1].value;
        if (term.kind == TYPE_MODULE && !literal_text(resolver, asked).length)
            escape_key(resolver, call->expr, resolver_module(resolver, (Name){term.a}), asked);
    } else if (callee->kind == EXPR_NAME && (str_is(name, "eval") || str_is(name, "exec"))) {
        escape_words(resolver, call->expr, literal_text(resolver, first));
    }
}

void resolve_dynamic_names(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->calls.count; i++)
        escape_by_call(resolver, &facts->calls.items[i]);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind == EXPR_SUBSCRIPT && !(expr->flags & (EXPR_STORED | EXPR_DELETED)) &&
            !reflection_global(resolver, expr).index) // globals()["f"] is the function itself
            escape_key(resolver, (ExprId){i}, module_of_names(resolver, expr->base),
                       expr->first_child);
    }
}
