"""A module-level name that stands for a different object per context.

`manager = ambient_instance(get_isolated_manager)` keeps `from x import
manager` working where code cannot be handed a context. Each use looks the
object up anew: nothing is remembered.
"""

from __future__ import annotations

import copy
import math
import operator
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

from .ambient import MissingIsolationContext, current_isolation_context
from .context import IsolationContext

T = TypeVar("T")


def ambient_instance(accessor: Callable[[IsolationContext], T]) -> T:
    """A lazy proxy that is, at each use,
    `accessor(current_isolation_context())`.

    It forwards attributes and every operator. What it cannot forward is
    identity (`proxy is x` is false for every x) and type(); and it always
    looks callable, iterable and sized: whether it is shows when it is used.
    Copies and pickles are of the object that it stands for here. `proxy += x`
    keeps the stand-in when the object changes itself, as lists do; a number
    gives way to the sum, which is nobody's in particular.
    """
    return cast(T, _AmbientInstance(accessor))


class _AmbientInstance:
    __slots__ = ("__accessor",)

    def __init__(self, accessor: Callable[[IsolationContext], Any]) -> None:
        object.__setattr__(self, "_AmbientInstance__accessor", accessor)

    @property
    def __class__(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
    ) -> type:
        """So that isinstance() holds.

        Without a context the proxy is just itself: collectors of plugins and
        tests ask every module member for its class.
        """
        try:
            return _target(self).__class__
        except MissingIsolationContext:
            return _AmbientInstance

    def __getattr__(self, name: str) -> Any:
        return getattr(_target(self), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(_target(self), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(_target(self), name)

    def __repr__(self) -> str:
        try:
            return repr(_target(self))
        except MissingIsolationContext:
            return f"<ambient instance of {_accessor(self)!r}>"


def _accessor(proxy: _AmbientInstance) -> Callable[[IsolationContext], Any]:
    return object.__getattribute__(proxy, "_AmbientInstance__accessor")


def _target(proxy: _AmbientInstance) -> Any:
    return _accessor(proxy)(current_isolation_context())


def _forward(operation: Callable[..., Any]) -> Callable[..., Any]:
    def forwarded(self: _AmbientInstance, *args: Any, **kwargs: Any) -> Any:
        return operation(_target(self), *args, **kwargs)

    return forwarded


def _reflect(operation: Callable[..., Any]) -> Callable[..., Any]:
    def reflected(target: Any, other: Any, *args: Any) -> Any:
        return operation(other, target, *args)

    return reflected


def _in_place(name: str) -> Callable[..., Any]:
    """An object that changes itself stays behind its stand-in; one that cannot
    gives way to the result.
    """
    operation = getattr(operator, name)

    def changed(self: _AmbientInstance, other: Any) -> Any:
        target = _target(self)
        result = operation(target, other)
        changed_itself = result is target and hasattr(type(target), name)
        return self if changed_itself else result

    return changed


def _call_special(name: str) -> Callable[..., Any]:
    """For the special methods that have no function form: with blocks and what
    is awaited.
    """

    def call(target: Any, *args: Any) -> Any:
        method = getattr(target, name, None)
        if method is None:
            raise TypeError(f"{type(target).__name__!r} object has no {name}")
        return method(*args)

    return call


def _call(target: Any, *args: Any, **kwargs: Any) -> Any:
    return target(*args, **kwargs)


def _itself(target: Any) -> Any:
    return target


def _reduce(target: Any, _: int = 0) -> tuple[Any, ...]:
    """Pickles as the object that it stands for here, in whatever way that one
    does.
    """
    return _itself, (target,)


_BINARY: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "matmul": operator.matmul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "divmod": divmod,
    "pow": pow,
    "lshift": operator.lshift,
    "rshift": operator.rshift,
    "and": operator.and_,
    "xor": operator.xor,
    "or": operator.or_,
}

# Python looks these up on the class, past __getattr__.
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "__call__": _call,
    "__str__": str,
    "__bytes__": bytes,
    "__format__": format,
    "__hash__": hash,
    "__bool__": bool,
    "__len__": len,
    "__length_hint__": operator.length_hint,
    "__iter__": iter,
    "__next__": next,
    "__reversed__": reversed,
    "__aiter__": aiter,
    "__anext__": anext,
    "__dir__": dir,
    "__int__": int,
    "__float__": float,
    "__complex__": complex,
    "__index__": operator.index,
    "__round__": round,
    "__trunc__": math.trunc,
    "__floor__": math.floor,
    "__ceil__": math.ceil,
    "__neg__": operator.neg,
    "__pos__": operator.pos,
    "__abs__": abs,
    "__invert__": operator.invert,
    "__fspath__": os.fspath,
    "__sizeof__": _call_special("__sizeof__"),
    "__buffer__": lambda target, flags: memoryview(target),
    "__contains__": operator.contains,
    "__getitem__": operator.getitem,
    "__setitem__": operator.setitem,
    "__delitem__": operator.delitem,
    "__eq__": operator.eq,
    "__ne__": operator.ne,
    "__lt__": operator.lt,
    "__le__": operator.le,
    "__gt__": operator.gt,
    "__ge__": operator.ge,
    "__await__": _call_special("__await__"),
    "__enter__": _call_special("__enter__"),
    "__exit__": _call_special("__exit__"),
    "__aenter__": _call_special("__aenter__"),
    "__aexit__": _call_special("__aexit__"),
    "__instancecheck__": lambda target, instance: isinstance(instance, target),
    "__subclasscheck__": lambda target, subclass: issubclass(subclass, target),
    "__copy__": copy.copy,
    "__deepcopy__": copy.deepcopy,
    "__reduce__": _reduce,
    "__reduce_ex__": _reduce,
}
for _name, _operation in _BINARY.items():
    _OPERATIONS[f"__{_name}__"] = _operation
    _OPERATIONS[f"__r{_name}__"] = _reflect(_operation)
for _name, _operation in _OPERATIONS.items():
    setattr(_AmbientInstance, _name, _forward(_operation))
for _name in _BINARY.keys() - {"divmod"}:
    setattr(_AmbientInstance, f"__i{_name}__", _in_place(f"__i{_name}__"))
