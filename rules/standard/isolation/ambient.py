"""The context of the running task or thread, for code that is not handed one.

A ContextVar follows `await`, `create_task` and `asyncio.to_thread`. It does not follow
`run_in_executor`, `submit` or `Thread`: wrap the function in `copy_isolation` there.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from .context import ANY, DEFAULT_CONTEXT, IsolationContext

P = ParamSpec("P")
R = TypeVar("R")

STRICT_VARIABLE = "WEFT_STRICT_ISOLATION"

_ambient: ContextVar[IsolationContext | None] = ContextVar("isolation_context", default=None)
_strict: bool | None = None
_known: dict[IsolationContext, None] = {}
_known_lock = threading.Lock()


class MissingIsolationContext(RuntimeError):
    """Strict mode: code asked for the ambient context and nobody had set one."""

    def __init__(self) -> None:
        super().__init__(
            "no isolation context is set here: pass isolation_context explicitly, "
            "or open isolation_scope(context) around the entry point"
        )


def set_strict_isolation(enabled: bool | None) -> None:
    """Raise instead of falling back on DEFAULT_CONTEXT. None leaves it to WEFT_STRICT_ISOLATION."""
    global _strict
    _strict = enabled


def is_strict_isolation() -> bool:
    if _strict is not None:
        return _strict
    return os.environ.get(STRICT_VARIABLE, "").strip().lower() in {"1", "true", "yes", "on"}


def current_isolation_context() -> IsolationContext:
    context = _ambient.get()
    if context is not None:
        return context
    if is_strict_isolation():
        raise MissingIsolationContext
    return DEFAULT_CONTEXT


@contextmanager
def isolation_scope(context: IsolationContext) -> Iterator[IsolationContext]:
    """Make `context` the ambient one inside a `with` block, in sync and in async code alike."""
    remember_context(context)
    token = _ambient.set(context)
    try:
        yield context
    finally:
        _ambient.reset(token)


def enter_isolation(context: IsolationContext) -> IsolationContext:
    """Make `context` the ambient one for the rest of the running task, and return it.

    For a boundary that is one statement long and owns its task, as a message handler does.
    Where the end matters, use isolation_scope.
    """
    remember_context(context)
    _ambient.set(context)
    return context


def remember_context(context: IsolationContext) -> None:
    """Count the tenant and agent of `context` among known_contexts()."""
    owner = context.project(("tenant_id", "agent_id"))
    if ANY in (owner.tenant_id, owner.agent_id) or owner in _known:
        return
    with _known_lock:
        _known[owner] = None


def known_contexts() -> tuple[IsolationContext, ...]:
    """Each (tenant, agent) that was in scope so far, oldest first.

    A background task has no tenant of its own; this is what it loops over:

        for context in known_contexts():
            with isolation_scope(context):
                await self.forget_old_memories(isolation_context=context)

    Tenants become known when they are first heard of. One that has to be served before its
    first message after a restart is announced by remember_context.
    """
    with _known_lock:
        return tuple(_known)


def forget_known_contexts() -> None:
    """For tests."""
    with _known_lock:
        _known.clear()


def copy_isolation(function: Callable[P, R]) -> Callable[P, R]:
    """Bind `function` to the context that is ambient now, for threads and executors.

        await loop.run_in_executor(None, copy_isolation(self._write), row)
    """
    captured = _ambient.get()
    if captured is None:
        return function
    context = captured

    @functools.wraps(function)
    def in_scope(*args: P.args, **kwargs: P.kwargs) -> R:
        with isolation_scope(context):
            return function(*args, **kwargs)

    return in_scope
