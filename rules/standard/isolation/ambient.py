"""The context of the running task or thread, for code that is not handed one.

A ContextVar follows `await`, `create_task` and `asyncio.to_thread`. It does
not follow `run_in_executor`, `submit` or `Thread`: wrap the function in
`copy_isolation` there.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import sys
import threading
from collections.abc import Callable
from contextlib import ContextDecorator
from contextvars import ContextVar, Token
from types import FrameType
from typing import ParamSpec, TypeVar

from .context import ANY, DEFAULT_CONTEXT, IsolationContext

P = ParamSpec("P")
R = TypeVar("R")

STRICT_VARIABLE = "WEFT_STRICT_ISOLATION"
MOST_KNOWN = 10_000
"""How many tenants known_contexts() remembers that nobody announced."""

_strict: bool | None = None


class MissingIsolationContext(RuntimeError):
    """Strict mode: code asked for the ambient context; nobody had set one."""

    def __init__(self) -> None:
        super().__init__(f"{_NO_CONTEXT}: {_PASS_IT}, or {_OPEN_ONE}")


_NO_CONTEXT = "no isolation context is set here"
_PASS_IT = "pass isolation_context explicitly"
_OPEN_ONE = "open isolation_scope(context) around the entry point"


def set_strict_isolation(enabled: bool | None) -> None:
    """Raise instead of falling back on DEFAULT_CONTEXT.

    None leaves it to WEFT_STRICT_ISOLATION.
    """
    global _strict
    _strict = enabled


def is_strict_isolation() -> bool:
    if _strict is not None:
        return _strict
    return os.environ.get(STRICT_VARIABLE, "").strip().lower() in {
        "1",
        "true",
        "yes",
        "on",
    }


def default_context() -> IsolationContext:
    """DEFAULT_CONTEXT, which strict mode never gives to anybody."""
    if is_strict_isolation():
        raise MissingIsolationContext
    return DEFAULT_CONTEXT


# ---- what is ambient --------------------------------------------------------
class _Entered:
    """A context that enter_isolation() set in a thread, and the job that the
    thread did then.

    A pool gives its thread the next job without cleaning up; the context ends
    with the job's frame.
    """

    __slots__ = ("context", "job", "thread", "before")

    def __init__(
        self,
        context: IsolationContext,
        job: FrameType,
        before: _Ambient,
    ) -> None:
        self.context, self.job, self.before = context, job, before
        self.thread = threading.get_ident()

    def has_ended(self) -> bool:
        own = self.thread == threading.get_ident()
        return own and not _is_running(self.job)


_Ambient = IsolationContext | _Entered | None
_ambient: ContextVar[_Ambient] = ContextVar("isolation_context", default=None)
_bound: dict[int, tuple[FrameType, list[isolation_scope]]] = {}
"""id of a frame -> the scopes that hold while it runs: those of generators,
and those inside them
"""


def _is_running(frame: FrameType) -> bool:
    at: FrameType | None = sys._getframe()
    while at is not None and at is not frame:
        at = at.f_back
    return at is not None


def _bound_scope() -> isolation_scope | None:
    """The innermost scope of a frame that is running, of those that a
    generator's frame holds.
    """
    at = sys._getframe() if _bound else None
    while at is not None:
        found = _bound.get(id(at))
        if found is not None:
            return found[1][-1]
        at = at.f_back
    return None


def _set_value() -> _Ambient:
    value = _ambient.get()
    while isinstance(value, _Entered) and value.has_ended():
        value = value.before
        _ambient.set(value)
    return value


def ambient_context() -> IsolationContext | None:
    """What is ambient here; None where nobody has set anything."""
    scope = _bound_scope()
    if scope is not None:
        return scope.context
    value = _set_value()
    context = value.context if isinstance(value, _Entered) else value
    return _asked() if context is None else context


_askers: list[Callable[[], IsolationContext | None]] = []


def ask_for_context(asker: Callable[[], IsolationContext | None]) -> None:
    """Where nobody set a context, `asker` says whose work the framework does.

    Some frameworks know what they handle, in a ContextVar of their own.
    """
    if asker not in _askers:
        _askers.append(asker)


def _asked() -> IsolationContext | None:
    answers = (asker() for asker in _askers)
    return next((found for found in answers if found is not None), None)


def current_isolation_context() -> IsolationContext:
    context = ambient_context()
    return default_context() if context is None else context


# ---- setting it -------------------------------------------------------------
_DRIVERS = {"contextlib", "_pytest.fixtures"}
"""Modules that run a generator up to its `yield` as a context manager or a
fixture: its scope is meant for whoever asked for that.
"""
_GENERATOR = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR


def _module(frame: FrameType | None) -> str:
    if frame is None:
        return ""
    return str(frame.f_globals.get("__name__", ""))


def _holder(frame: FrameType | None) -> tuple[FrameType | None, bool]:
    """The frame whose `with` opens a scope, and whether it is a generator that
    others only iterate over.
    """
    while frame is not None and _module(frame) == "contextlib":
        frame = frame.f_back
    driver, generator = frame, False
    while driver is not None and driver.f_code.co_flags & _GENERATOR:
        driver, generator = driver.f_back, True
    if not generator:
        return frame, False
    if _module(driver) not in _DRIVERS:
        return frame, True
    return _holder(driver.f_back) if driver is not None else (None, False)


class isolation_scope(
    ContextDecorator,
):  # noqa: N801  read as a verb: with isolation_scope(context):
    """Make `context` the ambient one inside a `with` block, in sync and in
    async code alike.

    In a generator it holds while the generator runs, not for whoever is handed
    what it yields. Tasks that the generator starts are handed their context as
    a parameter, or by copy_isolation.
    """

    def __init__(self, context: IsolationContext) -> None:
        self.context = context
        self._frame: FrameType | None = None
        self._token: Token[_Ambient] | None = None

    def _recreate_cm(self) -> isolation_scope:
        return isolation_scope(self.context)

    def __enter__(self) -> IsolationContext:
        remember_heard(self.context)
        frame, generator = _holder(sys._getframe().f_back)
        if frame is not None and (generator or _bound_scope() is not None):
            self._frame = frame
            _bound.setdefault(id(frame), (frame, []))[1].append(self)
        if not generator:
            self._token = _ambient.set(self.context)
        return self.context

    def __exit__(self, *_: object) -> None:
        frame, self._frame = self._frame, None
        if frame is not None:
            scopes = _bound[id(frame)][1]
            scopes.remove(self)
            if not scopes:
                del _bound[id(frame)]
        if self._token is not None:
            try:
                _ambient.reset(self._token)
            except ValueError:
                # It ends in another task than it began in: nothing of this
                # one is to be restored.
                pass


_MACHINERY = (
    "threading",
    "concurrent.futures",
    "multiprocessing.pool",
    "waitress.task",
    "cheroot.workers",
)


def _job() -> FrameType:
    """The outermost frame of what this thread runs now, below the thread's and
    the pool's own.
    """
    at: FrameType | None = sys._getframe()
    job = sys._getframe()
    while at is not None:
        if not _module(at).startswith(_MACHINERY):
            job = at
        at = at.f_back
    return job


def _ends_by_itself() -> bool:
    """A task has a context of its own, and the main thread has no next job."""
    if threading.current_thread() is threading.main_thread():
        return True
    try:
        return asyncio.current_task() is not None
    except RuntimeError:
        return False


def enter_isolation(context: IsolationContext) -> IsolationContext:
    """Make `context` the ambient one for the rest of the running task, and
    return it.

    For a boundary that is one statement long and owns its task, as a message
    handler does. In a thread it lasts as long as what the thread was started
    for, in the thread of a pool as long as the job. Where the end matters, and
    in a loop of your own that takes jobs from a queue, use isolation_scope.
    """
    remember_heard(context)
    scope = _bound_scope()
    if scope is not None:
        scope.context = context
    if _ends_by_itself():
        _ambient.set(context)
    else:
        _ambient.set(_Entered(context, _job(), _set_value()))
    return context


# ---- who there is -----------------------------------------------------------
_known: dict[IsolationContext, None] = {}
_heard: dict[IsolationContext, None] = {}
_known_lock = threading.Lock()
_followers: dict[object, Callable[[IsolationContext], object]] = {}


def _owner(context: IsolationContext) -> IsolationContext | None:
    owner = context.project(("tenant_id", "agent_id"))
    return None if ANY in (owner.tenant_id, owner.agent_id) else owner


def remember_context(context: IsolationContext) -> None:
    """Count the tenant and agent of `context` among known_contexts(), for as
    long as the process lives.
    """
    owner = _owner(context)
    if owner is None or owner in _known:
        return
    with _known_lock:
        new = _heard.pop(owner, owner) is not None
        _known[owner] = None
    _tell_followers(owner, new)


def remember_heard(context: IsolationContext) -> None:
    """The same of one that was merely heard of: of these the newest MOST_KNOWN
    are kept.
    """
    owner = _owner(context)
    if owner is None or owner in _known or owner in _heard:
        return
    with _known_lock:
        new = owner not in _known and owner not in _heard
        _heard[owner] = None
        while len(_heard) > MOST_KNOWN:
            del _heard[next(iter(_heard))]
    _tell_followers(owner, new)


def _tell_followers(owner: IsolationContext, new: bool) -> None:
    for follower in tuple(_followers.values()) if new else ():
        follower(owner)


def follow_contexts(
    key: object,
    follower: Callable[[IsolationContext], object],
) -> tuple[IsolationContext, ...]:
    """known_contexts(), and `follower` is called with each that becomes known
    from now on: in the thread that hears of it first, before it goes on. It
    must not raise. One that follows under an equal key takes its place.
    """
    with _known_lock:
        _followers[key] = follower
        return (*_known, *_heard)


def known_contexts() -> tuple[IsolationContext, ...]:
    """Each (tenant, agent) that was announced, then each that was in scope so
    far, oldest first.

    A background task has no tenant of its own; this is what it loops over:

        for context in known_contexts():
            with isolation_scope(context):
                await self.forget_old_memories(isolation_context=context)

    Tenants become known when they are first heard of, and stay when their
    objects go (see IsolatedAccessor). One that has to be served before its
    first message after a restart, or that must not be dropped for newer ones,
    is announced by remember_context.
    """
    with _known_lock:
        return (*_known, *_heard)


def forget_known_contexts(matching: IsolationContext | None = None) -> None:
    """Those that `matching` names (ANY stands for all), or every one."""
    with _known_lock:
        for table in (_known, _heard):
            for owner in list(table):
                if matching is None or matching.covers(owner):
                    del table[owner]
        if matching is None:
            _followers.clear()


def copy_isolation(function: Callable[P, R]) -> Callable[P, R]:
    """Bind `function` to the context that is ambient now, for threads and
    executors.

    await loop.run_in_executor(None, copy_isolation(self._write), row)
    """
    captured = ambient_context()
    if captured is None:
        return function
    context = captured

    @functools.wraps(function)
    def in_scope(*args: P.args, **kwargs: P.kwargs) -> R:
        with isolation_scope(context):
            return function(*args, **kwargs)

    return in_scope
