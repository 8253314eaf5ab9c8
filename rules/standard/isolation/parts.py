"""What one tenant has in a container of an object that all share."""

from __future__ import annotations

import threading
import weakref
from collections import defaultdict, deque
from collections.abc import MutableMapping, MutableSequence, MutableSet
from typing import Any

from .accessor import isolated_accessor
from .context import DEFAULT_CONTEXT, IsolationContext

_lock = threading.RLock()


@isolated_accessor("tenant_id", "agent_id")
def _parts(
    isolation_context: IsolationContext,
) -> weakref.WeakKeyDictionary[object, dict[str, Any]]:
    """Object -> name of an attribute -> the context's container.

    An accessor, so that they are bounded and forgotten as all objects of
    tenants are.
    """
    return weakref.WeakKeyDictionary()


def tenant_part(
    holder: object,
    name: str,
    isolation_context: IsolationContext,
) -> Any:
    """The context's own container where `holder.name` is one for all: empty at
    first, and of the same type.

    The default context, which was there before there were others, has
    `holder.name` itself.

        - id: clients
          attribute: app.registry.Registry.clients
          replace: app.isolation.tenant_part({receiver}, "clients", {context})

    `holder` must be one that can be kept weakly: an instance of a class
    without __slots__ and __eq__.
    """
    shared = getattr(holder, name)
    if isolation_context.key(_parts.dimensions) == DEFAULT_CONTEXT.key(
        _parts.dimensions,
    ):
        return shared
    with _lock:
        own = _parts(isolation_context).setdefault(holder, {})
        if name not in own:
            own[name] = _empty(shared, f"{name!r} of {type(holder).__name__}")
        return own[name]


def _empty(container: Any, what: str) -> Any:
    if isinstance(container, defaultdict):
        return type(container)(container.default_factory)
    if isinstance(container, deque):
        return type(container)(maxlen=container.maxlen)
    if isinstance(container, (MutableMapping, MutableSequence, MutableSet)):
        return type(container)()
    kind = f"{what} is {type(container).__name__}"
    raise TypeError(f"{kind}, no container that a tenant can have a part of")
