// What calls that leave the tree do with what they are given: whether the receiver, the result or the
// process keeps it. Comes in: calls with their names and edges. Goes out: CALL_FILLS and the like.
//
// Names of methods decide, since nothing is known of the receiver: `x.append(y)` fills x. What is not
// listed is taken to compute its result from the arguments and to keep nothing.
#include <string.h>

#include "base/bug.h"
#include "facts/called_method.h"
#include "python/resolve/resolver.h"

typedef struct Known {
    const char *name;
    uint32_t flags;
} Known;

// Methods, by their last name.
static const Known METHODS[] = {
    {"append", CALL_FILLS},
    {"appendleft", CALL_FILLS},
    {"add", CALL_FILLS},
    {"extend", CALL_FILLS},
    {"extendleft", CALL_FILLS},
    {"insert", CALL_FILLS},
    {"update", CALL_FILLS},
    {"put", CALL_FILLS},
    {"put_nowait", CALL_FILLS},
    {"push", CALL_FILLS},
    {"set_result", CALL_FILLS},
    {"set_exception", CALL_FILLS},
    {"setdefault", CALL_FILLS | CALL_GIVES_PART},
    {"get", CALL_GIVES_PART},
    {"get_nowait", CALL_GIVES_PART},
    {"pop", CALL_GIVES_PART | CALL_EMPTIES},
    {"popleft", CALL_GIVES_PART | CALL_EMPTIES},
    {"popitem", CALL_GIVES_PART | CALL_EMPTIES},
    {"remove", CALL_EMPTIES},
    {"discard", CALL_EMPTIES},
    {"clear", CALL_EMPTIES},
    {"reset", CALL_EMPTIES},
    {"values", CALL_GIVES_PART},
    {"items", CALL_GIVES_PART},
    {"__setitem__", CALL_FILLS},
    {"write", CALL_WRITES},
    {"writelines", CALL_WRITES},
    {"writerow", CALL_WRITES},
    {"writerows", CALL_WRITES},
    {"writestr", CALL_WRITES},
    {"execute", CALL_WRITES},
    {"executemany", CALL_WRITES},
    {"write_text", CALL_WRITES | CALL_OPENS},
    {"write_bytes", CALL_WRITES | CALL_OPENS},
    {"__getitem__", CALL_GIVES_PART},
    {"pack_into", CALL_FILLS_ARGUMENT},
    {"asend", CALL_FILLS | CALL_GIVES_PART}, // of a generator
};

