"""A module-level name that stands for a different object per context.

`manager = ambient_instance(get_isolated_manager)` keeps `from x import manager` working where
code cannot be handed a context. Each use looks the object up anew: nothing is remembered.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeVar, cast

from .ambient import MissingIsolationContext, current_isolation_context
from .context import IsolationContext

T = TypeVar("T")


def ambient_instance(accessor: Callable[[IsolationContext], T]) -> T:
    """A lazy proxy that is, at each use, `accessor(current_isolation_context())`.

    Identity is the one thing it cannot forward: `proxy is x` is false for every x. And it always
    looks callable, iterable and sized; whether it is shows when it is used.
    """
    return cast(T, _AmbientInstance(accessor))


class _AmbientInstance:
    __slots__ = ("__accessor",)

    def __init__(self, accessor: Callable[[IsolationContext], Any]) -> None:
        object.__setattr__(self, "_AmbientInstance__accessor", accessor)

    @property
    def __class__(self) -> type:  # pyright: ignore[reportIncompatibleMethodOverride]
        """So that isinstance() holds. Without a context the proxy is just itself: collectors of
        plugins and tests ask every module member for its class."""
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


def _call_special(name: str) -> Callable[..., Any]:
    """For the special methods that have no function form: with blocks, copying and pickling."""

    def call(target: Any, *args: Any) -> Any:
        return getattr(target, name)(*args)

    return call


def _call(target: Any, *args: Any, **kwargs: Any) -> Any:
    return target(*args, **kwargs)


# Python looks these up on the class, past __getattr__.
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "__call__": _call,
    "__str__": str,
    "__format__": format,
    "__hash__": hash,
    "__bool__": bool,
    "__len__": len,
    "__iter__": iter,
    "__reversed__": reversed,
    "__dir__": dir,
    "__int__": int,
    "__float__": float,
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
    "__add__": operator.add,
    "__radd__": lambda target, other: other + target,
    "__sub__": operator.sub,
    "__rsub__": lambda target, other: other - target,
    "__mul__": operator.mul,
    "__rmul__": lambda target, other: other * target,
    "__truediv__": operator.truediv,
    "__rtruediv__": lambda target, other: other / target,
    "__mod__": operator.mod,
    "__or__": operator.or_,
    "__ror__": lambda target, other: other | target,
    "__and__": operator.and_,
    "__enter__": _call_special("__enter__"),
    "__exit__": _call_special("__exit__"),
    "__aenter__": _call_special("__aenter__"),
    "__aexit__": _call_special("__aexit__"),
    "__reduce_ex__": _call_special("__reduce_ex__"),
}

for _name, _operation in _OPERATIONS.items():
    setattr(_AmbientInstance, _name, _forward(_operation))
