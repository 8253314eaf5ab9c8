// Values from outside the tree: what reading, calling and iterating over them gives.
// Comes in: dotted names and types. Goes out: TYPE_FOREIGN where nothing of the tree can be inside, and
// TYPE_UNKNOWN where something may be.
// Must never call a value foreign that may be an object of the tree: its calls would not be reported.
#include <stdlib.h>

#include "python/resolve/resolver.h"

// Builtin functions and classes whose result is text, a number or a truth value. In byte order.
// clang-format off
static const char *const DATA[] = {
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr",
    "complex", "divmod", "float", "format", "hasattr", "hash", "hex", "id", "input", "int",
    "isinstance", "issubclass", "len", "memoryview", "oct", "ord", "pow", "range", "repr", "round",
    "slice", "str", "sum",
};
// Methods of text and bytes. In byte order.
static const char *const DATA_METHODS[] = {
    "capitalize", "casefold", "center", "count", "decode", "encode", "endswith", "expandtabs",
    "find", "format", "format_map", "hex", "index", "isalnum", "isalpha", "isascii", "isdecimal",
    "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle",
    "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
    "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split",
    "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper", "zfill",
};
// Parts of class names of which instances give back what was put in.
static const char *const KEEPERS[] = {
    "Cache", "Container", "Context", "Dict", "Executor", "Injector", "List", "Map", "Mock",
    "Namespace", "Pool", "Proxy", "Queue", "Registry", "Set", "Stack", "Store", "Var", "closing",
};
// Standard modules whose functions make values of their own whatever they are given.
static const char *const MAKERS[] = {
    "base64", "csv", "datetime", "glob", "hashlib", "hmac", "http", "json", "logging", "math",
    "os", "pathlib", "re", "secrets", "shutil", "socket", "sqlite3", "string", "struct",
    "subprocess", "tempfile", "time", "traceback", "urllib", "uuid", "zlib",
};
// Methods of objects that hand out what others gave them.
static const char *const HANDING[] = {
    "get", "lookup", "pop", "popitem", "require", "resolve", "result", "setdefault", "unwrap",
};
// clang-format on

static int compare_text(const void *key, const void *item) {
    return str_compare(*(const Str *)key, str_from(*(const char *const *)item));
}

static bool is_listed(Str name, const char *const *list, size_t count) {
    return bsearch(&name, list, count, sizeof *list, compare_text) != NULL;
}
#define IS_LISTED(name, list) is_listed(name, list, sizeof(list) / sizeof *(list))

TypeId foreign_type(Resolver *resolver, ForeignKind kind) {
    return type_make(&resolver->types, TYPE_FOREIGN, kind, 0);
}

ForeignKind foreign_declared_kind(Str name) {
    bool data = IS_LISTED(name, DATA) || str_is(name, "LiteralString");
    return data ? FOREIGN_DATA : FOREIGN_OPEN;
}

// True when nothing of the tree can be in a value of that type. What is not known yet may be anything.
static bool is_clean(const Types *types, TypeId type, int depth) {
    if (!type.index || depth > TYPE_DEPTH_LIMIT) return false;
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_LIST || term.kind == TYPE_AWAITABLE || term.kind == TYPE_CONTEXT) {
            if (!is_clean(types, (TypeId){term.a}, depth + 1)) return false;
        } else if (term.kind == TYPE_DICT) {
            if (!is_clean(types, (TypeId){term.a}, depth + 1)) return false;
            if (!is_clean(types, (TypeId){term.b}, depth + 1)) return false;
        } else if (term.kind == TYPE_TUPLE) {
            for (uint32_t k = 0; k < term.part_count; k++)
                if (!is_clean(types, types->parts.items[term.first_part + k], depth + 1))
                    return false;
        } else if (term.kind != TYPE_NONE && term.kind != TYPE_EXTERNAL &&
                   !(term.kind == TYPE_FOREIGN && term.a != FOREIGN_OPEN)) {
            return false;
        }
    }
    return true;
}

static bool has_clean_arguments(Resolver *resolver, CallId id) {
    const CallFact *call = facts_call(resolver->facts, id);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = resolver->facts->arguments.items[call->first_argument + i].value;
        if (!is_clean(&resolver->types, value_of(resolver, value), 0)) return false;
    }
    return true;
}

static bool has_tree_arguments(Resolver *resolver, CallId id) {
    const CallFact *call = facts_call(resolver->facts, id);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = resolver->facts->arguments.items[call->first_argument + i].value;
        TypeId type = value_of(resolver, value);
        if (type.index && !is_clean(&resolver->types, type, 0)) return true;
    }
    return false;
}