// Functions and classes, by their dotted name or its last part after a `*.`.
static const Known FUNCTIONS[] = {
    {"setattr", CALL_SETS_ATTRIBUTE},
    {"object.__setattr__", CALL_SETS_ATTRIBUTE},
    {"globals", CALL_GIVES_GLOBALS},
    {"vars", CALL_GIVES_PART},
    {"print", CALL_PRINTS},
    {"iter", CALL_KEEPS},
    {"list", CALL_KEEPS},
    {"dict", CALL_KEEPS},
    {"set", CALL_KEEPS},
    {"tuple", CALL_KEEPS},
    {"functools.partial", CALL_KEEPS},
    {"functools.partialmethod", CALL_KEEPS},
    {"asyncio.create_task", CALL_KEEPS},
    {"asyncio.ensure_future", CALL_KEEPS},
    {"collections.ChainMap", CALL_KEEPS},
    {"collections.deque", CALL_KEEPS},
    {"threading.Thread", CALL_KEEPS},
    {"threading.Timer", CALL_KEEPS},
    {"weakref.ref", CALL_KEEPS},
    {"weakref.proxy", CALL_KEEPS},
    {"weakref.WeakMethod", CALL_KEEPS},
    {"callable", CALL_LOOKS},
    {"bool", CALL_LOOKS},
    {"len", CALL_LOOKS},
    {"id", CALL_LOOKS},
    {"inspect.isawaitable", CALL_LOOKS},
    {"inspect.signature", CALL_LOOKS},
    {"inspect.iscoroutinefunction", CALL_LOOKS},
    {"inspect.isasyncgenfunction", CALL_LOOKS},
    {"inspect.isgeneratorfunction", CALL_LOOKS},
    {"asyncio.iscoroutine", CALL_LOOKS},
    {"asyncio.iscoroutinefunction", CALL_LOOKS},
    {"heapq.heappush", CALL_FILLS_ARGUMENT},
    {"heapq.heappushpop", CALL_FILLS_ARGUMENT},
    {"heapq.heapreplace", CALL_FILLS_ARGUMENT},
    {"bisect.insort", CALL_FILLS_ARGUMENT},
    {"bisect.insort_left", CALL_FILLS_ARGUMENT},
    {"bisect.insort_right", CALL_FILLS_ARGUMENT},
    {"operator.setitem", CALL_FILLS_ARGUMENT},
    {"operator.iadd", CALL_FILLS_ARGUMENT},
    {"operator.iconcat", CALL_FILLS_ARGUMENT},
    {"operator.ior", CALL_FILLS_ARGUMENT},
    {"struct.pack_into", CALL_FILLS_ARGUMENT},
    {"json.dump", CALL_WRITES_TO},
    {"pickle.dump", CALL_WRITES_TO},
    {"marshal.dump", CALL_WRITES_TO},
    {"yaml.dump", CALL_WRITES_TO},
    {"yaml.safe_dump", CALL_WRITES_TO},
    {"toml.dump", CALL_WRITES_TO},
    {"tomlkit.dump", CALL_WRITES_TO},
    {"atexit.register", CALL_REGISTERS},
    {"signal.signal", CALL_REGISTERS},
    {"weakref.finalize", CALL_REGISTERS},
    {"faulthandler.register", CALL_REGISTERS},
    {"sys.settrace", CALL_REGISTERS},
    {"sys.setprofile", CALL_REGISTERS},
    {"threading.settrace", CALL_REGISTERS},
    {"logging.setLogRecordFactory", CALL_REGISTERS},
    {"codecs.register", CALL_REGISTERS},
    {"logging.basicConfig", CALL_REGISTERS},
    {"logging.config.dictConfig", CALL_REGISTERS},
    {"logging.disable", CALL_REGISTERS},
    {"os.chdir", CALL_REGISTERS},
    {"os.putenv", CALL_REGISTERS},
    {"os.umask", CALL_REGISTERS},
    {"random.seed", CALL_REGISTERS},
    {"locale.setlocale", CALL_REGISTERS},
    {"socket.setdefaulttimeout", CALL_REGISTERS},
    {"sys.setrecursionlimit", CALL_REGISTERS},
    {"warnings.filterwarnings", CALL_REGISTERS},
    {"warnings.simplefilter", CALL_REGISTERS},
    {"*.setLevel", CALL_REGISTERS},
    {"*.addFilter", CALL_REGISTERS},
    {"*.addHandler", CALL_REGISTERS},
    {"*.add_job", CALL_REGISTERS},
    {"*.add_signal_handler", CALL_REGISTERS},
    {"*.add_reader", CALL_REGISTERS},
    {"*.add_writer", CALL_REGISTERS},
    {"*.set_exception_handler", CALL_REGISTERS},
};

static Str last_part(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

static uint32_t flags_of_function(Str dotted) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        const char *name = FUNCTIONS[i].name;
        bool any_owner = name[0] == '*';
        if (any_owner ? str_is(last_part(dotted), name + 2) && last_part(dotted).length < dotted.length
                      : str_is(dotted, name))
            return FUNCTIONS[i].flags;
    }
    return 0;
}

