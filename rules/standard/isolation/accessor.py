"""One object per tenant where the program had one object."""

from __future__ import annotations

import functools
import inspect
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from .ambient import forget_known_contexts, isolation_scope
from .context import ANY, DEFAULT_CONTEXT, IsolationContext
from .properties import forget_values

T = TypeVar("T")
Key = tuple["str | None", ...]
Hook = Callable[[IsolationContext, Any], object]

MOST_VARIABLE = "WEFT_MAX_CONTEXTS"
MOST_CONTEXTS = 1000
"""How many objects an accessor keeps unless told otherwise."""
_logger = logging.getLogger(__name__)


class CircularAccess(RuntimeError):
    """Building an object needs an object whose building needs the first."""


def isolated_accessor(
    *dimensions: str,
    max_contexts: int | None = None,
    max_age: float | None = None,
    on_forget: Hook | None = None,
) -> Callable[[Callable[[IsolationContext], T]], IsolatedAccessor[T]]:
    """Turn a factory into an accessor that keeps one object per combination of
    `dimensions`.

        @isolated_accessor("tenant_id", "agent_id")
        def get_isolated_chats(isolation_context: IsolationContext) -> Chats:
            return Chats(isolation_context=isolation_context)

    It keeps `max_contexts` objects (WEFT_MAX_CONTEXTS, else MOST_CONTEXTS),
    none that was not asked for in `max_age` seconds, and calls
    on_forget(context, object) before one goes: IsolatedAccessor says how.
    """
    if not dimensions or not all(isinstance(name, str) for name in dimensions):
        raise TypeError(
            'name the dimensions: @isolated_accessor("tenant_id", "agent_id")',
        )

    def decorate(
        factory: Callable[[IsolationContext], T],
    ) -> IsolatedAccessor[T]:
        return IsolatedAccessor(
            factory,
            dimensions,
            max_contexts,
            max_age,
            on_forget,
        )

    return decorate


