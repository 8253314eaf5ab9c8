"""The context of work that another process does: it travels with the message
of the queue.

    # where the work is sent
    send.delay(1, isolation_context=pack_context(isolation_context))

    # where it is done
    @app.task
    @isolated_task
    def send(n, *, isolation_context=None): ...
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

from .ambient import isolation_scope
from .context import DIMENSIONS, IsolationContext

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "isolation"


def pack_context(
    context: IsolationContext,
) -> dict[str, dict[str, str | None]]:
    """`context` as JSON can carry it."""
    return {_MARK: {name: getattr(context, name) for name in DIMENSIONS}}


def unpack_context(packed: object) -> IsolationContext | None:
    """What pack_context made of a context; None for anything else.

    The queue is trusted as the database is.
    """
    if not isinstance(packed, dict) or set(packed) != {_MARK}:
        return None
    if not isinstance(packed[_MARK], dict):
        return None
    return IsolationContext(**packed[_MARK])


def isolated_task(function: F) -> F:
    """Below the decorator of a queue: a packed context among the keywords is
    unpacked, and ambient for the work.
    """

    def unpack(keywords: dict[str, Any]) -> IsolationContext | None:
        found = None
        for name, value in keywords.items():
            is_packed = not isinstance(value, IsolationContext)
            context = unpack_context(value) if is_packed else value
            if context is not None:
                keywords[name] = found = context
        return found

    @functools.wraps(function)
    async def run_later(*arguments: Any, **keywords: Any) -> Any:
        context = unpack(keywords)
        if context is None:
            return await function(*arguments, **keywords)
        with isolation_scope(context):
            return await function(*arguments, **keywords)

    @functools.wraps(function)
    def run(*arguments: Any, **keywords: Any) -> Any:
        context = unpack(keywords)
        if context is None:
            return function(*arguments, **keywords)
        with isolation_scope(context):
            return function(*arguments, **keywords)

    return cast(F, run_later if inspect.iscoroutinefunction(function) else run)