static bool is_maker_module(Str dotted) {
    ptrdiff_t dot = str_find(dotted, '.');
    if (dot < 0) return false;
    return IS_LISTED(str_slice(dotted, 0, (size_t)dot), MAKERS);
}

static bool is_keeper(Str last) {
    for (size_t i = 0; i < sizeof KEEPERS / sizeof *KEEPERS; i++)
        if (str_find_str(last, str_from(KEEPERS[i])) >= 0) return true;
    return false;
}

TypeId foreign_call_result(Resolver *resolver, CallId call, Name dotted) {
    Str name = facts_name(resolver->facts, dotted);
    if (!fact_is(call)) return (TypeId){0};
    if (IS_LISTED(name, DATA)) return foreign_type(resolver, FOREIGN_DATA);
    if (is_maker_module(name)) return foreign_type(resolver, FOREIGN_OBJECT);
    Str last = str_slice(name, (size_t)(str_find_last(name, '.') + 1), name.length);
    if (is_keeper(last) || !last.length) return (TypeId){0};
    bool is_class = last.data[0] >= 'A' && last.data[0] <= 'Z';
    bool standard = str_find(name, '.') < 0; // a builtin that is not listed hands things on
    if (!standard && (is_class || has_clean_arguments(resolver, call)))
        return foreign_type(resolver, FOREIGN_OBJECT);
    return (TypeId){0};
}

static Name method_name(const Facts *facts, CallId call) {
    const ExprFact *callee = facts_expr(facts, facts_call(facts, call)->callee);
    return callee->kind == EXPR_ATTRIBUTE ? callee->name : NAME_NONE;
}

// Event loops, task groups and executors give back what the function or coroutine gives.
static TypeId scheduled_value(Resolver *resolver, CallId id, Str name) {
    static const char *const FUNCTIONS[] = {"submit", "run_in_executor", "run_sync"};
    Types *types = &resolver->types;
    const CallFact *call = facts_call(resolver->facts, id);
    if (!call->argument_count) return (TypeId){0};
    const ArgumentFact *arguments = &resolver->facts->arguments.items[call->first_argument];
    TypeId first = value_of(resolver, arguments[0].value);
    if (str_is(name, "create_task") || str_is(name, "ensure_future")) return first;
    if (str_is(name, "run_until_complete")) return value_awaited(types, first);
    for (uint32_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        if (!str_is(name, FUNCTIONS[i])) continue;
        if (i == 1 && call->argument_count > 1) first = value_of(resolver, arguments[1].value);
        TypeId result = value_call_result(resolver, FACT_NONE(CallId), first);
        return type_make(types, TYPE_AWAITABLE, result.index, 0);
    }
    return (TypeId){0};
}

TypeId foreign_method_result(Resolver *resolver, CallId call, TypeId foreign) {
    const Facts *facts = resolver->facts;
    if (!fact_is(call)) return (TypeId){0};
    if (resolver->types.terms.items[foreign.index].a == FOREIGN_DATA) return foreign;
    Str name = facts_name(facts, method_name(facts, call));
    TypeId handed = scheduled_value(resolver, call, name);
    if (handed.index) return handed;
    if (!name.length || IS_LISTED(name, HANDING)) return (TypeId){0};
    if (has_clean_arguments(resolver, call)) return foreign;
    // Once nothing more will be learnt, an argument of which nothing is known proves nothing.
    return resolver->settled && !has_tree_arguments(resolver, call)
               ? foreign_type(resolver, FOREIGN_OPEN)
               : (TypeId){0};
}

// What the tree itself stores under that name in objects from outside: app.state.bot = Bot().
uint32_t foreign_attribute_variable(Resolver *resolver, Name name) {
    return value_attribute_variable(resolver, FACT_NONE(ClassId), name);
}

// Some class of the tree that inherits from outside has a method of that name.
static bool may_be_own_method(const Resolver *resolver, Name name) {
    uint32_t found = 0;
    return map_get(&resolver->open_methods, name.index, &found);
}

TypeId foreign_attribute(Resolver *resolver, TypeId foreign, Name name) {
    TypeId stored = value_read(resolver, foreign_attribute_variable(resolver, name));
    if (stored.index) return stored;
    ForeignKind kind = (ForeignKind)resolver->types.terms.items[foreign.index].a;
    Str text = facts_name(resolver->facts, name);
    if (kind == FOREIGN_DATA) return IS_LISTED(text, DATA_METHODS) ? foreign : (TypeId){0};
    if (kind == FOREIGN_OPEN && may_be_own_method(resolver, name)) return (TypeId){0};
    return foreign;
}

void resolve_open_methods(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (fact_is(function->klass) &&
            (facts_class(facts, function->klass)->flags & CLASS_FOREIGN_BASE))
            map_put(&resolver->open_methods, function->name.index, 1);
    }
}
