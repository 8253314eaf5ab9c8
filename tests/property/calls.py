"""Calls by CPython's rules of binding: which do not fit their function, which lack the context."""
import ast
import collections

from judge import PARAMETER, last_name
from program import Class, Function, Instance

# What class statements make: members, and classes.
BY_STATEMENT = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "type", "EnumMeta", "EnumType")

Site = collections.namedtuple("Site", "module node call function mismatch")


def takes_context(function):
    return any(a.arg == PARAMETER for a in function.node.args.kwonlyargs)


def is_optional(function):
    args = function.node.args
    return any(a.arg == PARAMETER and d is not None
               for a, d in zip(args.kwonlyargs, args.kw_defaults))


def python_calls(function):
    """True when the interpreter calls the function by itself, with no more than it always passes."""
    name, owner = function.node.name, function.scope.owner
    if any(d.split(".")[-1] in ("property", "cached_property", "setter", "getter", "deleter")
           for d in function.decorators):
        return True
    if name == "__init__" and isinstance(owner, Class):
        return any(last_name(b) in BY_STATEMENT for b in owner.node.bases)
    return name.startswith("__") and name.endswith("__") and name not in ("__init__", "__call__")


def receivers(program, node, scope, function):
    """How many leading parameters the call binds by itself."""
    if not isinstance(function.scope.owner, Class) or "staticmethod" in function.decorators:
        return 0
    if "classmethod" in function.decorators:
        return 1
    base = program.resolve(node.value, scope) if isinstance(node, ast.Attribute) else None
    return 1 if isinstance(base, Instance) else 0


def mismatch(call, function, bound):
    """Why the arguments of CALL cannot be bound, or None."""
    args = function.node.args
    positional = [a.arg for a in args.posonlyargs + args.args][bound:]
    only = {a.arg for a in args.posonlyargs}
    keywords = [k.arg for k in call.keywords if k.arg]
    spread = any(isinstance(a, ast.Starred) for a in call.args)
    given = len([a for a in call.args if not isinstance(a, ast.Starred)])
    if given > len(positional) and not args.vararg:
        return "too many positional arguments"
    filled = set(positional[:given])
    named = set(positional) - only | {a.arg for a in args.kwonlyargs}
    for keyword in keywords:
        if keyword in filled - only or keywords.count(keyword) > 1:
            return f"'{keyword}' is given twice"
        if keyword not in named and not args.kwarg:
            return f"there is no parameter '{keyword}'"
    if spread or len(keywords) < len(call.keywords):
        return None
    needed = positional[:len(positional) - len(args.defaults)]
    needed += [a.arg for a, d in zip(args.kwonlyargs, args.kw_defaults) if d is None]
    for name in needed:
        if name not in filled and name not in keywords:
            return f"'{name}' is missing"
    return None


def sites(program, names):
    """References to functions and constructors by one of NAMES, where the target is certain."""
    for module in program.modules.values():
        for name in names & module.references.keys():
            for node, scope, call in module.references[name]:
                target = program.resolve(node, scope)
                bound = None
                if isinstance(target, Class) and call:
                    target, bound = program.constructor(target), 1
                if not isinstance(target, Function):
                    continue
                if bound is None:
                    bound = receivers(program, node, scope, target)
                wrong = mismatch(call, target, bound) if call and target.is_plain() else None
                yield Site(module, node, call, target, wrong)


def names_to_check(program, gained):
    """Names by which the functions, the classes of their constructors, or aliases are used."""
    names = {f.node.name for f in gained}
    for module in program.modules.values():
        for bindings in module.top.bindings.values():
            for what in bindings:
                if isinstance(what, Class) and program.constructor(what) in gained:
                    names.add(what.node.name)
    for module in program.modules.values():
        for name, bindings in module.top.bindings.items():
            if any(isinstance(w, tuple) and w[0] == "name" and w[2] in names for w in bindings):
                names.add(name)
    return names


def passes(site, binders):
    if site.call:
        return any(k.arg == PARAMETER for k in site.call.keywords)
    return site.node in binders


def binders_in_module(module):
    """The function values that are handed over with the context bound to them."""
    return {call.args[0] for call in module.callees.values()
            if last_name(call.func) == "partial" and any(k.arg == PARAMETER for k in call.keywords)}
