"""One object per tenant where the program had one object."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from .ambient import isolation_scope
from .context import IsolationContext

T = TypeVar("T")
Key = tuple["str | None", ...]


class CircularAccess(RuntimeError):
    """Building an object needs an object whose building needs the first one."""


def isolated_accessor(*dimensions: str) -> Callable[[Callable[[IsolationContext], T]], IsolatedAccessor[T]]:
    """Turn a factory into an accessor that keeps one object per combination of `dimensions`.

        @isolated_accessor("tenant_id", "agent_id")
        def get_isolated_chat_manager(isolation_context: IsolationContext) -> ChatManager:
            return ChatManager(isolation_context=isolation_context)
    """
    if not dimensions or not all(isinstance(dimension, str) for dimension in dimensions):
        raise TypeError('name the dimensions: @isolated_accessor("tenant_id", "agent_id")')

    def decorate(factory: Callable[[IsolationContext], T]) -> IsolatedAccessor[T]:
        return IsolatedAccessor(factory, dimensions)

    return decorate


class IsolatedAccessor(Generic[T]):
    """Call it with a context, get that context's object.

    The factory sees the context projected on the dimensions, as argument and as ambient
    context: an object shared by all chats of a tenant cannot remember its first caller's chat.
    It runs once per key, whatever the number of threads. What it raises goes to the caller and
    is not kept: the next call tries again.
    """

    def __init__(self, factory: Callable[[IsolationContext], T], dimensions: tuple[str, ...]) -> None:
        if inspect.iscoroutinefunction(factory):
            raise TypeError(f"{factory.__qualname__} is async: a coroutine cannot be shared")
        self.dimensions = dimensions
        self._factory = factory
        self._objects: dict[Key, T] = {}
        self._builds: dict[Key, _Build] = {}
        functools.update_wrapper(self, factory)
        IsolationContext("any", "any").key(dimensions)  # unknown dimensions fail at import

    def __call__(self, isolation_context: IsolationContext) -> T:
        key = isolation_context.key(self.dimensions)
        while True:
            try:
                return self._objects[key]
            except KeyError:
                pass
            build = self._start_or_wait(key)
            if build is not None:
                return self._run(build, key, isolation_context)

    def instances(self) -> list[T]:
        """The objects built so far."""
        with _lock:
            return list(self._objects.values())

    def clear(self) -> None:
        """Forget all objects; an object that is being built now will not be kept either."""
        with _lock:
            self._objects.clear()
            self._builds.clear()

    def _start_or_wait(self, key: Key) -> _Build | None:
        """A build for this thread to run, or None after another thread's build has ended."""
        with _lock:
            if key in self._objects:
                return None
            running = self._builds.get(key)
            if running is None:
                build = self._builds[key] = _Build(f"{getattr(self, '__name__', 'accessor')}{key}")
                return build
            running.await_from_this_thread()
        running.wait()
        return None

    def _run(self, build: _Build, key: Key, isolation_context: IsolationContext) -> T:
        projected = isolation_context.project(self.dimensions)
        try:
            with isolation_scope(projected):
                built = self._factory(projected)
            with _lock:
                if self._builds.get(key) is build:
                    self._objects[key] = built
            return built
        finally:
            with _lock:
                if self._builds.get(key) is build:
                    del self._builds[key]
                build.ended.set()

    def __repr__(self) -> str:
        return f"<isolated accessor {getattr(self, '__qualname__', '?')} by {', '.join(self.dimensions)}>"


class _Build:
    """An object under construction. `_waits` says who waits for which; a cycle there would hang."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.thread = threading.get_ident()
        self.ended = threading.Event()

    def await_from_this_thread(self) -> None:
        """Note that this thread waits, or raise if it would wait for itself. Holds _lock."""
        me = threading.get_ident()
        chain = [self.name]
        build = self
        while build.thread != me:
            blocked_on = _waits.get(build.thread)
            if blocked_on is None or blocked_on.ended.is_set():  # not blocked, or just woken
                _waits[me] = self
                return
            build = blocked_on
            chain.append(build.name)
        raise CircularAccess("objects need each other to be built: " + " -> ".join(chain))

    def wait(self) -> None:
        try:
            self.ended.wait()
        finally:
            with _lock:
                _waits.pop(threading.get_ident(), None)


_lock = threading.Lock()
"""Guards the tables only; no factory runs under it."""
_waits: dict[int, _Build] = {}
