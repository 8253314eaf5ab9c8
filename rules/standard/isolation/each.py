"""Work that belongs to no tenant, done for each of them: start-up and
background tasks.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar, cast

from .ambient import (
    ambient_context,
    default_context,
    follow_contexts,
    is_strict_isolation,
    isolation_scope,
    known_contexts,
    remember_heard,
)
from .context import IsolationContext

P = ParamSpec("P")
R = TypeVar("R")

_in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)
"""Set while work is done for one of many: what it calls is done for that one
only.
"""

MOST_AT_ONCE = 8
"""For how many tenants asynchronous work is done at the same time."""
_logger = logging.getLogger(__name__)


def _own_context() -> IsolationContext | None:
    """Of whoever runs now: without tenants the default tenant, and in strict
    mode perhaps nobody.
    """
    own = ambient_context()
    if own is None and not is_strict_isolation():
        own = default_context()
    return None if own is None else own.project(("tenant_id", "agent_id"))


def _others(
    known: Iterable[IsolationContext],
    own: IsolationContext | None,
) -> list[IsolationContext]:
    if _in_turn.get():
        return []
    return [context for context in known if context != own]


@contextmanager
def _turn(context: IsolationContext) -> Iterator[None]:
    token = _in_turn.set(True)
    try:
        with isolation_scope(context):
            yield
    finally:
        _in_turn.reset(token)


# ---- a call -----------------------------------------------------------------
def for_each_context(function: Callable[[IsolationContext], Any]) -> _Each:
    """Call `function` with each known context, in its scope, and with each
    that becomes known later, when it does.

        for_each_context(lambda context: get_isolated_store(context).load())
        await for_each_context(lambda context: fetch(context))

    An exception for the context that runs now is raised, as it was when there
    was only one; those of others are logged, and the next one has its turn.
    What `function` returns may be awaited: the result then is, and waits for
    all of them, MOST_AT_ONCE at a time.
    """
    each = _Each(function)
    own = _own_context()
    if own is not None:
        remember_heard(own)  # no news when its scope is entered
    if _in_turn.get():
        known = known_contexts()
    else:
        known = follow_contexts(_sameness(function), each.call_later)
    if own is not None:
        each.keep(own, each.call(own), guarded=False)
    for context in _others(known, own):
        each.keep(context, each.call_guarded(context), guarded=True)
    return each


def _sameness(function: Callable[..., object]) -> object:
    """Equal for what one piece of code makes of the same objects: a loop that
    comes by again follows once.
    """
    code = getattr(function, "__code__", None)
    if code is None:
        return function
    cells = getattr(function, "__closure__", None) or ()
    return (code, *(id(cell.cell_contents) for cell in cells))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


_Started = tuple[IsolationContext, Awaitable[object], bool]


class _Each:
    def __init__(self, function: Callable[[IsolationContext], Any]) -> None:
        self._function = function
        self._loop = _running_loop()
        self._first: list[_Started] = []
        self._tasks: set[asyncio.Future[None]] = set()

    def call(self, context: IsolationContext) -> object:
        with _turn(context):
            return self._function(context)

    def call_guarded(self, context: IsolationContext) -> object:
        try:
            return self.call(context)
        except Exception:
            _logger.exception(
                "for %s it failed; the next one has its turn",
                context,
            )
            return None

    def keep(
        self,
        context: IsolationContext,
        result: object,
        guarded: bool,
    ) -> None:
        """What is to be awaited waits until somebody awaits the whole."""
        if inspect.isawaitable(result):
            self._first.append((context, result, guarded))

    def call_later(self, context: IsolationContext) -> None:
        """For a context that was not known, in the event loop that the first
        ones ran in.
        """
        loop = self._loop
        if loop is None or loop.is_closed() or loop is _running_loop():
            self._start(context)
        else:
            loop.call_soon_threadsafe(self._start, context)

    def _start(self, context: IsolationContext) -> None:
        result = self.call_guarded(context)
        if not inspect.isawaitable(result):
            return
        work = self._finish(context, result, guarded=True)
        if _running_loop() is None:
            asyncio.run(work)
            return
        task = asyncio.ensure_future(work)
        self._tasks.add(task)  # the loop itself keeps its tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def _finish(
        self,
        context: IsolationContext,
        result: Awaitable[object],
        guarded: bool,
    ) -> None:
        try:
            with _turn(context):
                await result
        except Exception:
            if not guarded:
                raise
            _logger.exception("for %s it failed; the others go on", context)

    async def _wait(self) -> None:
        turns = asyncio.Semaphore(MOST_AT_ONCE)

        async def turn(
            context: IsolationContext,
            result: Awaitable[object],
            guarded: bool,
        ) -> None:
            async with turns:
                await self._finish(context, result, guarded)

        first, self._first = self._first, []
        await asyncio.gather(*(turn(*waiting) for waiting in first))

    def __await__(self) -> Generator[Any, None, None]:
        return self._wait().__await__()


# ---- a function -------------------------------------------------------------
def in_each_context(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` once for each context that is known when it is called, in
    its scope, one after the other.

        @in_each_context
        async def run(self):
            isolation_context = current_isolation_context()

    What it returns and raises is that of the context that runs now; exceptions
    of others are logged. Who becomes known while it runs has its turn at the
    next call.
    """
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(
        function,
    ):
        what = f"{function.__qualname__} is a generator"
        raise TypeError(f"{what}: it cannot run for several tenants in turn")
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def in_turn(*args: P.args, **kwargs: P.kwargs) -> object:
            own, result = _own_context(), None
            if own is not None:
                with _turn(own):
                    result = await function(*args, **kwargs)
            for context in _others(known_contexts(), own):
                try:
                    with _turn(context):
                        await function(*args, **kwargs)
                except Exception:
                    _failed(function, context)
            return result

        return cast("Callable[P, R]", in_turn)

    @functools.wraps(function)
    def one_by_one(*args: P.args, **kwargs: P.kwargs) -> object:
        own, result = _own_context(), None
        if own is not None:
            with _turn(own):
                result = function(*args, **kwargs)
        for context in _others(known_contexts(), own):
            try:
                with _turn(context):
                    function(*args, **kwargs)
            except Exception:
                _failed(function, context)
        return result

    return cast("Callable[P, R]", one_by_one)


def _failed(
    function: Callable[..., object],
    context: IsolationContext,
) -> None:
    _logger.exception(
        "%s failed for %s; the next one has its turn",
        function.__qualname__,
        context,
    )
