// Names that Python binds itself. In: a name. Out: whether every module can read it.
// Source: Python 3.14 library reference, "Built-in Functions", "Built-in Exceptions"; data model,
// "Module objects" and "Class body"; names of some versions only are here as well.
#include "python/python.h"

#include <stdlib.h>

// In byte order.
// clang-format off
static const char *const NAMES[] = {
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException",
    "BaseExceptionGroup", "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning",
    "ChildProcessError", "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError",
    "ConnectionResetError", "DeprecationWarning", "EOFError", "Ellipsis", "EncodingWarning",
    "EnvironmentError", "Exception", "ExceptionGroup", "FileExistsError", "FileNotFoundError",
    "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError", "ImportError",
    "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError",
    "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError",
    "NameError", "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError",
    "OverflowError", "PendingDeprecationWarning", "PermissionError", "ProcessLookupError",
    "PythonFinalizationError", "RecursionError", "ReferenceError", "ResourceWarning",
    "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration", "SyntaxError",
    "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "TypeError",
    "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError",
    "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning",
    "WindowsError", "ZeroDivisionError", "__annotations__", "__build_class__", "__builtins__",
    "__cached__", "__class__", "__classdict__", "__debug__", "__dict__", "__doc__", "__file__",
    "__import__", "__loader__", "__module__", "__name__", "__package__", "__path__",
    "__qualname__", "__spec__", "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool",
    "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod", "compile", "complex",
    "copyright", "credits", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec",
    "exit", "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash",
    "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "license",
    "list", "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord",
    "pow", "print", "property", "quit", "range", "repr", "reveal_locals", "reveal_type",
    "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum",
    "super", "tuple", "type", "vars", "zip",
};
// clang-format on

static int compare_name(const void *key, const void *item) {
    return str_compare(*(const Str *)key, str_from(*(const char *const *)item));
}

bool python_is_builtin(Str name) {
    return bsearch(&name, NAMES, sizeof NAMES / sizeof *NAMES, sizeof *NAMES, compare_name) != NULL;
}

bool python_is_standard_module(Str name) {
    static const char *const MODULES[] = {
#define STANDARD(name) #name,
#include "python/resolve/standard_modules.def"
#undef STANDARD
    };
    return bsearch(&name, MODULES, sizeof MODULES / sizeof *MODULES, sizeof *MODULES, compare_name) != NULL;
}
