"""What plugins call."""
from functools import lru_cache
from typing import overload
from warnings import deprecated

from app.config import settings
from app.isolation import IsolationContext, get_settings
from app.isolation.legacy import count


@overload
def nickname(*, isolation_context: IsolationContext) -> str: ...
@overload
@deprecated("pass isolation_context")
def nickname() -> str: ...
# Who it is.
def nickname(*, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.nickname")
    return get_settings(isolation_context).name


@overload
def shout(*, isolation_context: IsolationContext) -> str: ...
@overload
@deprecated("pass isolation_context")
def shout() -> str: ...
def shout(*, isolation_context: IsolationContext | None = None) -> str: isolation_context = count("app.apis.shout") if isolation_context is None else isolation_context; return get_settings(isolation_context).name.upper()


def untyped(a, b=2, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = count("app.apis.untyped")
    return get_settings(isolation_context).name, a, b


@overload
async def say(
    user: str, times: int = ..., *words: str, loud: bool = ..., isolation_context: IsolationContext
) -> list[str]: ...
@overload
@deprecated("pass isolation_context")
async def say(user: str, times: int = ..., *words: str, loud: bool = ...) -> list[str]: ...
async def say(
    user: str,
    times: int = 1 + 1,
    *words: str,
    loud: bool = (True),
    isolation_context: IsolationContext | None = None,
) -> list[str]:
    if isolation_context is None:
        isolation_context = count("app.apis.say")
    return [get_settings(isolation_context).name] * times


@overload
def only(
    first: int,
    /,
    second=...,
    *,
    third: "list[int] | None" = ...,
    isolation_context: IsolationContext,
    **more,
) -> dict[str, int]: ...
@overload
@deprecated("pass isolation_context")
def only(
    first: int, /, second=..., *, third: "list[int] | None" = ..., **more
) -> dict[str, int]: ...
def only(
    first: int,
    /,
    second=("a"),
    *,
    third: "list[int] | None" = None,
    isolation_context: IsolationContext | None = None,
    **more,
) -> dict[str, int]:
    if isolation_context is None:
        isolation_context = count("app.apis.only")
    return {get_settings(isolation_context).name: first}


def by_any_name(*, isolation_context: IsolationContext | None = None, **more: object) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.by_any_name")
    return get_settings(isolation_context).name


def of_a_commented_type(kind: (  # which
        int) = 1, *, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.of_a_commented_type")
    return get_settings(isolation_context).name


@lru_cache
def cached(n: int, *, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.cached")
    return get_settings(isolation_context).name * n


if settings:
    def either(*, isolation_context: IsolationContext | None = None) -> str:
        if isolation_context is None:
            isolation_context = count("app.apis.either")
        return get_settings(isolation_context).name
else:
    def either(*, isolation_context: IsolationContext | None = None) -> str:
        return ""


class Client:
    @overload
    def __init__(self, name: str = ..., *, isolation_context: IsolationContext) -> None: ...
    @overload
    @deprecated("pass isolation_context")
    def __init__(self, name: str = ...) -> None: ...
    def __init__(
        self,
        name: str = "",
        *,
        isolation_context: IsolationContext | None = None,
    ) -> None:
        if isolation_context is None:
            isolation_context = count("app.apis.Client.__init__")
        self.isolation_context = isolation_context
        self.name = get_settings(isolation_context).name + name

    @overload
    @staticmethod
    def make(kind: str, *, isolation_context: IsolationContext) -> "Client": ...
    @overload
    @deprecated("pass isolation_context")
    @staticmethod
    def make(kind: str) -> "Client": ...
    @staticmethod
    def make(kind: str, *, isolation_context: IsolationContext | None = None) -> "Client":
        if isolation_context is None:
            isolation_context = count("app.apis.Client.make")
        return Client(get_settings(isolation_context).name + kind, isolation_context=isolation_context)

    @overload
    @classmethod
    def of(cls, kind: str = ..., *, isolation_context: IsolationContext) -> "Client": ...
    @overload
    @deprecated("pass isolation_context")
    @classmethod
    def of(cls, kind: str = ...) -> "Client": ...
    @classmethod
    def of(cls, kind: str = "k", *, isolation_context: IsolationContext | None = None) -> "Client":
        if isolation_context is None:
            isolation_context = count("app.apis.Client.of")
        return cls(get_settings(isolation_context).name + kind, isolation_context=isolation_context)

    def read(self, key: str) -> str:
        return get_settings(self.isolation_context).name + key


class Loud(Client):
    def read(self, key: str) -> str:
        return get_settings(self.isolation_context).name.upper() + key

