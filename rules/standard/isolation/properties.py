"""Cached properties of objects that all tenants share."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

from .ambient import current_isolation_context
from .context import IsolationContext

T = TypeVar("T")

MOST_VALUES = 1000
"""How many values an object keeps for one property; the one that was not
asked for longest goes first.
"""


class isolated_cached_property(Generic[T]):
    """functools.cached_property with one value for each context, instead of
    the first one's for all.

        class Page:
            @isolated_cached_property
            def head(self):
                return settings_of(current_isolation_context()).name

    Which context asks is read from the ambient one. `page.head = x` and `del
    page.head` are about the value of the context that runs;
    `vars(page).pop("head")` forgets all.
    """

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.attrname: str | None = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            both = f"{self.attrname!r} and {name!r}"
            raise TypeError(f"one cached property has two names, {both}")

    @overload
    def __get__(
        self,
        instance: None,
        owner: type[Any] | None = None,
    ) -> isolated_cached_property[T]:
        """Of the class."""

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T:
        """Of an object."""

    def __get__(
        self,
        instance: object | None,
        owner: type[Any] | None = None,
    ) -> isolated_cached_property[T] | T:
        if instance is None:
            return self
        context = current_isolation_context()
        values = self._values(instance)
        if context in values:
            value: T = values.pop(context)
        else:
            value = self.func(instance)
        values[context] = value  # asked for last
        while len(values) > MOST_VALUES:
            values.pop(next(iter(values)), None)
        return value

    def __set__(self, instance: object, value: T) -> None:
        self._values(instance)[current_isolation_context()] = value

    def __delete__(self, instance: object) -> None:
        values = self._values(instance)
        context = current_isolation_context()
        if context not in values:
            raise AttributeError(self.attrname)
        del values[context]

    def _values(self, instance: object) -> dict[IsolationContext, Any]:
        if self.attrname is None:
            raise TypeError(
                "an isolated_cached_property must stand in a class body",
            )
        attributes = vars(instance)
        kept = attributes.get(self.attrname)
        if not isinstance(kept, _Kept):
            kept = attributes[self.attrname] = _Kept(instance, {})
        elif kept.owner != id(instance):  # copied along with all attributes
            kept = attributes[self.attrname] = _Kept(
                instance,
                dict(kept.values),
            )
        return kept.values


class _Kept:
    """The values of one property of one object, oldest use first."""

    def __init__(
        self,
        instance: object,
        values: dict[IsolationContext, Any],
    ) -> None:
        self.owner = id(instance)
        self.values = values
        _all.add(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Kept, (None, {})  # what was kept belongs to this process


_all: weakref.WeakSet[_Kept] = weakref.WeakSet()


def forget_values(context: IsolationContext) -> None:
    """Let the values go whose context has all that `context` names; for
    forget_context.
    """
    for kept in list(_all):
        for key in list(kept.values):
            if context.covers(key):
                kept.values.pop(key, None)