// list.append(rows, x): the method of a class of the language, whose object is the first argument.
static bool is_unbound(Str dotted) {
    static const char *const classes[] = {"list", "dict", "set", "bytearray", "collections.deque",
                                          "collections.OrderedDict", "collections.Counter",
                                          "collections.defaultdict"};
    ptrdiff_t dot = str_find_last(dotted, '.');
    for (size_t i = 0; dot > 0 && i < sizeof classes / sizeof *classes; i++)
        if (str_is(str_slice(dotted, 0, (size_t)dot), classes[i])) return true;
    return false;
}

// ContextVar.set(value) of every message gives each task its own; one that is only made now and then gives
// what is there already to whoever comes. client.set(key, value) of a cache keeps in any case.
static uint32_t flags_of_set(const Facts *facts, const CallFact *call) {
    StatementId statement = facts_expr(facts, call->expr)->statement;
    StatementId around = facts_statement(facts, statement)->parent;
    bool now_and_then = fact_is(around) && facts_statement(facts, around)->kind == STATEMENT_IF;
    return call->argument_count > 1 || (call->argument_count && now_and_then) ? CALL_FILLS : 0;
}

static uint32_t flags_of_method(Str name) {
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (str_is(name, METHODS[i].name)) return METHODS[i].flags;
    return 0;
}

// open(path, "w") and the like: with a mode that writes, as a literal.
static bool opens_to_write(const Facts *facts, const CallFact *call) {
    static const char *const OPENERS[] = {"open", "io.open", "gzip.open", "bz2.open", "lzma.open",
                                          "codecs.open", "aiofiles.open"};
    Str dotted = facts_name(facts, call->dotted);
    bool opens = false;
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++) opens = opens || str_is(dotted, OPENERS[i]);
    for (uint32_t i = 1; opens && i < call->argument_count; i++) {
        const ArgumentFact *argument = facts_argument(facts, (ArgumentId){call->first_argument + i});
        bool is_mode = argument->kind == ARGUMENT_KEYWORD
                           ? str_is(facts_name(facts, argument->name), "mode")
                           : i == 1;
        Str mode = facts_name(facts, facts_expr(facts, argument->value)->name);
        for (size_t c = 0; is_mode && c < mode.length; c++)
            if (strchr("wax+", mode.data[c])) return true;
    }
    return false;
}

// A buffer in memory keeps what is written to it; a stream does not.
static bool is_buffer(const Facts *facts, ExprId receiver) {
    SymbolId symbol = facts->expr_symbols.items[receiver.index];
    if (!fact_is(symbol)) return false;
    SymbolId meant = facts->symbol_definitions.items[symbol.index];
    BindingId binding = facts_symbol(facts, fact_is(meant) ? meant : symbol)->first_binding;
    ExprId value = facts_binding(facts, binding)->value;
    if (!fact_is(value) || facts_expr(facts, value)->kind != EXPR_CALL) return false;
    Str made = last_part(facts_name(facts, facts_call(facts, facts_expr(facts, value)->call)->dotted));
    return str_is(made, "StringIO") || str_is(made, "BytesIO");
}

bool keeping_fills(const Facts *facts, CallId call) {
    const ExprFact *callee = facts_expr(facts, facts_call(facts, call)->callee);
    return callee->kind == EXPR_ATTRIBUTE &&
           (flags_of_method(facts_name(facts, callee->name)) & CALL_FILLS);
}

// sqlalchemy.update is a function of a package, and fills nothing.
static bool is_package(Resolver *resolver, ExprId expr) {
    TypeKind kind = type_kind(&resolver->types, value_of(resolver, expr));
    return kind == TYPE_MODULE || kind == TYPE_EXTERNAL;
}

// call_soon(words.append, word): who runs the method puts the other arguments into its receiver.
static bool hands_filler(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts_argument(facts, (ArgumentId){call->first_argument + i})->value;
        const ExprFact *row = facts_expr(facts, value);
        if (row->kind == EXPR_ATTRIBUTE &&
            (flags_of_method(facts_name(facts, row->name)) & CALL_FILLS) &&
            !is_package(resolver, row->base))
            return true;
    }
    return false;
}

