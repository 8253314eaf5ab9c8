// What is known by name of functions, classes and methods outside the tree: whether the receiver, the result or the
// process keeps what they are given. Comes in: a name. Goes out: CALL_FILLS and the like.
#include "python/resolve/keeping_names.h"

#include "facts/call_flag.h"

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
    {"create_future", CALL_KEEPS}, // of a loop: what it gives is new
    {"set_result", CALL_FILLS},
    {"set_exception", CALL_FILLS},
    {"setdefault", CALL_FILLS | CALL_GIVES_PART},
    {"get", CALL_GIVES_PART},
    {"get_nowait", CALL_GIVES_PART},
    {"pop", CALL_GIVES_PART | CALL_CHOOSES},
    {"popleft", CALL_GIVES_PART | CALL_EMPTIES},
    {"popitem", CALL_GIVES_PART | CALL_EMPTIES},
    {"remove", CALL_CHOOSES},
    {"discard", CALL_CHOOSES},
    {"move_to_end", CALL_CHOOSES},
    {"sort", CALL_CHOOSES},
    {"clear", CALL_EMPTIES},
    {"reset", CALL_EMPTIES},
    {"values", CALL_GIVES_PART},
    {"defaults", CALL_GIVES_PART}, // of a ConfigParser
    {"copy", CALL_SIFTS},
    {"new_child", CALL_SIFTS}, // of a ChainMap
    {"items", CALL_GIVES_PART},
    {"__setitem__", CALL_FILLS},
    {"__setattr__", CALL_FILLS},
    {"__set__", CALL_FILLS_ARGUMENT}, // of a descriptor: the first argument is the object
    {"fset", CALL_FILLS_ARGUMENT},
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
    {"enterabs", CALL_FILLS}, // of a scheduler
    {"create_function", CALL_FILLS}, // of a database
    {"create_aggregate", CALL_FILLS},
    {"create_collation", CALL_FILLS},
    {"asend", CALL_FILLS | CALL_GIVES_PART}, // of a generator
};