class IsolatedAccessor(Generic[T]):
    """Call it with a context, get that context's object.

    The factory sees the context projected on the dimensions, as argument and
    as ambient context: an object shared by all chats of a tenant cannot
    remember its first caller's chat. It runs once per key, whatever the number
    of threads. What it raises goes to the caller and is not kept: the next
    call tries again.

    Whoever may name tenants may name many, so the objects are bounded. When
    one is built and there are too many, the one that was not asked for longest
    goes; the object of the default tenant, which was there before there were
    others, stays. Before an object goes, on_forget(context, object) may save
    what is in it; who asks for it meanwhile waits, and then gets a new one. An
    object goes also when the hook raises. known_contexts() is not touched: a
    loop over tenants builds again what it needs.
    """

    on_forget: Hook | None
    """May be set later, by code that the factory's module must not import."""

    def __init__(
        self,
        factory: Callable[[IsolationContext], T],
        dimensions: tuple[str, ...],
        max_contexts: int | None = None,
        max_age: float | None = None,
        on_forget: Hook | None = None,
    ) -> None:
        if inspect.iscoroutinefunction(factory):
            raise TypeError(
                f"{factory.__qualname__} is async: no coroutine can be shared",
            )
        self.dimensions = dimensions
        self._factory = factory
        self.max_contexts = max_contexts
        self.max_age = max_age
        self.on_forget = on_forget
        self._objects: dict[Key, _Kept[T]] = {}
        self._builds: dict[Key, _Build] = {}
        functools.update_wrapper(self, factory)
        self._default = DEFAULT_CONTEXT.key(
            dimensions,
        )  # unknown dimensions fail at import
        _accessors.add(self)

    def __call__(self, isolation_context: IsolationContext) -> T:
        key = isolation_context.key(self.dimensions)
        while True:
            kept = self._objects.get(key)
            if kept is not None:
                kept.used = time.monotonic()
                return kept.object
            build = self._start_or_wait(key)
            if build is not None:
                return self._run(build, key, isolation_context)

    def instances(self) -> list[T]:
        """The objects built so far."""
        with _lock:
            return [kept.object for kept in self._objects.values()]

    def clear(self) -> None:
        """Forget all objects; an object that is being built now will not be
        kept either.
        """
        with _lock:
            self._objects.clear()
            self._builds.clear()

    def forget(self, context: IsolationContext) -> int:
        """Let the objects go whose key has all that `context` names, and say
        how many: ANY and None name nothing.
        """
        with _lock:
            keys = list(self._objects)
            matching = [k for k in keys if context.covers(self._context_of(k))]
        errors: list[Exception] = []
        count = 0
        for key in matching:
            try:
                count += self._let_go(key)
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return count

    def _context_of(self, key: Key) -> IsolationContext:
        own = dict(zip(self.dimensions, key, strict=True))
        return IsolationContext(
            own.get("tenant_id") or ANY,
            own.get("agent_id") or ANY,
            own.get("platform"),
            own.get("chat_stream_id"),
        )

    def _most(self) -> int:
        if self.max_contexts is not None:
            return self.max_contexts
        said = os.environ.get(MOST_VARIABLE, "")
        if not said.isdecimal() or int(said) == 0:
            return MOST_CONTEXTS
        return int(said)

    def _let_old_ones_go(self, newest: Key) -> None:
        with _lock:
            kept = self._objects
            by_use = sorted(kept, key=lambda key: kept[key].used)
            stay = (newest, self._default)
            by_use = [key for key in by_use if key not in stay]
            excess = len(kept) - self._most()
            going = by_use[: max(excess, 0)]
            if self.max_age is not None:
                oldest = time.monotonic() - self.max_age
                rest = by_use[len(going) :]
                going += [key for key in rest if kept[key].used < oldest]
        for key in going:
            try:
                self._let_go(key)
            except Exception:
                _logger.exception(
                    "%r: saving %s failed, and it is gone",
                    self,
                    self._context_of(key),
                )

    def _let_go(self, key: Key) -> bool:
        """As a build of the key, so that who asks for it waits until the hook
        has saved it.
        """
        with _lock:
            if key not in self._objects or key in self._builds:
                return False
            kept = self._objects.pop(key)
            build = self._builds[key] = _Build(
                f"{getattr(self, '__name__', 'accessor')}{key}",
            )
        try:
            if self.on_forget is not None:
                context = self._context_of(key)
                with isolation_scope(context):
                    self.on_forget(context, kept.object)
        finally:
            self._end(build, key)
        return True

    def _end(self, build: _Build, key: Key) -> None:
        with _lock:
            if self._builds.get(key) is build:
                del self._builds[key]
            build.ended.set()

    def _start_or_wait(self, key: Key) -> _Build | None:
        """A build for this thread to run, or None after another thread's build
        has ended.
        """
        with _lock:
            if key in self._objects:
                return None
            running = self._builds.get(key)
            if running is None:
                build = self._builds[key] = _Build(
                    f"{getattr(self, '__name__', 'accessor')}{key}",
                )
                return build
            running.await_from_this_thread()
        running.wait()
        return None

    def _run(
        self,
        build: _Build,
        key: Key,
        isolation_context: IsolationContext,
    ) -> T:
        projected = isolation_context.project(self.dimensions)
        try:
            with isolation_scope(projected):
                built = self._factory(projected)
            with _lock:
                if self._builds.get(key) is build:
                    self._objects[key] = _Kept(built)
        finally:
            self._end(build, key)
        self._let_old_ones_go(key)
        return built

    def __reduce__(self) -> str:
        """By name, as a function: what it keeps belongs to this process.

        One that is local has no name.
        """
        return str(getattr(self, "__qualname__", ""))

    def __copy__(self) -> IsolatedAccessor[T]:
        return self

    def __deepcopy__(self, _: object) -> IsolatedAccessor[T]:
        return self

    def __repr__(self) -> str:
        name = getattr(self, "__qualname__", "?")
        return f"<isolated accessor {name} by {', '.join(self.dimensions)}>"


def forget_context(context: IsolationContext, *, known: bool = False) -> int:
    """Let go what every accessor keeps for `context`, and values of cached
    properties; says how many objects.

    IsolationContext("red", ANY) is all of a tenant, with its chats. With
    `known` it also leaves known_contexts(): the tenant is gone for good. The
    first error of a hook is raised when all is done.
    """
    errors: list[Exception] = []
    count = 0
    for accessor in list(_accessors):
        try:
            count += accessor.forget(context)
        except Exception as error:
            errors.append(error)
    forget_values(context)
    if known:
        forget_known_contexts(context)
    if errors:
        raise errors[0]
    return count


class _Kept(Generic[T]):
    __slots__ = ("object", "used")

    def __init__(self, made: T) -> None:
        self.object = made
        self.used = time.monotonic()


class _Build:
    """An object under construction.

    `_waits` says who waits for which; a cycle there would hang.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.thread = threading.get_ident()
        self.ended = threading.Event()

    def await_from_this_thread(self) -> None:
        """Note that this thread waits, or raise if it would wait for itself.

        Holds _lock.
        """
        me = threading.get_ident()
        chain = [self.name]
        build = self
        while build.thread != me:
            blocked_on = _waits.get(build.thread)
            # Not blocked, or just woken.
            if blocked_on is None or blocked_on.ended.is_set():
                _waits[me] = self
                return
            build = blocked_on
            chain.append(build.name)
        raise CircularAccess(
            "objects need each other to be built: " + " -> ".join(chain),
        )

    def wait(self) -> None:
        try:
            self.ended.wait()
        finally:
            with _lock:
                _waits.pop(threading.get_ident(), None)


_accessors: weakref.WeakSet[IsolatedAccessor[Any]] = weakref.WeakSet()
_lock = threading.Lock()
"""Guards the tables only; no factory runs under it."""
_waits: dict[int, _Build] = {}