// A class of a library keeps what its instances are made with, as far as anybody can see.
static bool is_class_name(Str dotted) {
    Str last = last_part(dotted);
    return last.length > 1 && last.data[0] >= 'A' && last.data[0] <= 'Z' && last.data[1] >= 'a' &&
           last.data[1] <= 'z';
}

bool *keeping_find_own(const Facts *facts) {
    bool *own = memory_alloc_zeroed(facts->calls.count + 1, sizeof *own);
    for (uint32_t i = 1; i < facts->edges.count; i++)
        if (facts->edges.items[i].kind == EDGE_CALL || facts->edges.items[i].kind == EDGE_CONSTRUCT)
            own[facts->edges.items[i].call.index] = true;
    return own;
}

// ---- generators --------------------------------------------------------------------------------------
// By name: it is bound to a generator of the tree somewhere, as a name or as an attribute.
static bool *find_generators(const Facts *facts) {
    bool *names = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *names);
    bool *makes = memory_alloc_zeroed(facts->calls.count + 1, sizeof *makes);
    for (uint32_t i = 1; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind == EDGE_CALL && (facts_function(facts, edge->callee)->flags & FUNCTION_GENERATOR))
            makes[edge->call.index] = true;
    }
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        const ExprFact *value = facts_expr(facts, binding->value);
        if (!fact_is(binding->value) || value->kind != EXPR_CALL || !makes[value->call.index]) continue;
        Name name = fact_is(binding->symbol) ? facts_symbol(facts, binding->symbol)->name
                                             : facts_expr(facts, binding->target)->name;
        names[name.index] = true;
    }
    names[0] = false;
    free(makes);
    return names;
}

// What is sent into a generator is in it from then on.
static uint32_t flags_of_send(const Facts *facts, const ExprFact *callee, const bool *generators) {
    bool sends = callee->kind == EXPR_ATTRIBUTE && str_is(facts_name(facts, callee->name), "send");
    return sends && generators[facts_expr(facts, callee->base)->name.index] ? CALL_FILLS | CALL_GIVES_PART : 0;
}

// ---- all -----------------------------------------------------------------------------------------------
static uint32_t flags_of_call(const Facts *facts, const CallFact *call, const bool *generators) {
    Str dotted = facts_name(facts, call->dotted), name;
    const ExprFact *callee = facts_expr(facts, call->callee);
    ExprId object;
    uint32_t flags = opens_to_write(facts, call) ? CALL_OPENS : flags_of_function(dotted);
    if (!flags) flags = flags_of_send(facts, callee, generators);
    if (flags || !facts_called_method(facts, call->callee, &object, &name)) return flags;
    flags = str_is(name, "set") ? flags_of_set(facts, call) : flags_of_method(name);
    if (callee->kind == EXPR_ATTRIBUTE) return (flags & CALL_FILLS) && is_unbound(dotted) ? CALL_FILLS_ARGUMENT : flags;
    return flags & CALL_FILLS; // nothing else is asked of a method under another name
}

void resolve_keeping(Resolver *resolver) {
    Facts *facts = resolver->facts;
    bool *runs_tree = keeping_find_own(facts), *generators = find_generators(facts);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        CallFact *call = &facts->calls.items[i];
        if (runs_tree[i]) continue;
        Str dotted = facts_name(facts, call->dotted);
        const ExprFact *callee = facts_expr(facts, call->callee);
        uint32_t flags = flags_of_call(facts, call, generators);
        if (flags == CALL_WRITES && is_buffer(facts, callee->base)) flags = CALL_FILLS;
        if (!flags && is_class_name(dotted)) flags = CALL_KEEPS;
        if (hands_filler(resolver, call)) flags |= CALL_HANDS_FILLER;
        call->flags |= flags;
    }
    free(runs_tree);
    free(generators);
}