// Functions and classes, by their dotted name or its last part after a `*.`.
static const Known FUNCTIONS[] = {
    {"setattr", CALL_SETS_ATTRIBUTE},
    {"object.__setattr__", CALL_SETS_ATTRIBUTE},
    {"globals", CALL_GIVES_GLOBALS},
    {"type.__setattr__", CALL_SETS_ATTRIBUTE},
    {"vars", CALL_GIVES_PART},
    {"memoryview", CALL_GIVES_PART},
    {"weakref.proxy", CALL_KEEPS | CALL_GIVES_PART},
    {"print", CALL_PRINTS},
    {"iter", CALL_KEEPS | CALL_SIFTS},
    {"list", CALL_KEEPS | CALL_SIFTS},
    {"dict", CALL_KEEPS | CALL_SIFTS},
    {"set", CALL_KEEPS | CALL_SIFTS},
    {"tuple", CALL_KEEPS | CALL_SIFTS},
    {"frozenset", CALL_KEEPS | CALL_SIFTS},
    {"next", CALL_GIVES_PART},
    {"anext", CALL_GIVES_PART},
    {"max", CALL_GIVES_PART},
    {"min", CALL_GIVES_PART},
    {"random.choice", CALL_GIVES_PART},
    {"heapq.heappop", CALL_GIVES_PART | CALL_EMPTIES},
    {"enumerate", CALL_SIFTS},
    {"zip", CALL_SIFTS},
    {"filter", CALL_SIFTS},
    {"sorted", CALL_SIFTS},
    {"reversed", CALL_SIFTS},
    {"copy.copy", CALL_SIFTS},
    {"itertools.chain", CALL_SIFTS},
    {"itertools.chain.from_iterable", CALL_SIFTS},
    {"itertools.cycle", CALL_SIFTS},
    {"itertools.islice", CALL_SIFTS},
    {"itertools.takewhile", CALL_SIFTS},
    {"itertools.dropwhile", CALL_SIFTS},
    {"itertools.filterfalse", CALL_SIFTS},
    {"itertools.compress", CALL_SIFTS},
    {"itertools.zip_longest", CALL_SIFTS},
    {"itertools.product", CALL_SIFTS},
    {"itertools.combinations", CALL_SIFTS},
    {"itertools.permutations", CALL_SIFTS},
    {"itertools.pairwise", CALL_SIFTS},
    {"itertools.groupby", CALL_SIFTS},
    {"itertools.tee", CALL_SIFTS},
    {"heapq.nlargest", CALL_SIFTS},
    {"heapq.nsmallest", CALL_SIFTS},
    {"heapq.merge", CALL_SIFTS},
    {"random.sample", CALL_SIFTS},
    {"random.choices", CALL_SIFTS},
    {"functools.partial", CALL_KEEPS},
    {"functools.partialmethod", CALL_KEEPS},
    {"asyncio.create_task", CALL_KEEPS},
    {"csv.writer", CALL_KEEPS | CALL_GIVES_PART}, // what is written to it, or to the next ones, is in the stream
    {"io.TextIOWrapper", CALL_KEEPS | CALL_GIVES_PART},
    {"io.BufferedWriter", CALL_KEEPS | CALL_GIVES_PART},
    {"io.BufferedRandom", CALL_KEEPS | CALL_GIVES_PART},
    {"gzip.GzipFile", CALL_KEEPS | CALL_GIVES_PART},
    {"zipfile.ZipFile", CALL_KEEPS | CALL_GIVES_PART},
    {"pickle.Pickler", CALL_KEEPS | CALL_GIVES_PART},
    {"asyncio.ensure_future", CALL_KEEPS},
    {"collections.ChainMap", CALL_KEEPS | CALL_SIFTS},
    {"collections.deque", CALL_KEEPS | CALL_SIFTS},
    {"threading.Thread", CALL_KEEPS},
    {"threading.Timer", CALL_KEEPS},
    {"weakref.ref", CALL_KEEPS},
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
    {"os.write", CALL_FILLS_ARGUMENT}, // of a pipe
    {"os.writev", CALL_FILLS_ARGUMENT},
    {"os.pwrite", CALL_FILLS_ARGUMENT},
    {"xml.etree.ElementTree.SubElement", CALL_FILLS_ARGUMENT},
    {"lxml.etree.SubElement", CALL_FILLS_ARGUMENT},
    {"exec", CALL_FILLS | CALL_WRITES_TO}, // what is run leaves its names in the second argument
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

Str keeping_last_part(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

uint32_t keeping_flags_of_function(Str dotted) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        const char *name = FUNCTIONS[i].name;
        bool any_owner = name[0] == '*';
        if (any_owner ? str_is(keeping_last_part(dotted), name + 2) && keeping_last_part(dotted).length < dotted.length
                      : str_is(dotted, name))
            return FUNCTIONS[i].flags;
    }
    return 0;
}

uint32_t keeping_flags_of_method(Str name) {
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (str_is(name, METHODS[i].name)) return METHODS[i].flags;
    return 0;
}

// ---- names that say it -------------------------------------------------------------------------------
// The first of the words that NAME is made of: "set" of set_name and of setName, "setup" of setup_all.
static Str first_word(Str name) {
    size_t end = 0;
    while (end < name.length && name.data[end] >= 'a' && name.data[end] <= 'z') end++;
    return str_slice(name, 0, end);
}

static bool is_one_of(Str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(word, words[i])) return true;
    return false;
}

bool keeping_method_says(Str name) {
    static const char *const words[] = {"add", "append", "assign", "attach", "enqueue", "insert",
                                        "install", "push", "put", "register", "remember", "set",
                                        "subscribe"};
    return is_one_of(first_word(name), words, sizeof words / sizeof *words);
}

bool keeping_function_says(Str name) {
    static const char *const words[] = {"add", "install", "register", "set"};
    Str word = first_word(name);
    return word.length < name.length && is_one_of(word, words, sizeof words / sizeof *words);
}
